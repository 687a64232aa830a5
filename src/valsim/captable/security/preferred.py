"""Preferred shares: a liquidation preference, and the right to become common."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Literal, Self

import numpy as np
from pydantic import Field

from valsim.captable.curve import ZERO, Call, Claim, Curve, each
from valsim.captable.measure import PricePerShare, stated
from valsim.captable.participation import NONE_MORE, Entitlement, Participation, conversion_calls, kept_calls
from valsim.captable.security.base import Protection, Security
from valsim.captable.term.anti_dilution import AntiDilution
from valsim.captable.term.automatic_conversion import AutomaticConversion
from valsim.captable.term.dividend.base import Dividend
from valsim.captable.term.dividend.cumulative import CumulativeDividend
from valsim.captable.term.dividend.non_cumulative import NonCumulativeDividend
from valsim.captable.term.pay_to_play import PayToPlay
from valsim.captable.term.pro_rata import ProRata
from valsim.captable.term.redemption import Redemption
from valsim.captable.term.valuation_adjustment import ValuationAdjustment
from valsim.core.errors import Problem
from valsim.core.parameter import Factor, Multiple, Parameter, Plain, highest, lowest
from valsim.core.rows import Row

BEHIND_PREFERENCES = -np.inf
"""The rank of what a listing guarantees to shares that have become common."""


class Preferred(Security):
    """Convertible preferred shares.

    With ``preference = shares x original_issue_price x liquidation_preference_multiple`` and
    ``as_converted = shares x original_issue_price / conversion_price`` the payout at a price ``p`` of a common share is

        none      max(preference, as_converted p)
        full      preference + as_converted p
        capped    max(min(preference + as_converted p, cap), as_converted p)

    where ``cap = shares x original_issue_price x participation_cap_multiple`` counts the preference. Dividends that are owed
    change these as each says.

    >>> series_a = Preferred.model_construct(original_issue_price=2.5, liquidation_preference_multiple=1.0,
    ...     participation="none", seniority=1.0)
    >>> claim, call = series_a.curve(2e6).claims[0], series_a.curve(2e6).calls[0]
    >>> float(claim.amount), float(call.price)
    (5000000.0, 2.5)
    """

    converts = True

    example = "{kind: preferred, issued: 2025-07-01, new_money: 20M USD, post_money_valuation: 120M USD, liquidation_preference_multiple: 1, participation: none, seniority: 1, anti_dilution: broad_based_weighted_average}"

    kind: Literal["preferred"] = "preferred"
    """Names this kind."""
    original_issue_price: PricePerShare | None = None
    """What one share cost; with ``new_money`` and ``post_money_valuation`` it follows from them."""
    liquidation_preference_multiple: Multiple
    """How many times the original issue price is paid first."""
    participation: Participation
    """Whether the holder shares in the rest besides its preference: not at all, fully, or up to a cap."""
    participation_cap_multiple: Factor | None = Field(default=None, examples=["3"])
    """The cap of all that a holder gets without converting, preference included, as a multiple of the original issue price."""
    seniority: Plain
    """The rank of the preference: a higher number is paid first, equal ones pro rata."""
    conversion_price: PricePerShare | None = None
    """The original issue price over this is the number of common shares for one; the original issue price unless adjusted."""
    anti_dilution: AntiDilution | None = None
    """What happens to the conversion price in a cheaper round; without it, nothing."""
    valuation_adjustment: ValuationAdjustment | None = None
    """What the holders get where the company misses a number that it promised, if anything."""
    redemption: Redemption | None = None
    """The right to sell the shares back to the company, if any."""
    ipo_ratchet_multiple: Factor | None = Field(default=None, examples=["1.2"])
    """The worth, as a multiple of the original issue price, that a share converts into at least in a listing: at a lower offer
    price it becomes more common shares. Where the value of the company does not reach, those who have the right share it pro
    rata, behind every preference that is kept. It counts where the class becomes common at the listing."""
    automatic_conversion: AutomaticConversion | None = None
    """When the class becomes common by itself; without it, at any listing."""
    pro_rata: ProRata | None = None
    """The right to buy a part of later rounds, if any."""
    cumulative_dividend: CumulativeDividend | None = None
    """A dividend that accrues whether or not it is declared, if any."""
    non_cumulative_dividend: NonCumulativeDividend | None = None
    """A dividend that is owed only where it was declared, if any."""
    pay_to_play: PayToPlay | None = None
    """What holders lose that do not take their pro-rata part of later rounds, if anything."""

    def curve(self, shares: Row) -> Curve:
        """Give the claim of the preference and the calls of participation, cap and conversion."""
        kept, due = self.kept(shares), self._due
        conversion = conversion_calls(self.participation, due, self._price_of_common, self.as_converted(shares))
        return Curve(kept.claims, (*kept.calls, *conversion))

    def kept(self, shares: Row) -> Curve:
        """Give the claim of the preference and the calls of participation and cap."""
        claim = Claim(self.preference(shares), float(self.seniority))
        common = self.as_converted(shares)
        return Curve((claim,), kept_calls(self.participation, self._due, self._price_of_common, common))

    def converted(self, shares: Row) -> Curve:
        """Give the common shares that they turn into, and what is owed besides."""
        besides = self._due.in_any_case
        claims = () if besides is None else (Claim(each(shares, self._issue_price * besides), float(self.seniority)),)
        return Curve(claims, (Call(ZERO, self.as_converted(shares)),))

    def listed(self, shares: Row) -> Curve:
        """Give the common shares that they turn into at a listing, worth what the ratchet guarantees at least."""
        converted = self.converted(shares)
        if self.ipo_ratchet_multiple is None:
            return converted
        guaranteed = Claim(each(shares, self._guaranteed), BEHIND_PREFERENCES)
        price = self.ipo_ratchet_multiple * self._price_of_common
        return Curve((*converted.claims, guaranteed), (Call(price, self.as_converted(shares)),))

    def conversion_ratio_at(self, offer_price: Row) -> Row:
        """Give the common shares that one share becomes at a listing at an offer price, shape ``(n_paths,)``.

            max(original_issue_price / conversion_price, original_issue_price x ipo_ratchet_multiple / offer_price)

        >>> square_e = Preferred.model_construct(original_issue_price=15.46345, ipo_ratchet_multiple=1.2)
        >>> round(float(square_e.conversion_ratio_at(9.0)), 7)
        2.0617933
        """
        ratio = self._conversion_ratio
        return ratio if self.ipo_ratchet_multiple is None else np.maximum(ratio, self._guaranteed / offer_price)

    @property
    def _guaranteed(self) -> Row:
        return self._issue_price * stated(self.ipo_ratchet_multiple)

    def as_converted(self, shares: Row) -> Row:
        """Give the common shares that they turn into, those of dividends that were paid in kind included."""
        return each(shares, self._conversion_ratio)

    def preference(self, shares: Row) -> Row:
        """Give the liquidation preference with the dividends that are owed, money."""
        due = self._due
        first = due.preference if due.in_any_case is None else due.preference + due.in_any_case
        return each(shares, self._issue_price * first)

    def accrued_to(self, day: Row | float) -> Self:
        """Give the same terms with the dividends that have accrued up to a day."""
        if self.cumulative_dividend is None:
            return self
        return self.but(cumulative_dividend=self.cumulative_dividend.accrued_to(day, self._issue_price))

    def joined(self, before: Row, new: Row, day: Row | float) -> Self:
        """Give the terms after new shares joined so many others on a day: dividends are owed as their mean on each."""
        price = self._issue_price
        return self.but(**{name: owed.joined(before, new, day, price) for name, owed in self._dividends.items()})

    def newly_issued(self) -> Self:
        """Give the terms of a share on which no dividend is owed."""
        return self.but(**{name: dividend.but(_owed=ZERO) for name, dividend in self._dividends.items()})

    @cached_property
    def _dividends(self) -> dict[str, Dividend]:
        both: dict[str, Dividend | None] = {
            "cumulative_dividend": self.cumulative_dividend,
            "non_cumulative_dividend": self.non_cumulative_dividend,
        }
        return {name: dividend for name, dividend in both.items() if dividend is not None}

    @cached_property
    def _due(self) -> Entitlement:
        due = Entitlement(self.liquidation_preference_multiple, self.participation_cap_multiple)
        for dividend in self._dividends.values():
            due = dividend.entitled(due, self._issue_price)
        return due

    @cached_property
    def _conversion_ratio(self) -> Row:
        return self._issue_price / self._price_of_common

    @property
    def _price_of_common(self) -> Row:
        """The original issue price over the common shares that one share turns into now."""
        shares = self._due.shares if self._dividends else NONE_MORE
        return self._conversion_price if shares is NONE_MORE else self._conversion_price / shares

    @property
    def _issue_price(self) -> Row:
        return stated(self.original_issue_price)

    @property
    def _conversion_price(self) -> Row:
        return self._issue_price if self.conversion_price is None else self.conversion_price

    def protection(self) -> Protection | None:
        """Give the conversion price and its anti-dilution term, if it has one."""
        return None if self.anti_dilution is None else Protection(self._conversion_price, self.anti_dilution)

    def opened(self, fully_diluted_before: Row) -> tuple[Self, Row]:
        """Give the terms with both prices filled in, and the number of shares."""
        price = (
            self.opening_price(fully_diluted_before) if self.original_issue_price is None else self.original_issue_price
        )
        terms, shares = super().opened(fully_diluted_before)
        owed = {name: dividend.opened(shares, self.issued) for name, dividend in self._dividends.items()}
        return terms.but(original_issue_price=price, **owed).settled(), shares

    def settled(self) -> Self:
        """Give the same terms with the conversion price that holds until it is adjusted."""
        return self.but(conversion_price=self._conversion_price)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report terms that do not go together."""
        yield from super().problems(context)
        yield from self._cap_problems()
        for name, dividend in self._dividends.items():
            for problem in dividend.problems_in(self):
                yield problem.under((name,))
        if self.pay_to_play is not None:
            yield from self.pay_to_play.problems_in(self)
        if self.shares is not None and self.original_issue_price is None:
            yield Problem(
                ("shares",), "preferred shares have an original issue price", "state original_issue_price", "key"
            )
        if self.shares is None and self.new_money is not None and self.original_issue_price is not None:
            yield Problem(
                ("original_issue_price",),
                "the price follows from new_money and post_money_valuation",
                "leave it out",
                "key",
            )
        if isinstance(self.seniority, Parameter) and not self.seniority.known:
            yield Problem(("seniority",), "a rank is one number, not a distribution")

    def _cap_problems(self) -> Iterator[Problem]:
        cap, multiple = self.participation_cap_multiple, self.liquidation_preference_multiple
        if (self.participation == "capped") != (cap is not None):
            where, wanted = ("participation", "needs a") if cap is None else ("participation_cap_multiple", "takes no")
            yield Problem(
                (where,), f"participation: {self.participation} {wanted} participation_cap_multiple", at="key"
            )
        elif cap is not None and lowest(cap) < highest(multiple):
            yield Problem(
                ("participation_cap_multiple",),
                f"the cap counts the preference, so it is at least the {highest(multiple):g}x of the preference, "
                f"got {lowest(cap):g}x",
            )
