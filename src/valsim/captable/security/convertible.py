"""What SAFEs and convertible notes share: money that becomes the shares of a round, or is paid back at an exit."""

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
from pydantic import Field

from valsim.captable.curve import ZERO, Claim, Curve
from valsim.captable.security.base import CAPS, Conversion, Security
from valsim.core.block import READING
from valsim.core.errors import Problem
from valsim.core.parameter import BelowOne, Parameter, Plain, PositiveMoney
from valsim.core.rows import Row

CapType = Literal["pre_money", "post_money", "outstanding", "fully_diluted"]
ConvertsInto = Literal["shadow_series", "standard_series"]


class Convertible(Security):
    """Money that a round turns into shares.

    It converts at the lowest of

        the round's price per share
        the round's price (1 - conversion_discount)
        conversion_valuation_cap / capitalisation

    In the ledger its lots count units of money, and so do the ``positions``: ``500k`` or ``50%`` of it. It counts in no number
    of shares until it has converted.
    """

    is_convertible = True

    conversion_valuation_cap: PositiveMoney | None = Field(default=None, examples=["10M USD"])
    """The value of the company at which the money converts at most; without it, there is no cap."""
    conversion_valuation_cap_type: CapType | None = Field(default=None, json_schema_extra={READING: True})
    """Which shares share the cap. ``pre_money``: those before the round, with what it adds to the pool and without any
    convertible. ``post_money``: those before the round and all that converts, itself included, without what the round adds to
    the pool; the holder's part is then ``amount / cap`` before the new money. ``outstanding``: those before the round that
    somebody holds or was granted, without the unissued pool and any convertible. ``fully_diluted``: those before the round,
    what it adds to the pool and all that converts, itself included. At an exit the unissued pool counts in none of them."""
    conversion_discount: BelowOne | None = Field(default=None, examples=["20%"])
    """How far below the round's price the money converts: at 20% it pays 80% of the price."""
    most_favoured_nation: bool = False
    """Whether it has the best terms of the convertibles issued later: it converts at the lowest price that any of their terms
    gives, which in one round or at one exit is what the best of them gives when it is taken over as a whole, caps of several
    types included. So it reads the holder as choosing there, not when the later one was issued. What is no cap and no discount,
    such as interest, stays its own. Which are later is told by ``issued``, or by their order where one has no date. Where the
    holder has chosen the terms of one of them already, state those terms instead."""
    converts_into: ConvertsInto = Field(json_schema_extra={READING: True})
    """What the money becomes. ``shadow_series``: shares like the round's whose original issue price is the conversion price,
    so that their preference is the money that converted. ``standard_series``: the round's own shares, whose preference is
    counted at the round's price, so that it may be more than the money."""
    converting: Literal["per_class", "per_holder"] | None = Field(default=None, json_schema_extra={READING: True})
    """With a post-money or fully diluted cap and several holders, who decides at an exit between money and shares: ``per_class``, all of them
    together, or ``per_holder``, each for itself. It matters because the shares of one make those of the others more."""
    seniority: Plain
    """The rank of what is paid back at an exit: a higher number is paid first, equal ones pro rata."""

    @property
    def is_sized(self) -> bool:
        """Whether the document says how much there is: its amount is a term of every one."""
        return True

    @property
    def cost_of_one(self) -> Row:
        """What one unit of money cost."""
        return np.ones(())

    @property
    def due(self) -> Row:
        """What is owed for each unit of money, which converts."""
        return np.ones(())

    @property
    def claimed(self) -> Row:
        """What is paid back at an exit for each unit of money."""
        return self.due

    @property
    def qualified(self) -> Row:
        """The new money below which a round does not convert it."""
        return ZERO

    def curve(self, shares: Row) -> Curve:
        """Give the claim of what is paid back, and behind all other claims what the discount adds to it.

        At a price ``p`` of a common share a discount alone gives ``amount / (p (1 - discount))`` shares, worth
        ``amount / (1 - discount)`` at every price.
        """
        claim = Claim(shares * self.claimed, float(self.seniority))
        discounted = self.due / (1 - self._discount)
        rest = np.maximum(shares * (discounted - self.claimed), 0.0)
        return Curve((claim,) if self.conversion_discount is None else (claim, Claim(rest, -np.inf)))

    def kept(self, shares: Row) -> Curve:
        """Give the claim of what is paid back."""
        return Curve((Claim(shares * self.claimed, float(self.seniority)),))

    def as_converted(self, shares: Row) -> Row:
        """Give no share: money is none yet."""
        del shares
        return ZERO

    def preference(self, shares: Row) -> Row:
        """Give what is paid back at an exit, money."""
        return shares * self.claimed

    def conversion(self) -> Conversion:
        """Give how a round converts one unit of money."""
        caps = dict.fromkeys(CAPS, np.asarray(np.inf))
        if self.conversion_valuation_cap is not None and self.conversion_valuation_cap_type is not None:
            caps[f"{self.conversion_valuation_cap_type}_cap"] = np.asarray(self.conversion_valuation_cap)
        pre_money, post_money, outstanding, fully_diluted = caps.values()
        return Conversion(
            self.due, self._discount, pre_money, post_money, outstanding, fully_diluted, self.most_favoured_nation,
            self.qualified, self.converts_into, self.converting,
        )  # fmt: skip

    @property
    def _discount(self) -> Row:
        return ZERO if self.conversion_discount is None else self.conversion_discount

    @property
    def has_terms(self) -> bool:
        """Whether it has a cap or a discount of its own."""
        return self.conversion_valuation_cap is not None or self.conversion_discount is not None

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a number of shares, a cap without its type, and a rank that is drawn."""
        del context
        for key in ("shares", "new_money", "post_money_valuation"):
            if getattr(self, key) is not None:
                message = f"a {type(self).tag_name()} is money, which is no shares before a round converts it"
                yield Problem((key,), message, "leave it out", "key")
        if (self.conversion_valuation_cap is None) != (self.conversion_valuation_cap_type is None):
            yield from self._half_a_cap()
        if isinstance(self.seniority, Parameter) and not self.seniority.known:
            yield Problem(("seniority",), "a rank is one number, not a distribution")

    def _half_a_cap(self) -> Iterator[Problem]:
        if self.conversion_valuation_cap is None:
            message = "there is no cap whose type this could be"
            yield Problem(("conversion_valuation_cap_type",), message, "state conversion_valuation_cap", "key")
        else:
            message = "a cap says which shares share it"
            way_out = "conversion_valuation_cap_type: post_money, or pre_money, outstanding, fully_diluted"
            yield Problem(("conversion_valuation_cap",), message, way_out, "key")

    @classmethod
    def tag_name(cls) -> str:
        """Give what the kind is called in a sentence."""
        return str(cls.model_fields[cls.tag].default).replace("_", " ")
