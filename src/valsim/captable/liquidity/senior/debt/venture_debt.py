"""A loan to a company that investors have funded."""

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
from pydantic import Field

from valsim.captable.accrual import Compounding, interest, period_problems
from valsim.captable.liquidity.senior.debt.base import Debt
from valsim.captable.measure import or_nothing, stated
from valsim.core.block import READING
from valsim.core.day import Day
from valsim.core.day_count import DayCount
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction, Money, Parameter, PositiveMoney
from valsim.core.rows import Row


class VentureDebt(Debt):
    """A loan that is repaid in one sum when it matures or at the exit, with accrued interest and the fees that are then due.

    ``claim = principal (1 + final_payment) + interest + exit_fee``, with interest from the issue to that day; or the claim is
    stated as a whole. Interest that is paid as it falls due is a running cost of the company: leave ``interest_rate`` out. Source of the fees: TriplePoint Venture Growth, Form 10-K for 2023, on end-of-term payments.

    >>> from datetime import date
    >>> loan = VentureDebt.model_construct(claim=None, principal=1e6, interest_rate=0.08, compounding="simple",
    ...     periods_per_year=None, day_count="actual/365", issued=date(2025, 1, 1), final_payment=None, exit_fee=None)
    >>> float(loan.claim_at(date(2027, 1, 1).toordinal()))
    1160000.0
    """

    example = "{kind: venture_debt, principal: 1M USD, interest_rate: 8%, compounding: simple, day_count: actual/365, issued: 2025-01-01, final_payment: 5%, seniority: 1}"

    kind: Literal["venture_debt"] = "venture_debt"
    """Names this kind."""
    claim: Money | None = Field(default=None, examples=["1.16M USD"])
    """What is owed at the exit in all, where it is stated; then nothing else is."""
    principal: PositiveMoney | None = None
    """What was lent and is not yet repaid."""
    interest_rate: Fraction | None = None
    """The interest that accrues in a year and is paid at the exit, a fraction of the principal."""
    compounding: Compounding | None = None
    """Whether interest is on the principal alone, or on earlier interest too."""
    periods_per_year: int | None = Field(default=None, ge=1, le=366)
    """How often a year interest is added to the principal; of compound interest only."""
    day_count: DayCount | None = Field(default=None, json_schema_extra={READING: True})
    """How the years between two dates are counted."""
    issued: Day | None = None
    """The day from which interest accrues."""
    final_payment: Fraction | None = None
    """A fee that is due when the loan is repaid, a fraction of the principal."""
    exit_fee: Money | None = Field(default=None, examples=["60k USD"])
    """A fee that is due when the loan is repaid, money."""

    def claim_at(self, day: Row | float) -> Row:
        """Give what is owed on a day; before the issue, the principal and the fees."""
        if self.claim is not None:
            return self.claim + np.zeros(np.shape(day))
        principal = stated(self.principal)
        fees = principal * or_nothing(self.final_payment) + or_nothing(self.exit_fee)
        return principal + fees + self._interest(principal, day)

    def _interest(self, principal: Row, day: Row | float) -> Row:
        if self.interest_rate is None or self.day_count is None or self.compounding is None:
            return np.zeros(np.shape(day))
        start = float(stated(self.issued).toordinal())
        return interest(
            principal, self.interest_rate, start, day, self.day_count, self.compounding, self.periods_per_year
        )

    @property
    def grows(self) -> bool:
        """Whether interest accrues."""
        return self.interest_rate is not None

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a claim that is stated twice or not at all, and interest that does not say how it accrues."""
        del context
        if isinstance(self.seniority, Parameter) and not self.seniority.known:
            yield Problem(("seniority",), "a rank is one number, not a distribution")
        if self.claim is None and self.principal is None:
            yield Problem((), "the debt does not say what is owed", "state principal, or claim", "key")
        if self.claim is not None:
            for key in ("principal", *_INTEREST, "interest_rate", "periods_per_year", "final_payment", "exit_fee"):
                if getattr(self, key) is not None:
                    yield Problem((key,), "claim says what is owed in all", "leave one out", "key")
            return
        yield from self._interest_problems()

    def _interest_problems(self) -> Iterator[Problem]:
        if self.interest_rate is not None:
            for key in _INTEREST:
                if getattr(self, key) is None:
                    yield Problem(("interest_rate",), f"interest says its {key}", f"state {key}", "key")
        if self.compounding is not None:
            yield from period_problems(self.compounding, self.periods_per_year)


_INTEREST = ("compounding", "day_count", "issued")
"""What interest cannot be counted without."""
