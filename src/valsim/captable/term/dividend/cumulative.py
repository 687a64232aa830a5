"""A dividend that accrues whether or not it is declared."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Literal, Self, TypeAlias

import numpy as np
from pydantic import Field, PrivateAttr

from valsim.captable.accrual import Compounding, interest, period_problems
from valsim.captable.curve import ZERO, ratio
from valsim.captable.participation import Entitlement
from valsim.captable.term.dividend.base import Dividend, in_any_case, up_to
from valsim.core.block import READING
from valsim.core.day import Day
from valsim.core.day_count import DayCount
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction, Money, middle
from valsim.core.rows import Row

Settlement: TypeAlias = Literal["forfeit_on_conversion", "paid_in_kind", "paid_in_cash"]


class CumulativeDividend(Dividend):
    """A dividend that accrues with time on the original issue price, declared or not, and is settled at an exit.

    With ``a`` accrued on a share of price ``P`` that has a preference ``m P`` and a cap ``c P``, and ``d = a / P``:

        forfeit_on_conversion    preference m P + a, of which a cap that holds dividends leaves c P; gone if it converts
        paid_in_kind             a share has become 1 + d shares: preference (1 + d) m P, cap (1 + d) c P, as converted x (1 + d)
        paid_in_cash             a besides the better of preference and conversion, with the rank of the class

    A cap that excludes dividends is raised by ``a``. Where shares of a class were issued on several days, each counts with the
    mean of what has accrued. Source: NVCA Model Certificate of Incorporation (2025), sections 1, 2.1, 4.3.3 and notes 13, 20
    and 46; Spark Therapeutics' charter of 2014 (Form S-1, exhibit 3.1), section 1.1, for payment in kind.

    >>> dividend = CumulativeDividend.model_construct(rate=0.08, compounding="simple", periods_per_year=None,
    ...     day_count="actual/365", settlement="forfeit_on_conversion", accrued=None, accrues_from=date(2025, 1, 1))
    >>> two_years = dividend.opened(2e6, None).accrued_to(date(2027, 1, 1).toordinal(), 2.5)
    >>> float(two_years.owed)
    0.4
    """

    example = "{rate: 8%, compounding: simple, day_count: actual/365, settlement: forfeit_on_conversion}"

    rate: Fraction | None = Field(default=None, examples=["8%"])
    """What accrues in a year, a fraction of the original issue price; without it nothing accrues but what ``accrued`` says."""
    compounding: Compounding | None = None
    """Whether dividends accrue on the original issue price alone, or on what accrued before too."""
    periods_per_year: int | None = Field(default=None, ge=1, le=366)
    """How often a year accrued dividends are added to what they accrue on; of compounding ones only."""
    day_count: DayCount | None = Field(default=None, json_schema_extra={READING: True})
    """How the years between two dates are counted."""
    settlement: Settlement = Field(json_schema_extra={READING: True})
    """What becomes of accrued dividends: they raise the preference and are forfeited on conversion, they are paid in more
    shares of the class, or they are paid in cash in any case."""
    accrues_from: Day | None = None
    """The day from which it accrues; without it, that of the issue."""
    accrued: Money | None = Field(default=None, examples=["800k USD"])
    """What has accrued on the whole class already: when ``accrues_from`` comes, or, without a rate, at the exit."""

    _since: Row = PrivateAttr(default=ZERO)

    def opened(self, shares: Row, issued: date | None) -> Self:
        """Give the dividend with what is owed on one share, and the day from which more accrues."""
        first = self.accrues_from or issued
        since = ZERO if first is None else np.asarray(float(first.toordinal()))
        return self.but(_owed=ZERO if self.accrued is None else ratio(self.accrued, shares), _since=since)

    def accrued_to(self, day: Row | float, issue_price: Row) -> Self:
        """Give the dividend with what has accrued on a share up to a day; before the first one nothing does."""
        if self.rate is None or self.compounding is None or self.day_count is None:
            return self
        base = issue_price if self.compounding == "simple" else issue_price + self._owed
        terms = (self.day_count, self.compounding, self.periods_per_year)
        more = interest(base, self.rate, self._since, day, *terms)
        return self.but(_owed=self._owed + more, _since=np.maximum(self._since, day))

    def joined(self, before: Row, new: Row, day: Row | float, issue_price: Row) -> Self:
        """Give the dividend after new shares joined so many others on a day; from then on all accrue alike."""
        first = day if self.accrues_from is None else np.maximum(day, float(self.accrues_from.toordinal()))
        start = np.where(np.asarray(before) + np.zeros_like(new) > 0, self._since, first)
        return super(CumulativeDividend, self.but(_since=start).accrued_to(day, issue_price)).joined(
            before, new, day, issue_price
        )

    def entitled(self, due: Entitlement, issue_price: Row) -> Entitlement:
        """Give what a share is entitled to with what has accrued."""
        return _SETTLED[self.settlement](due, self._owed / issue_price, self.participation_cap_basis)

    @property
    def _under_the_cap(self) -> bool:
        return self.settlement != "paid_in_kind"

    def problems_in(self, terms: Any) -> Iterator[Problem]:
        """Report terms that do not say how much accrues, or since when; ``terms`` are those of its class."""
        yield from super().problems_in(terms)
        yield from self._rate_problems()
        if self.rate is not None and self.accrues_from is None and terms.issued is None and not terms.is_to_come:
            message = "a dividend accrues from the issue of the class, whose date is not known"
            yield Problem((), message, "say when it was issued, or state accrues_from", "key")
        if terms.is_to_come and middle(self.accrued or 0.0) > 0:
            yield Problem(
                ("accrued",), "nothing has accrued on shares that are yet to be issued", "leave it out", "key"
            )

    def _rate_problems(self) -> Iterator[Problem]:
        needed = ("compounding", "day_count")
        if self.rate is None:
            if self.accrued is None:
                yield Problem((), "the dividend does not say what accrues", "state rate, or accrued", "key")
            for key in (*needed, "periods_per_year", "accrues_from"):
                if getattr(self, key) is not None:
                    yield Problem((key,), "without a rate nothing accrues", "state rate, or leave it out", "key")
            return
        for key in needed:
            if getattr(self, key) is None:
                yield Problem(("rate",), f"a rate says its {key}", f"state {key}", "key")
        if self.compounding is not None:
            yield from period_problems(self.compounding, self.periods_per_year)


def _forfeited(due: Entitlement, owed: Row, basis: str | None) -> Entitlement:
    cap = due.cap if due.cap is None or basis == "includes_dividends" else due.cap + owed
    return due._replace(preference=up_to(due.preference + owed, cap), cap=cap)


def _in_kind(due: Entitlement, owed: Row, basis: str | None) -> Entitlement:
    del basis
    grown = 1 + owed
    cap = None if due.cap is None else due.cap * grown
    return due._replace(preference=due.preference * grown, cap=cap, shares=due.shares * grown)


_SETTLED: Mapping[str, Callable[[Entitlement, Row, str | None], Entitlement]] = {
    "forfeit_on_conversion": _forfeited,
    "paid_in_kind": _in_kind,
    "paid_in_cash": in_any_case,
}
