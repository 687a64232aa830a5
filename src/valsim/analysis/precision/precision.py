"""How exactly a number is to be known: a formula of measures and the standard error it may have, ``present_value(me) +/- 1%``."""

import math
import re
from dataclasses import dataclass
from typing import Self

from valsim.analysis.formula import Formula, moved
from valsim.analysis.measured import Measured
from valsim.core.errors import ExpressionError
from valsim.core.expression.units import words
from valsim.core.quantity import Quantity, parse_quantity
from valsim.core.unit import ONE, QuantityError, Unit
from valsim.result import Result
from valsim.scenario.model import Scenario

_SIGN = re.compile(r"""("[^"]*"|'[^']*')|(\+/-|±)""")
WRITE = "write the number, +/- and the standard error it may have, such as present_value(me) +/- 1%"


@dataclass(frozen=True)
class Precision:
    """A number and the standard error that it may have at most: ``part |number| + amount``, one of which is 0.

    >>> asked = Precision.parse("present_value(me) +/- 1%")
    >>> asked.formula.text, asked.part, asked.amount
    ('present_value(me)', 0.01, 0.0)
    >>> Precision.parse("probability_of_loss(me) +/- 0.002").allowed(0.4)
    0.002
    """

    text: str
    """What was asked for, as it was written."""
    formula: Formula
    part: float
    amount: float
    unit: Unit
    """The unit of the amount; a plain number's of a part."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what is asked for; raise :class:`ExpressionError` with the characters to underline."""
        found = [match for match in _SIGN.finditer(text) if match[2]]
        if len(found) != 1:
            raise ExpressionError(f"expected one +/-, got {len(found) or 'none'}", (0, len(text)), WRITE)
        left, right = text[: found[0].start()], text[found[0].end() :]
        offset = len(left) - len(left.lstrip())
        try:
            formula = Formula.parse(left.strip())
        except ExpressionError as error:
            raise moved(error, offset) from None
        allowed = _quantity(right, found[0].end())
        is_part = "%" in allowed.text
        return cls(text.strip(), formula, allowed.value * is_part, allowed.value * (not is_part), allowed.unit)

    def check(self, scenario: Scenario) -> None:
        """Raise :class:`ExpressionError` where the number is of another unit than its error, or asks of somebody who is not there."""
        unit = self.formula.unit(scenario)
        allowed = unit if self.part and self.unit == ONE else self.unit
        if allowed != unit:
            message = f"the number is {words(unit)}, and its error {words(self.unit)}"
            raise ExpressionError(message, (0, len(self.text)), self.unit.advice_for(unit))

    def allowed(self, value: float) -> float:
        """Give the standard error that the number may have."""
        return self.part * abs(value) + self.amount

    def reached(self, found: Measured) -> bool:
        """Say whether the number is known as exactly as was asked; a part of nothing is never reached."""
        return bool(self.allowed(found.value) > 0 and found.standard_error <= self.allowed(found.value))

    def takes(self, found: Measured, paths: int) -> float:
        """Give about how many paths it takes, seen from what so many gave: ``paths (error / allowed)^2``; NaN where that is not known."""
        allowed = self.allowed(found.value)
        if not (allowed > 0 and math.isfinite(found.standard_error)):
            return math.nan
        return paths * (found.standard_error / allowed) ** 2

    def __call__(self, result: Result) -> Measured:
        """Estimate the number from a result."""
        return self.formula(result)


def _quantity(text: str, start: int) -> Quantity:
    """Read the error that is allowed, which begins at a place of the whole text."""
    first = start + len(text) - len(text.lstrip())
    span = (first, max(start + len(text.rstrip()), first + 1))
    try:
        found = parse_quantity(text.strip())
    except QuantityError as error:
        raise ExpressionError(error.message, span, error.help or WRITE) from None
    if not found.value > 0:
        raise ExpressionError("the standard error allowed must be above 0", span, WRITE)
    return found
