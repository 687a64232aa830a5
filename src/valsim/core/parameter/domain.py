"""What a numeric field may hold."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from valsim.core.block import HOLDS, custom_error, shown
from valsim.core.parameter.forms import read
from valsim.core.parameter.number import EachTime, Parameter
from valsim.core.rows import Row
from valsim.core.unit import ONE, Unit

YEAR = Unit.of("year")
_ANY_CURRENCY = Unit.of("USD")

QUANTITY = r"^\s*([-+]?\s*(US\$|HK\$|[$€£])?\s*\.?\d|P)"
"""How a quantity begins, for an editor: a number, perhaps behind a sign, or a duration such as P18M."""


@dataclass(frozen=True)
class Measure:
    """What a number counts, with an example of how it is written."""

    name: str
    example: str
    fits: Callable[[Unit], bool]

    def __str__(self) -> str:
        return f"{self.name} such as {self.example}"

    @property
    def examples(self) -> list[str]:
        """The examples one by one."""
        return re.split(", | or ", self.example)


def _is_money(unit: Unit) -> bool:
    return len(unit.currencies) == 1 and unit == Unit.of(unit.currencies[0])


ANY = Measure("a quantity", "9.9M, 30M USD/year or 900 ms", lambda unit: True)  # noqa: ARG005 - any unit fits
FRACTION = Measure("a fraction", "12%", lambda unit: unit == ONE)
NUMBER = Measure("a plain number", "1.5", lambda unit: unit == ONE)
MONEY = Measure("money", "700M USD", _is_money)
DURATION = Measure("a duration", "18 months", lambda unit: unit == YEAR)
FREQUENCY = Measure("a number per year", "0.6 per year", lambda unit: unit == ONE / YEAR)
HAZARD = Measure("a chance per year", "20% per year", lambda unit: unit == ONE / YEAR)

_AMOUNTS_MAY_BE_PLAIN: ContextVar[bool] = ContextVar("amounts_may_be_plain", default=False)


@contextmanager
def plain_amounts() -> Iterator[None]:
    """Let money be written without a currency, as cap tables do, while a document is read.

    >>> with plain_amounts():
    ...     Domain(MONEY).parse(2.5).middle
    2.5
    """
    before = _AMOUNTS_MAY_BE_PLAIN.set(True)
    try:
        yield
    finally:
        _AMOUNTS_MAY_BE_PLAIN.reset(before)


@dataclass(frozen=True)
class Domain:
    """What a numeric field may hold: its measure and its limits, the ends included or (above, below) not."""

    measure: Measure
    at_least: float = -np.inf
    at_most: float = np.inf
    above: float = -np.inf
    below: float = np.inf
    doubted_from: float = np.inf
    """From here on a number that was written without a percent sign was almost surely meant as a percentage."""

    def parse(self, raw: Any) -> Parameter:
        """Read one number: a quantity, ``{value, source, note}``, a distribution or a conflict of sources."""
        if isinstance(raw, Parameter):
            return raw
        parameter = read(raw, str(self.measure), self.check)
        self.check(parameter)
        return parameter

    def check(self, parameter: Parameter) -> None:
        """Raise where a number counts something else or may leave the limits."""
        given = shown(parameter.given)
        if not (self.measure.fits(parameter.unit) or self._is_plain_amount(parameter)):
            raise custom_error("unit", f"expected {self.measure}, got {given}")
        low, high = parameter.distribution.support()
        if low < max(self.at_least, self.above) or high <= self.above:
            raise custom_error("domain", f"must be {self.floor}, got {given}", _bound("at_least", parameter))
        if high > min(self.at_most, self.below) or low >= self.below:
            raise custom_error(
                "domain",
                f"must be {self.ceiling}, got {given}",
                self._in_percent(parameter) or _bound("at_most", parameter),
            )

    def _is_plain_amount(self, parameter: Parameter) -> bool:
        plain = parameter.unit == ONE and not parameter.percentage
        return plain and self.measure.fits(_ANY_CURRENCY) and _AMOUNTS_MAY_BE_PLAIN.get()

    def trespass(self, row: Row) -> str:
        """Say how a row leaves the limits on some path, such as ``-1.2, it must be above -1``; or nothing."""
        low, high = np.min(row), np.max(row)
        if not (low >= self.at_least and low > self.above):
            return f"{low:g}, it must be {self.floor}"
        return "" if high <= self.at_most and high < self.below else f"{high:g}, it must be {self.ceiling}"

    def _in_percent(self, parameter: Parameter) -> str:
        if self.measure is not FRACTION or parameter.percentage or parameter.middle <= 1:
            return ""
        written = f"{parameter.middle:g}%" if parameter.known else "% behind each of its numbers"
        return f"{parameter.middle:g} is {100 * parameter.middle:,g} %: write {written}"

    def doubts(self, parameter: Parameter) -> bool:
        """Say whether a number is so large without a percent sign that one was almost surely forgotten."""
        return not parameter.percentage and abs(parameter.middle) >= self.doubted_from

    @property
    def floor(self) -> str:
        """The lower limit in words."""
        return f"above {self.above:g}" if np.isfinite(self.above) else f"at least {self.at_least:g}"

    @property
    def ceiling(self) -> str:
        """The upper limit in words."""
        return f"below {self.below:g}" if np.isfinite(self.below) else f"at most {self.at_most:g}"

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.parse)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "type": ["number", "string", "object"],
            "pattern": QUANTITY,
            "errorMessage": f"expected {self.measure}",
            "examples": self.measure.examples,
            HOLDS: str(self),
        }

    def __str__(self) -> str:
        limits = [self.floor] * bool(np.isfinite(max(self.at_least, self.above)))
        limits += [self.ceiling] * bool(np.isfinite(min(self.at_most, self.below)))
        return ", ".join([self.measure.name, " and ".join(limits)] if limits else [self.measure.name])


@dataclass(frozen=True)
class DrawnEachTime(Domain):
    """What a field may hold whose number is drawn anew each time it is needed."""

    def parse(self, raw: Any) -> Parameter:
        """Read one number in any form."""
        return EachTime(**vars(super().parse(raw)))

    def __str__(self) -> str:
        return f"{super().__str__()}, drawn anew each time"


def domains(field: FieldInfo) -> tuple[Domain, ...]:
    """Give the domains of a field, also of one that may be left out or hold a formula; a field that is no number has none."""
    inside = (each for part in get_args(field.annotation) for each in getattr(part, "__metadata__", ()))
    found = (getattr(each, "domain", each) for each in (*field.metadata, *inside))
    return tuple(each for each in found if isinstance(each, Domain))


def _bound(key: str, parameter: Parameter) -> str:
    return "" if parameter.known else f"give the distribution an {key}"
