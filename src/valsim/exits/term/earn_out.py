"""A further payment for a company that was sold, if it does as it was hoped."""

from collections.abc import Iterator
from typing import Any, Self

import numpy as np
from pydantic import Field, model_validator

from valsim.core.amount import MoneyAmount, amount
from valsim.core.block import Block
from valsim.core.choose import choose
from valsim.core.either import expect_one_of
from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.parameter import Fraction, PositiveDuration
from valsim.core.rows import Bools, Row, Rows
from valsim.core.timeline import DAYS_A_YEAR

SAME_DAY = 2.5 / DAYS_A_YEAR
"""Years by which a time may be off and count as over: half a year is up to two days longer than six months of the calendar."""


class EarnOut(Block):
    """A further payment of the buyer that depends on what becomes of the company after the sale.

    The drivers go on after a sale, its cash stays as it was. With ``when``, it is paid at the first step after the sale at which
    the condition holds, ``within`` so long; without, it is measured and paid when that time is over. Nobody sees beyond the
    end of the run: a condition that does not hold by then is not met, and what is due later is measured at the end.
    Holders get ``W(V1 + V2) - W(V1)``: what the waterfall of all that is paid adds to that of what was paid before.
    """

    example = "{pays: '20% * arr * 1 year', when: arr >= 100M USD/year, within: 2 years, probability: 80%}"

    pays: MoneyAmount | None = Field(default=None, examples=["min(150M USD, max(0 USD, 6 years * ebitda - 240M USD))"])
    """What shareholders get together: money, or a formula that is read when it is measured; below zero it is nothing."""
    fraction: Fraction | None = Field(default=None, examples=["20%"])
    """What they get together, as a part of what they got of the sale."""
    when: Expression | None = Field(default=None, examples=["arr >= 100M USD/year"])
    """The condition, read at every step after the sale; without one, there is none."""
    within: PositiveDuration
    """The time after the sale in which the condition may hold; without one, the time until it is measured."""
    probability: Fraction | None = Field(default=None, examples=["80%"])
    """The chance that the buyer pays where it is due, one draw a path; without it, surely."""

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Self:
        subject = "an earn-out states what it pays: "
        example = "earn_out: {fraction: 20%, within: 2 years, when: ...}"
        expect_one_of(self, "pays", "fraction", code="earn_out", subject=subject, example=example)
        return self

    def measured(self, since: Row, left: float, rows: Rows) -> Bools:
        """Say where it is measured now, ``since`` so many years after a sale and so many before the end of the run."""
        if self.when is None:
            return np.asarray((since >= self.within - SAME_DAY) | (left <= 0))
        in_time = (since > 0) & (since <= self.within + SAME_DAY)
        return np.asarray(self.when(rows), dtype=bool) & in_time

    def paid(self, proceeds: Row, uniform: Row, rows: Rows) -> Row:
        """Give what it pays where it is measured, for a sale that brought so much, shape ``(n_paths,)``."""
        due = np.fmax(amount(self.pays, rows), 0.0) if self.fraction is None else self.fraction * proceeds
        return due if self.probability is None else choose(uniform < self.probability, due, 0.0)

    def delay(self, since: Row) -> Row:
        """Give how long after now it is paid: at once, or, where it is measured early, when its time is over."""
        return np.zeros(()) if self.when is not None else np.maximum(self.within - since, 0.0)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a payment that is no money, and a condition that is none."""
        yield from context.amount(("pays",), self.pays, context.currency)
        yield from context.condition(("when",), self.when)
