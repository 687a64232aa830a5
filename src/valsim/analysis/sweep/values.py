"""The values that an input takes, as a person lists them: ``3B USD, 4B USD``, or ``10% to 50% by 10%``."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

import yaml

from valsim.analysis.solving.unknown import UnknownError, number_in, positional
from valsim.core.errors import ValsimError
from valsim.core.quantity import QuantityError, parse_quantity
from valsim.core.timeline import add_months
from valsim.scenario.text.syntax import PLAIN, UnreadableError, compose

_STEPPED = re.compile(r"(?P<first>.+?)\s+to\s+(?P<last>.+?)\s+by\s+(?P<step>.+)")
_COUNTED = re.compile(r"(?P<count>\d+)\s+values\s+from\s+(?P<first>.+?)\s+to\s+(?P<last>.+)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)")
_DAYS_IN_A_YEAR = 365.25
MOST = 1_000_000
"""A range of more values than this is taken for a mistake."""
EXAMPLE = "company.cash=2B USD, 3B USD or company.cash=2B USD to 4B USD by 500M USD"


@dataclass(frozen=True)
class Over:
    """An input of a scenario and the values that it takes one after the other, each as ``--set`` would take it."""

    path: str
    values: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> Self:
        """Read ``PATH=VALUE, VALUE``; a value may be a range, ``FIRST to LAST by STEP`` or ``N values from FIRST to LAST``.

        Values are those of a YAML list: one that holds a comma stands in quotes, brackets or braces.

        >>> Over.read("company.cash=1B USD, 2B USD to 3B USD by 500M USD").values
        ('1B USD', '2B USD', '2.5B USD', '3B USD')

        Raises :class:`~valsim.core.errors.ValsimError` for what cannot be read.
        """
        path, equals, written = text.partition("=")
        if not equals or not path.strip():
            raise ValsimError(f"expected PATH=VALUES such as {EXAMPLE}, got {text}")
        if found := _THOUSANDS.search(written):
            raise ValsimError(
                f"a comma stands between two values, and {found[0]} looks like one number: write {found[0].replace(',', '_')}"
            )
        values = tuple(value for each in _listed(path, written) for value in each)
        if not values:
            raise ValsimError(f"{path.strip()} has no values: expected PATH=VALUES such as {EXAMPLE}")
        twice = [value for value, count in Counter(values).items() if count > 1]
        if twice:
            raise ValsimError(f"{path.strip()} has the value {twice[0]} twice: list each once")
        return cls(path.strip(), values)

    @classmethod
    def of(cls, path: str, values: "str | Sequence[str | float]") -> Self:
        """Give the same from a text, or from values one by one: numbers, or texts as ``--set`` takes them."""
        if isinstance(values, str):
            return cls.read(f"{path}={values}")
        if not values:
            raise ValsimError(f"{path} has no values")
        return cls(path, tuple(map(str, values)))


def _listed(path: str, written: str) -> Iterator[Sequence[str]]:
    text = f"[{written}]"
    try:
        node = compose(text, 0)
    except UnreadableError as error:
        raise ValsimError(f"the values of {path.strip()} are no list: {error.placed[0].problem.message}") from None
    for each in node.value if isinstance(node, yaml.SequenceNode) else []:
        value = text[each.start_mark.index : each.end_mark.index].strip()
        yield _spread(value) if each.tag == PLAIN else (value,)


def _spread(text: str) -> Sequence[str]:
    """Give the values of a range, and any other value as it is."""
    stepped, counted = _STEPPED.fullmatch(text), _COUNTED.fullmatch(text)
    try:
        if stepped:
            span = _days if _DAY.fullmatch(stepped["first"]) else _stepped
            return span(stepped["first"], stepped["last"], stepped["step"])
        if counted:
            return _counted(int(counted["count"]), counted["first"], counted["last"])
    except (QuantityError, UnknownError) as error:
        raise ValsimError(f"{text} is no range: {error}") from None
    return (text,)


def _stepped(first: str, last: str, step: str) -> list[str]:
    length, width = (_in_the_unit_of(first, text) for text in (last, step))
    start = _in_the_unit_of(first, first)
    count = _steps(length - start, width, f"{first} to {last} by {step}")
    return [_written(first, start + i * width) for i in range(count + 1)]


def _counted(count: int, first: str, last: str) -> list[str]:
    if not 2 <= count <= MOST:
        raise ValsimError(f"expected 2 to {MOST:,} values, got {count} values from {first} to {last}")
    low, high = (_in_the_unit_of(first, text) for text in (first, last))
    return [_written(first, low + (high - low) * i / (count - 1)) for i in range(count)]


def _days(first: str, last: str, step: str) -> list[str]:
    start, end, years = date.fromisoformat(first), _day(last), parse_quantity(step).value
    months, days = round(12 * years, 9), round(_DAYS_IN_A_YEAR * years)
    count = _steps((end - start).days, _DAYS_IN_A_YEAR * years, f"{first} to {last} by {step}")
    if not months.is_integer():
        return [str(start + timedelta(i * days)) for i in range(count + 1)]
    found = (add_months(start, i * int(months)) for i in range(count + 2))
    return [str(day) for day in found if day <= end]


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValsimError(f"expected a day such as 2026-06-30, got {text}")
    return date.fromisoformat(text)


def _steps(length: float, width: float, text: str) -> int:
    """Say how many steps of a width fit into a length; an end that is missed by rounding alone is met."""
    count = length / width if width else -1.0
    if not 0 <= count < MOST:
        raise ValsimError(f"{text} is no range: the step does not lead there, or in more than {MOST:,} steps")
    return int(count + 1e-9)


def _in_the_unit_of(first: str, text: str) -> float:
    before, _, behind = number_in(first)
    one, found = parse_quantity(f"{before}1{behind}"), parse_quantity(text)
    if one.unit != found.unit:
        raise ValsimError(f"{text} is in another unit than {first}")
    return found.value / one.value


def _written(first: str, number: float) -> str:
    before, _, behind = number_in(first)
    return f"{before}{positional(float(f'{number:.12g}'))}{behind}"
