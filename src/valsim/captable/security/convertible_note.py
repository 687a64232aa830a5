"""Convertible notes."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, Self

import numpy as np
from pydantic import Field, PrivateAttr

from valsim.captable.accrual import Compounding, interest, period_problems
from valsim.captable.curve import ZERO
from valsim.captable.security.convertible import Convertible
from valsim.core.block import READING
from valsim.core.day import Day
from valsim.core.day_count import DayCount
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction, Money, Multiple, PositiveMoney
from valsim.core.rows import Row


class ConvertibleNote(Convertible):
    """A loan that a large enough round turns into shares, its interest with it; until then it is owed.

    Interest runs from ``issued`` to the round, the repayment or the exit.

    >>> from datetime import date
    >>> note = ConvertibleNote.model_construct(principal=1e6, issued=date(2025, 1, 1), interest_rate=0.08, day_count="actual/365",
    ...     compounding="simple", accrued_interest="converts", seniority=1.0)
    >>> round(float(note.accrued_to(date(2026, 1, 1).toordinal()).due), 6)
    1.08
    """

    example = "{kind: convertible_note, issued: 2025-03-01, principal: 1M USD, interest_rate: 8%, day_count: actual/365, compounding: simple, accrued_interest: converts, conversion_discount: 20%, qualified_financing_at_least: 2M USD, converts_into: shadow_series, seniority: 2}"

    kind: Literal["convertible_note"] = "convertible_note"
    """Names this kind."""
    principal: PositiveMoney = Field(examples=["1M USD"])
    """What was lent: by all of its holders together."""
    interest_rate: Fraction
    """Interest per year, a fraction of the principal; 0% for a note without any."""
    day_count: DayCount = Field(json_schema_extra={READING: True})
    """How the days of interest are counted."""
    compounding: Compounding = Field(json_schema_extra={READING: True})
    """Whether interest is earned on the principal alone, or on earlier interest too."""
    periods_per_year: int | None = Field(default=None, ge=1, le=366)
    """How often a year compound interest is added."""
    accrued_interest: Literal["converts", "forgiven"] = Field(json_schema_extra={READING: True})
    """What becomes of the interest when the principal converts: it converts with it, or nothing is paid for it."""
    maturity: Day | None = None
    """When the loan is due."""
    at_maturity: Literal["repaid", "stays_owed"] | None = None
    """What happens when it is due and no round has converted it. ``repaid``: principal and interest are repaid out of the
    company's cash, before the closings of the day and after loans, by seniority and as far as the cash goes; what is left is
    due again in the next step. ``stays_owed``: it stays outstanding, and a later round or the exit settles it."""
    qualified_financing_at_least: Money | None = Field(default=None, examples=["2M USD"])
    """The new money of a round, that of its earlier closings counted in, below which the note does not convert; without it,
    every closing converts it."""
    change_of_control_multiple: Multiple | None = Field(default=None, examples=["2"])
    """How many times the principal is paid back at an exit, the interest besides; without it, once."""

    _accrued: Row = PrivateAttr(default=ZERO)

    @property
    def due(self) -> Row:
        """What converts for each unit of principal."""
        return 1 + (self._accrued if self.accrued_interest == "converts" else ZERO)

    @property
    def claimed(self) -> Row:
        """What is paid back at an exit for each unit of principal: it a number of times, and the interest."""
        return (1.0 if self.change_of_control_multiple is None else self.change_of_control_multiple) + self._accrued

    @property
    def qualified(self) -> Row:
        """The new money below which a round does not convert it."""
        return ZERO if self.qualified_financing_at_least is None else self.qualified_financing_at_least

    @property
    def repaid_from(self) -> date | None:
        """The maturity of a note that is repaid."""
        return self.maturity if self.at_maturity == "repaid" else None

    def owed(self, shares: Row) -> Row:
        """Give principal and interest."""
        return shares * (1 + self._accrued)

    def accrued_to(self, day: Row | float) -> Self:
        """Give the note with its interest up to a day, a proleptic ordinal."""
        if self.issued is None:
            return self
        start = np.asarray(self.issued.toordinal(), float)
        terms = (self.day_count, self.compounding, self.periods_per_year)
        return self.but(_accrued=interest(np.ones(()), self.interest_rate, start, np.asarray(day, float), *terms))

    def opening_shares(self, fully_diluted_before: Row) -> Row:
        """Give the principal."""
        del fully_diluted_before
        return self.principal

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report interest without a first day, and a maturity before it."""
        yield from super().problems(context)
        yield from period_problems(self.compounding, self.periods_per_year)
        if self.issued is None:
            yield Problem(("interest_rate",), "interest runs from the day of issue", "state issued", "key")
        if (self.maturity is None) != (self.at_maturity is None):
            where, wanted = ("maturity", "at_maturity") if self.at_maturity is None else ("at_maturity", "maturity")
            way_out = f"state {wanted}, e.g. " + (
                "at_maturity: repaid" if wanted == "at_maturity" else "maturity: 2027-06-30"
            )
            yield Problem((where,), "a note says when it is due and what happens then", way_out, "key")
        if self.issued is not None and self.maturity is not None and self.maturity <= self.issued:
            yield Problem(("maturity",), f"the note is due on {self.maturity}, and was issued on {self.issued}")
