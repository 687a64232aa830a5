"""Preferred shares with a fixed return: what they cost and a return on it, and nothing more."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, PrivateAttr

from valsim.captable.accrual import Compounding, interest
from valsim.captable.curve import ZERO, Claim, Curve, each
from valsim.captable.measure import PricePerShare, stated
from valsim.captable.security.base import Security
from valsim.core.block import READING
from valsim.core.day_count import DayCount
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction, Parameter, Plain
from valsim.core.rows import Row


class FixedReturnPreferred(Security):
    """Preferred shares that are paid what they cost and a return, before junior ranks and common shares, and nothing more.

    ``t`` years after its issue a share is due ``original_issue_price (1 + return_per_year t)`` or, compound,
    ``original_issue_price (1 + return_per_year)^t``, in a listing as in a sale. The shares do not convert and are no part of
    the fully diluted ones.

    >>> from datetime import date
    >>> terms = FixedReturnPreferred.model_construct(issued=date(2025, 1, 1), original_issue_price=10.0, return_per_year=0.08,
    ...     compounding="compound", day_count="actual/365", seniority=1.0)
    >>> round(float(terms.accrued_to(date(2027, 1, 1).toordinal()).preference(1e6)))
    11664000
    """

    example = "{kind: fixed_return_preferred, issued: 2025-01-01, shares: 1M, original_issue_price: 10 USD, return_per_year: 8%, compounding: compound, day_count: actual/365, seniority: 2}"

    is_equity: ClassVar[bool] = False
    money_of_a_share: ClassVar[tuple[str, ...]] = ("_returned",)

    kind: Literal["fixed_return_preferred"] = "fixed_return_preferred"
    """Names this kind."""
    original_issue_price: PricePerShare
    """What one share cost."""
    return_per_year: Fraction
    """The return on what the shares cost, a fraction per year."""
    compounding: Compounding
    """Whether the return is on what the shares cost alone, or on the return so far too, once a year."""
    day_count: DayCount = Field(json_schema_extra={READING: True})
    """How the years between two dates are counted."""
    seniority: Plain
    """The rank of what they are due: a higher number is paid first, equal ones pro rata."""
    _returned: Row = PrivateAttr(default=ZERO)

    def curve(self, shares: Row) -> Curve:
        """Give the claim of what they are due."""
        return Curve((Claim(self.preference(shares), float(self.seniority)),))

    def preference(self, shares: Row) -> Row:
        """Give what they cost and the return on it, money."""
        return each(shares, self.original_issue_price + self._returned)

    def as_converted(self, shares: Row) -> Row:
        """Give no common shares."""
        return np.zeros(np.shape(shares))

    def accrued_to(self, day: Row | float) -> Self:
        """Give the same terms with the return up to a day; before the issue there is none."""
        start = float(stated(self.issued).toordinal())
        terms = (self.day_count, self.compounding)
        return self.but(_returned=interest(self.original_issue_price, self.return_per_year, start, day, *terms))

    @property
    def grows(self) -> bool:
        """Whether there is a return: always."""
        return True

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report an issue whose price or day is not known, and a rank that is drawn."""
        yield from super().problems(context)
        if self.new_money is not None:
            message = "the price of shares that are no part of the company's value follows from no valuation"
            yield Problem(("new_money",), message, "state shares and original_issue_price", "key")
        if self.issued is None:
            yield Problem(("return_per_year",), "the return counts from the day of the issue", "state issued", "key")
        if isinstance(self.seniority, Parameter) and not self.seniority.known:
            yield Problem(("seniority",), "a rank is one number, not a distribution")
