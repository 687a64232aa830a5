"""Existing shares, bought from a holder."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

import numpy as np

from valsim.captable.ledger import ROUNDING, Ledger
from valsim.captable.purchase.base import Purchase, Trade
from valsim.core.day import Day
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction, PositiveMoney, middle
from valsim.core.quantity import format_quantity
from valsim.core.rows import Bools
from valsim.core.streams import Streams
from valsim.core.unit import ONE, Unit

REFUSED, TOO_FEW = "the transfer is refused", "the seller holds too few shares"


class Secondary(Purchase):
    """Existing shares, bought from a holder at a price; where the holder has not enough left, nothing is sold."""

    example = "{kind: secondary, series: series_a, seller: Early Fund, pay: 1M USD, price_per_share: 4.2 USD, at: 2026-03-31, fees: 2%, carry: 10%, transfer_consent_probability: 80%}"

    kind: Literal["secondary"]
    """Names this kind of purchase."""
    pay: PositiveMoney
    """What is paid for the shares, before fees."""
    series: str
    """The class of the shares."""
    seller: str
    """The holder who sells."""
    price_per_share: PositiveMoney
    """The price of one share."""
    at: Day
    """The date of the transfer."""
    transfer_consent_probability: Fraction
    """The chance that the company and the holders of a right of first refusal let the transfer happen."""

    def trade(self, buyer: str, ledger: Ledger, alive: Bools, day: date, streams: Streams) -> Trade:
        """Buy the shares on the day, where the transfer is let happen and the seller has them."""
        if day != self.at or self.series not in ledger.series:
            return Trade(ledger)
        consents = streams.once(f"positions.{buyer}.consent") < self.transfer_consent_probability
        shares = self.pay / self.price_per_share
        enough = ledger.held(self.seller, self.series) >= shares
        bought = alive & consents & enough
        after = ledger.transfer(self.series, self.seller, buyer, np.where(bought, shares, 0.0))
        money = np.where(bought, self.pay, 0.0)
        refusals = {REFUSED: alive & ~consents, TOO_FEW: alive & consents & ~enough}
        return Trade(after, {buyer: -money * (1 + self.fees), self.seller: money}, refusals)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a class or a seller that does not exist, and a date outside the run."""
        yield from super().problems(context)
        if self.series not in context.classes:
            yield Problem(
                ("series",), f"no class {self.series!r} in the cap table", "it has " + ", ".join(context.classes)
            )
        if self.seller not in context.holders:
            yield Problem(("seller",), f"no holder {self.seller!r}", "there is " + ", ".join(context.holders))
        yield from context.dated(("at",), self.at)
        yield from self._more_than_there_is(context)

    def _more_than_there_is(self, context: Any) -> Iterator[Problem]:
        """Warn of a purchase that never happens, because the seller holds too few shares from the start."""
        held = context.held(self.seller, self.series, self.at)
        price = middle(self.price_per_share)
        wanted = middle(self.pay) / price
        if held is None or wanted <= held * (1 + ROUNDING):
            return
        known = all(getattr(number, "known", True) for number in (self.pay, self.price_per_share))
        medians = "" if known else " (medians)"
        bought, there = (format_quantity(shares, ONE) for shares in (wanted, held))
        message = f"this buys {bought} {self.series}{medians}, and {self.seller} holds {there}: nothing is sold"
        most = format_quantity(held * price, Unit.of(context.currency), digits=6)
        advice = f"pay at most {most}, or buy at a higher price" if held else "name a holder who has such shares"
        yield Problem(("pay",), message, advice, code="too_few_shares", severity="warning")
