"""What is to be made true: two formulas of measures with a comparison between them, such as ``moic(me) = 3``."""

import re
from dataclasses import dataclass
from typing import Self

from valsim.analysis.formula import Formula, moved
from valsim.analysis.measure.base import Counts
from valsim.analysis.measured import Measured
from valsim.core.errors import ExpressionError
from valsim.core.expression.units import words
from valsim.core.unit import Unit
from valsim.result import Result
from valsim.scenario.model import Scenario

_COMPARED = re.compile(r"""("[^"]*"|'[^']*')|(==|>=|<=|=|<|>)""")
RISING = frozenset({">", ">="})
EQUAL = frozenset({"=", "=="})


@dataclass(frozen=True)
class Target:
    """Two sides that are to be equal, or one of which is to be the larger; the root is where they are equal.

    >>> target = Target.parse("present_value(me) = invested(me)")
    >>> target.left.text, target.sign, target.right.text
    ('present_value(me)', '=', 'invested(me)')
    """

    text: str
    left: Formula
    sign: str
    right: Formula

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a target; raise :class:`ExpressionError` with the characters to underline."""
        found = [match for match in _COMPARED.finditer(text) if match[2]]
        if len(found) != 1:
            message = (
                "expected one comparison, such as moic(me) = 3" if not found else "expected one comparison, got more"
            )
            raise ExpressionError(message, (0, len(text)), "write what is to be equal on either side of =")
        start, end = found[0].span()
        return cls(text, _side(text, 0, start), found[0][2], _side(text, end, len(text)))

    def check(self, scenario: Scenario) -> None:
        """Raise :class:`ExpressionError` where the sides have different units, or ask of somebody who is not there."""
        left = _shifted(self.left, scenario, self.text.index(self.left.text))
        right = _shifted(self.right, scenario, len(self.text.rstrip()) - len(self.right.text))
        if left != right:
            message = f"cannot compare {words(left)} and {words(right)}"
            raise ExpressionError(message, (0, len(self.text)), right.advice_for(left))

    def sides(self, result: Result) -> tuple[Measured, Measured]:
        """Estimate both sides from a result."""
        return self.left(result), self.right(result)

    def holds(self, gap: float) -> bool:
        """Say whether an inequality holds where the left side exceeds the right one by so much."""
        return gap > 0 if self.sign in RISING else gap < 0

    def counts(self, currency: str) -> Counts:
        """Say what both sides count, in a scenario of this currency: what the first of them that is one measure does."""
        alone = [side for side in (self.left, self.right) if side.is_one_measure]
        return (alone or [self.left])[0].counts(currency)

    @property
    def is_equation(self) -> bool:
        """Whether both sides are to be equal."""
        return self.sign in EQUAL


def _side(text: str, start: int, end: int) -> Formula:
    side = text[start:end]
    offset = start + len(side) - len(side.lstrip())
    try:
        return Formula.parse(side.strip())
    except ExpressionError as error:
        raise moved(error, offset) from None


def _shifted(side: Formula, scenario: Scenario, offset: int) -> Unit:
    try:
        return side.unit(scenario)
    except ExpressionError as error:
        raise moved(error, offset) from None
