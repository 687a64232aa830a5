"""The base of every security: its size in common shares and its payout curve."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar, Literal, NamedTuple, Self

import numpy as np
from pydantic import Field

from valsim.captable.curve import ZERO, Curve
from valsim.captable.measure import Shares, stated
from valsim.captable.split import in_new_shares
from valsim.captable.term.anti_dilution import AntiDilution
from valsim.core.block import Block, Kind
from valsim.core.day import Day
from valsim.core.errors import Problem
from valsim.core.parameter import PositiveMoney
from valsim.core.rows import Row

CONVERSION_TERMS = frozenset({"anti_dilution", "conversion_price", "ipo_ratchet_multiple", "valuation_adjustment"})
"""The terms that set or change a conversion price, which only shares have that convert into common."""


class Protection(NamedTuple):
    """The conversion price of a class now, and the term that lowers it: its common shares are proportional to 1 / price."""

    conversion_price: Row
    term: AntiDilution


CAPS = ("pre_money_cap", "post_money_cap", "outstanding_cap", "fully_diluted_cap")
"""The caps of a conversion, one for each way of counting the shares that share one."""


class Conversion(NamedTuple):
    """How a convertible turns into the shares of a round: at the lowest of the prices that its terms give.

    ``amount`` is the money that one unit converts, ``discount`` a fraction off the round's price; a cap that is not there is
    infinite. ``most_favoured_nation`` adds the terms of those issued later; a round that has raised less than
    ``qualified_financing_at_least`` converts nothing.
    """

    amount: Row
    discount: Row
    pre_money_cap: Row
    post_money_cap: Row
    outstanding_cap: Row
    fully_diluted_cap: Row
    most_favoured_nation: bool
    qualified_financing_at_least: Row
    converts_into: Literal["shadow_series", "standard_series"]
    converting: Literal["per_class", "per_holder"] | None

    @property
    def cap_alone(self) -> Row:
        """The lower of the caps that no conversion shares share."""
        return np.minimum(self.pre_money_cap, self.outstanding_cap)

    @property
    def cap_together(self) -> Row:
        """The lower of the caps that all conversion shares share too."""
        return np.minimum(self.post_money_cap, self.fully_diluted_cap)


class Security(Kind, member_of="security"):
    """A class of shares.

    In the document it says how many shares there are: ``shares``, or ``new_money`` with ``post_money_valuation``, the
    round that issued them. In the ledger only its terms remain; the shares are those of the positions.
    """

    is_common: ClassVar[bool] = False
    """Whether other classes convert into this one."""
    converts: ClassVar[bool] = False
    """Whether the class can become common."""
    is_convertible: ClassVar[bool] = False
    """Whether the class is money that a round converts."""
    is_equity: ClassVar[bool] = True
    """Whether a share is a part of the fully diluted ones, so that its price says what the company is worth."""
    is_pool: ClassVar[bool] = False
    """Whether rounds top up the unissued shares of this class."""

    issued: Day | None = None
    """When the class was issued; percentages of the fully diluted shares at a date count the classes issued until then."""
    shares: Shares | None = None
    """How many shares there are."""
    new_money: PositiveMoney | None = Field(default=None, examples=["20M USD"])
    """What the round that issued the class raised."""
    post_money_valuation: PositiveMoney | None = Field(default=None, examples=["120M USD"])
    """The value after the money of that round; its price per share is that before the money over the shares listed before."""

    @classmethod
    def refusal(cls, key: str) -> tuple[str, str]:
        """Say of a term of conversion why shares that do not convert have none."""
        if key in CONVERSION_TERMS and not cls.converts:
            kind = cls.model_fields[cls.tag].default
            return (
                f"{kind} has no conversion price, so it takes no {key}",
                "leave it out: it is a term of preferred shares",
            )
        return super().refusal(key)

    @abstractmethod
    def curve(self, shares: Row) -> Curve:
        """Give what so many shares are paid where each class may convert, exercise or keep what it has."""

    def converted(self, shares: Row) -> Curve:
        """Give what so many shares are paid where every class that can become common has become common."""
        return self.curve(shares)

    def listed(self, shares: Row) -> Curve:
        """Give what so many shares are paid in a listing in which every class that can become common does."""
        return self.converted(shares)

    def kept(self, shares: Row) -> Curve:
        """Give what so many shares are paid where the class never converts; its claims are those of ``curve``."""
        return self.curve(shares)

    def accrued_to(self, day: Row | float) -> Self:
        """Give the same terms with what grows with time counted up to a day, a proleptic ordinal."""
        del day
        return self

    def split(self, factor: float) -> Self:
        """Give the same terms after one share became ``factor`` shares; what is money and no share has none to split."""
        return self if self.is_convertible else in_new_shares(self, factor)

    def related(self, series: Mapping[str, "Security"]) -> Self:
        """Give the same terms with what they take from other classes of the cap table filled in, as a warrant's shares are."""
        del series
        return self

    def follows(self, series: str) -> str:
        """Name the class whose conversion price says how many common shares these count as: its own, or the one they buy."""
        return series

    def joined(self, before: Row, new: Row, day: Row | float) -> Self:
        """Give the terms after new shares of the class joined so many others on a day; shapes ``(n_paths,)``."""
        del before, new, day
        return self

    def newly_issued(self) -> Self:
        """Give the terms of a share that is issued now: nothing has accrued on it."""
        return self

    @property
    def is_to_come(self) -> bool:
        """Whether a document leaves the number of shares to a round that is still to issue them."""
        return self.shares is None and self.new_money is None

    @property
    def is_priced(self) -> bool:
        """Whether a document says what a share cost."""
        priced = self.new_money is not None or getattr(self, "original_issue_price", None) is not None
        return priced and self.is_equity

    def as_converted(self, shares: Row) -> Row:
        """Give the number of common shares that so many shares count as in the fully diluted total."""
        return shares

    def preference(self, shares: Row) -> Row:
        """Give the money that so many shares are paid before any common share is."""
        del shares
        return ZERO

    def rights(self) -> dict[str, Block]:
        """List the terms that are blocks of their own, by field."""
        return {name: value for name in type(self).model_fields if isinstance(value := getattr(self, name), Block)}

    def protection(self) -> Protection | None:
        """Give what an issue of cheaper shares does to the class, or nothing."""
        return None

    @property
    def cost_of_one(self) -> Row | None:
        """What one was issued for, where it is known."""
        return getattr(self, "original_issue_price", None)

    @property
    def repaid_from(self) -> date | None:
        """The day from which the company repays what is lent by the class, or nothing."""
        return None

    def owed(self, shares: Row) -> Row:
        """Give what is repaid then for so many of the class, money."""
        del shares
        return ZERO

    def conversion(self) -> Conversion | None:
        """Give how a round converts the class into its own shares, or nothing."""
        return None

    @property
    def is_sized(self) -> bool:
        """Whether the document says how many there are."""
        return self.shares is not None or self.new_money is not None

    def unissued(self, shares: Row, named: Row) -> Row:
        """Give how many of the shares nobody was granted yet, of which the positions name some."""
        del shares, named
        return ZERO

    def settled(self) -> Self:
        """Give the same terms with those filled in that follow from others."""
        return self

    def opened(self, fully_diluted_before: Row) -> tuple[Self, Row]:
        """Give the terms with every open one filled in, and the number of shares, for the opening ledger."""
        return self.but(shares=None, new_money=None, post_money_valuation=None), self.opening_shares(
            fully_diluted_before
        )

    def opening_shares(self, fully_diluted_before: Row) -> Row:
        """Give the number of shares: as stated, or what the new money bought."""
        if self.shares is not None:
            return self.shares
        return stated(self.new_money) / self.opening_price(fully_diluted_before)

    def opening_price(self, fully_diluted_before: Row) -> Row:
        """Give the price per share of the round that issued the class: (post-money - new money) / shares before it."""
        return (stated(self.post_money_valuation) - stated(self.new_money)) / fully_diluted_before

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report an amount that is stated twice or not at all; ``context`` holds the classes that are listed before, by name."""
        del context
        priced = [key for key in ("new_money", "post_money_valuation") if getattr(self, key) is not None]
        if self.shares is not None and priced:
            yield Problem(
                (priced[0],), "the shares are stated, and the new money states them again", "leave one out", "key"
            )
        elif len(priced) == 1:
            yield Problem(
                (priced[0],), "new_money and post_money_valuation state the shares together", "give both", "key"
            )
