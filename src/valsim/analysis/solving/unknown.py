"""The input that is solved for: a number of the document, or one inside a formula of it, in the unit that it is written in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce, singledispatch
from typing import Any, Self

import numpy as np

from valsim.core.block import nearest_help
from valsim.core.errors import ExpressionError, ValsimError
from valsim.core.expression.tokens import Token, tokens
from valsim.core.parameter import Parameter
from valsim.core.quantity import QuantityError, parse_quantity
from valsim.core.unit import ONE
from valsim.scenario.compose.pointer import MisfitError, follow
from valsim.scenario.dump import plain
from valsim.scenario.model import Scenario
from valsim.scenario.text.document import Document

INSIDE = ":"
"""What stands between a path and the number that is meant in the formula there."""
_DIGITS = re.compile(r"[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_DAY = re.compile(r"\d{4}-(\d\d|Q\d)")
MEANT = "quote it as it stands, with what is around it where it stands there twice: PATH:25M USD/year"


class UnknownError(ValsimError):
    """What is to be solved for is no number of the document; ``help`` says what to write."""

    def __init__(self, message: str, help: str = "") -> None:
        self.message, self.help = message, help
        super().__init__(f"{message}: {help}" if help else message)


@dataclass(frozen=True)
class Unknown:
    """A place of a document and how a number is written there: ``before``, then the number itself, then ``behind``.

    What is solved for is the number as it is written, ``40`` of ``40M USD``. ``start`` is what stands there now, the median of a
    distribution.
    """

    path: str
    before: str
    start: float
    behind: str
    formula: tuple[str, str] | None = None
    """The text of a formula in front of the number and behind it, where it stands in one."""
    was: str = ""
    """The distribution that stood there, as it was given."""

    @classmethod
    def read(cls, text: str, document: Document, scenario: Scenario) -> Self:
        """Find what a path leads to; raise :class:`UnknownError` where that is no number."""
        path, colon, quoted = text.partition(INSIDE)
        place = _place(path.strip(), document)
        raw = _at(document.data, place)
        if raw is None:  # taken over by `like`, or a default
            raw = plain(_at(scenario, place))
        if isinstance(raw, dict) and "value" in raw:
            raw = raw["value"]
        if isinstance(raw, dict | list | bool) or raw is None:
            _expect_known(path.strip(), place, scenario)
            return cls(path.strip(), *_of_distribution(raw, path, _at(scenario, place)))
        if colon or _is_formula(raw):
            return cls(path.strip(), *_in_formula(path.strip(), str(raw), quoted.strip()))
        return cls(path.strip(), *number_in(str(raw)))

    def written(self, number: float) -> str:
        """Write a number as the document does, ``412M USD``.

        >>> Unknown("rounds.b.new_money", "", 40.0, "M USD").written(412.5)
        '412.5M USD'
        """
        return f"{self.before}{positional(number)}{self.behind}"

    def setting(self, number: float) -> str:
        """Give the change of the document that puts a number in, as ``--set`` takes it."""
        text = self.written(number)
        if self.formula is not None:
            text = "'" + f"{self.formula[0]}{text}{self.formula[1]}".replace("'", "''") + "'"
        return f"{self.path}={text}"

    @property
    def name(self) -> str:
        """What is solved for, as a person names it."""
        return self.path if self.formula is None else f"{self.path} ({self.written(self.start)} in it)"

    def number(self, text: str) -> float:
        """Read a number that may stand there: with its own unit, or bare and then in the unit of what stands there.

        Raises :class:`UnknownError` for one in another unit.
        """
        try:
            found, own = parse_quantity(text), parse_quantity(f"{self.before}1{self.behind}".strip())
        except QuantityError as error:
            raise UnknownError(error.message, error.help) from None
        if found.unit == ONE and _DIGITS.fullmatch(text.strip()):
            return found.value
        if found.unit != own.unit:
            raise UnknownError(f"expected a number such as {self.written(self.start)}, got {text}")
        return found.value / own.value


def _place(path: str, document: Document) -> tuple[str | int, ...]:
    try:
        return follow(document.data, path).path
    except MisfitError as error:
        raise UnknownError(error.message, error.help) from None


def _at(tree: Any, place: tuple[str | int, ...]) -> Any:
    """Give what stands at a place, of plain data or of a scenario; nothing where nothing does."""
    return reduce(_child, place, tree)


@singledispatch
def _child(tree: Any, part: str | int) -> Any:
    return getattr(tree, str(part), None)


@_child.register(Mapping)
def _(tree: Mapping[Any, Any], part: str | int) -> Any:
    return tree.get(part)


@_child.register(list | tuple)
def _(tree: Sequence[Any], part: int) -> Any:
    return tree[part] if part in range(len(tree)) else None


@_child.register
def _(tree: Parameter, part: str | int) -> Any:
    del part  # a number is asked for as a whole
    return tree


def _expect_known(path: str, place: tuple[str | int, ...], scenario: Scenario) -> None:
    """Raise :class:`UnknownError` where a path ends in a key that its block does not have."""
    *above, last = place
    keys = getattr(type(_at(scenario, tuple(above))), "model_fields", {last: None})
    if last not in keys:
        raise UnknownError(
            f"{path} is no key of a scenario", nearest_help(str(last), keys) or f"known are {', '.join(keys)}"
        )


def _is_formula(raw: Any) -> bool:
    try:
        parse_quantity(raw)
    except QuantityError:
        return True
    return False


def number_in(text: str) -> tuple[str, float, str]:
    """Cut a number from what stands around it: ``40M USD`` is 40 and ``M USD``; raise :class:`UnknownError` where there is none."""
    match = _DIGITS.search(text)
    if match is None:
        raise UnknownError(f"expected a number, got {text}", "a duration is written as 18 months")
    return text[: match.start()], float(match[0].replace("_", "")), text[match.end() :]


def _of_distribution(raw: Any, path: str, parameter: Any) -> tuple[str, float, str, None, str]:
    """Take the median of a distribution, in the unit that one of its numbers is written in."""
    if not isinstance(parameter, Parameter) or not isinstance(raw, dict):
        what = "nothing stands there" if raw is None else "that is no number"
        raise UnknownError(
            f"{path} cannot be solved for: {what}", "put a number there first, such as --set PATH=40M USD"
        )
    written = next((text for text in map(str, _leaves(raw)) if not _is_formula(text)), "1")
    before, _, behind = number_in(written)
    one = parse_quantity(f"{before}1{behind}".strip()).value
    return before, parameter.middle / one, behind, None, parameter.given


def _leaves(raw: Any) -> list[Any]:
    inside = raw.values() if isinstance(raw, dict) else raw
    return [leaf for each in inside for leaf in (_leaves(each) if isinstance(each, dict | list) else [each])]


def _in_formula(path: str, formula: str, quoted: str) -> tuple[str, float, str, tuple[str, str]]:
    """Find the one number of a formula, or the one in a part of it that is quoted."""
    try:
        numbers = [token for token in tokens(formula) if token.kind == "literal"]
    except ExpressionError:
        numbers = []
    if not numbers:
        raise UnknownError(f"{path} holds no number: {formula}")
    places = [match.start() for match in re.finditer(re.escape(quoted), formula)] if quoted else [0]
    if not places:
        raise UnknownError(f"{path} does not hold '{quoted}'", f"it says {formula}")
    width = len(quoted) if quoted else len(formula)
    inside = {token.span: token for place in places for token in numbers if _within(token, place, place + width)}
    if _DAY.match(formula):
        raise UnknownError(f"{path} holds no number, but a day: {formula}")
    if len(inside) != 1:
        listed = ", ".join(dict.fromkeys(token.text.strip() for token in numbers))
        raise UnknownError(f"which number of {path} is meant, of {listed}?", MEANT)
    ((start, end),) = inside
    before, number, behind = number_in(formula[start:end])
    return before, number, behind, (formula[:start], formula[end:])


def _within(token: Token, start: int, end: int) -> bool:
    return start <= token.span[0] and token.span[1] <= end


def positional(number: float) -> str:
    """Write a number with all its digits and without a power of ten."""
    return np.format_float_positional(number, trim="-")
