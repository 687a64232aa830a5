"""The end of a company that ran out of money."""

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np

from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.liquidity import LiquidityKind
from valsim.core.parameter import Fraction
from valsim.core.rows import Bools, Row, Rows
from valsim.exits.base import Exit, after_debt


class WindDown(Exit):
    """The end of a company that ran out of money, after every raise of the step has failed.

    ``proceeds = recovery enterprise_value + max(cash, 0) - debt``, never below zero.
    """

    example = "{kind: wind_down, when: cash <= 0 USD and not funded, recovery: 15%}"

    kind: Literal["wind_down"]
    """Names this exit."""
    when: Expression
    """The condition under which the company must stop, such as ``cash <= 0 USD``."""
    recovery: Fraction
    """What a fire sale brings, a fraction of the enterprise value."""

    def proceeds(self, rows: Rows) -> Row:
        """Give what a fire sale leaves."""
        return after_debt(rows["enterprise_value"] * self.recovery + np.maximum(rows["cash"], 0.0), rows)

    @property
    def liquidity(self) -> LiquidityKind:
        """What the exit is to a contract."""
        return "wind_down"

    def forced(self, rows: Rows) -> Bools:
        """Say where the condition holds."""
        return np.asarray(self.when(rows))

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a condition that is not one."""
        yield from context.condition(("when",), self.when)
