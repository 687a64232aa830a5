"""Redemption: a holder's right to sell its shares back to the company."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal, Self

import numpy as np
from pydantic import BeforeValidator, model_validator

from valsim.captable.accrual import Compounding, growth
from valsim.captable.measure import stated
from valsim.core.amount import MoneyAmount
from valsim.core.block import Block, custom_error, shown
from valsim.core.day import Day, LastDay
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction
from valsim.core.replace import replace
from valsim.core.rows import Bools, Row


def _payer(word: Any) -> Any:
    if word == "founders":
        message = "founders cannot pay yet: what they have beside their shares is not in the document"
        raise custom_error("redemption", message, "payer: company")
    if word != "company":
        raise custom_error("redemption", f"expected company, got {shown(word)}")
    return word


class Redemption(Block):
    """A holder's right to sell its shares back to the company for what they cost and a return.

    ``t`` years after it was issued, a share is bought back for ``original_issue_price (1 + return_per_year t)`` or, compound,
    ``original_issue_price (1 + return_per_year)^t``. Its holders demand that, all of a class alike, in a step in which it is
    more than the headline value of the share: ``equity_value`` over the fully diluted shares, as converted. They look no
    further: neither at what the preference may save them nor at what the company may become.

    The company pays out of the cash it has above ``cash_kept`` and never more, classes of a higher seniority first, equal ones
    pro rata; what it pays for is cancelled. What it cannot pay for is a default that ends nothing: those shares stay
    outstanding with all their rights, and in the next step they are due again, at the price of then, if they are still worth
    demanding. So money that is raised later may be paid out at once to those who still demand theirs.
    """

    example = "{listed_by: 2029-06-30, return_per_year: 8%, compounding: simple, payer: company, cash_kept: 12 months of burn}"

    at: Day | None = None
    """The one date at which holders may demand their money; a demand that was made then stands until it is paid."""
    listed_by: LastDay | None = None
    """The deadline for a listing or a sale; from then on, holders of a company that is still private may demand their money
    in any step."""
    return_per_year: Fraction
    """The return on what the shares cost, a fraction per year."""
    compounding: Compounding
    """Whether the return is on what the shares cost alone, or on the return so far too."""
    payer: Annotated[Literal["company"], BeforeValidator(_payer)]
    """Who buys the shares back."""
    cash_kept: MoneyAmount = None
    """What the company may keep of its cash to go on with, money or a formula such as ``12 months of burn``; without it,
    nothing. Where several classes demand their money, the most that one of them leaves."""

    @model_validator(mode="after")
    def _opens_one_way(self) -> Self:
        if (self.at is None) == (self.listed_by is None):
            message = "a redemption has a date (at) or a deadline for a listing (listed_by)"
            raise custom_error("redemption", f"{message}, not both" if self.at else message, "e.g. at: 2029-06-30")
        return self

    @property
    def opens(self) -> date:
        """The first date at which it may be demanded."""
        return stated(self.at or self.listed_by)

    def awaits(self, start: date) -> date:
        """Give the first date at which it may be demanded."""
        del start
        return self.opens

    def stands(self, day: date, demanded: Bools) -> Bools:
        """Say where it may be demanded on a day, or still is; ``demanded`` says where it was before. Shape ``(n_paths,)``."""
        return np.asarray(demanded if self.at is not None and day > self.at else day >= self.opens)

    def grown(self, years: Row) -> Row:
        """Give what is due for each unit of money paid so many years ago, shape ``(n_paths,)``.

        >>> terms = {"at": "2029-06-30", "return_per_year": "8%", "payer": "company"}
        >>> right = Redemption.model_validate({**terms, "compounding": "simple"})
        >>> float(right.but(return_per_year=0.08).grown(5.0))
        1.4
        """
        return growth(self.return_per_year, years, self.compounding)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a date outside the run, and a formula that is no money."""
        yield from context.dated(("at" if self.at else "listed_by",), self.opens)
        yield from context.amount(("cash_kept",), self.cash_kept, context.currency)


@dataclass(frozen=True)
class Redeemed:
    """What became of a class's right so far: where it was demanded, the shares bought back, and what was paid when.

    Rows of shape ``(n_paths,)``; ``payments`` holds the time in years from the start, and the money.
    """

    demanded: Bools
    shares: Row
    payments: tuple[tuple[float, Row], ...] = field(default=())

    @classmethod
    def nothing(cls, paths: int) -> "Redeemed":
        """Give the state in which nothing was demanded."""
        return cls(np.zeros(paths, dtype=bool), np.zeros(paths))

    @property
    def paid(self) -> Row:
        """All that was paid, shape ``(n_paths,)``."""
        return sum((money for _, money in self.payments), np.zeros(self.shares.shape))

    def split(self, factor: float) -> "Redeemed":
        """Give the same after one share became ``factor`` shares."""
        return replace(self, shares=self.shares * factor)

    def columns(self, series: str, left: Row) -> dict[tuple[str, ...], Any]:
        """Give what is told of each path at its end, where so many shares are ``left`` that were not bought back."""
        return {
            ("redemption", series, "demanded"): self.demanded,
            ("redemption", series, "paid"): self.paid,
            ("redemption", series, "paid in full"): self.demanded & (left <= 0),
        }

    def later(self, where: Bools, shares: Row, time: float, money: Row) -> "Redeemed":
        """Give the state after a demand on some paths, and what was bought back for it."""
        payments = (*self.payments, (time, money)) if np.any(money) else self.payments
        return Redeemed(self.demanded | where, self.shares + shares, payments)
