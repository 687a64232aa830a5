"""One stated outcome of a company: how it exits, for how much, when, and how likely that is."""

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from valsim.core.block import Block
from valsim.core.day import Day
from valsim.core.errors import Problem, ValuationError
from valsim.core.liquidity import LiquidityKind
from valsim.core.parameter import Fraction, Money, Rate
from valsim.core.timeline import DAYS_A_YEAR
from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.numbers import Years


class Outcome(Block):
    """One way in which the company may end, as somebody states it."""

    example = "{exit: acquisition, value: 300M USD, years: 3, probability: 40%}"

    exit: LiquidityKind
    """What happens: ``acquisition``, ``ipo`` or ``wind_down``; the charter may pay each differently."""
    value: Money
    """What the company is worth then; all of it is shared out, costs and debt first."""
    probability: Fraction
    """How likely it is; all outcomes together are certain."""
    years: Years | None = Field(default=None, examples=["3"])
    """The years until then; or ``on``."""
    on: Day | None = None
    """The day on which it happens; or ``years``."""
    discount_rate: Rate | None = Field(default=None, examples=["25%"])
    """The hurdle rate of this outcome, effective per year, where it is not that of all."""

    def wait(self, exits: Exits, name: str) -> float:
        """Give the years from the day of valuation until the outcome.

        Raises :class:`~valsim.core.errors.ValuationError` where the day of valuation is not known or comes later.
        """
        if self.on is None:
            return float(self.years or 0)
        if not exits.day:
            message = f"outcome {name} has a day, and the cap table none to count from: state as_of, or write years"
            raise ValuationError(message, "method")
        wait = (self.on.toordinal() - float(exits.day)) / DAYS_A_YEAR
        if wait < 0:
            raise ValuationError(f"outcome {name} happens on {self.on}, before the day of valuation", "method")
        return wait

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report an outcome without a time, and one with two."""
        yield from super().problems(context)
        if (self.years is None) == (self.on is None):
            message = "an outcome happens after some years or on a day: it has one of years and on"
            yield Problem((), message, "years: 3", "key")
