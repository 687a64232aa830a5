"""Existing shares, bought from a holder."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

import numpy as np
from pydantic import Field

from valsim.captable.curve import ratio, total
from valsim.captable.ledger import ROUNDING, Ledger
from valsim.captable.purchase.base import Bid, Purchase, Trade
from valsim.captable.refuse import Sale, taken_first
from valsim.captable.term.first_refusal import FirstRefusal
from valsim.core.day import Day
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction, PositiveMoney, Rate, middle
from valsim.core.quantity import format_quantity
from valsim.core.rows import Bools, Row, Rows
from valsim.core.streams import Streams
from valsim.core.unit import ONE, Unit

REFUSED, TOO_FEW = "the transfer is refused", "the seller holds too few shares"
TAKEN_FIRST = "others take the shares first"
FAR = 3.0
"""From how many times the last price per share on, or from which part of it down, a price is far from it."""


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
    """The chance that the transfer is let happen at all, by the company and whoever else has to consent to it."""
    right_of_first_refusal: FirstRefusal | None = None
    """Who may take the shares instead of the buyer, and how likely; without it, nobody."""
    target_return: Rate | None = Field(default=None, examples=["25%"])
    """The yearly rate of return that the buyer wants on expected cash flows; the run then tells the price per share that gives
    it. Without it, no such price is shown."""

    @property
    def bid(self) -> Bid:
        """What is bid for a share."""
        return Bid(self.price_per_share, self.fees, self.carry, self.target_return)

    def trade(self, buyer: str, ledger: Ledger, alive: Bools, day: date, rows: Rows, streams: Streams) -> Trade:
        """Buy the shares on the day, where the transfer is let happen, the seller has them and nobody takes them first."""
        if day != self.at or self.series not in ledger.series:
            return Trade(ledger)
        consents = streams.once(f"positions.{buyer}.consent") < self.transfer_consent_probability
        shares = self.pay / self.price_per_share
        enough = ledger.held(self.seller, self.series) >= shares
        sold = alive & consents & enough
        refusals = {REFUSED: alive & ~consents, TOO_FEW: alive & consents & ~enough}
        sale = Sale(np.where(sold, shares, 0.0), self.price_per_share, self.seller, buyer)
        if self.right_of_first_refusal is None:
            money = np.where(sold, self.pay, 0.0)
            after = ledger.transfer(self.series, self.seller, buyer, sale.shares)
            paid = {buyer: -money * (1 + self.fees), self.seller: money}
            return Trade(after, paid, refusals, company_value=self._company_value(ledger))
        return self._after_refusals(self.right_of_first_refusal, sale, ledger, rows, streams, refusals)

    def _after_refusals(
        self, right: FirstRefusal, sale: Sale, ledger: Ledger, rows: Rows, streams: Streams, refusals: dict[str, Bools]
    ) -> Trade:
        company, holders = taken_first(right, sale, ledger.accrued_to(self.at.toordinal()), rows, streams)
        first = company + total(holders.values())
        rest = np.where(first < sale.shares * (1 - ROUNDING), sale.shares - first, 0.0)
        after = ledger.retired(self.seller, self.series, company)
        for holder, shares in {**holders, sale.buyer: rest}.items():
            after = after.transfer(
                self.series, self.seller, holder, np.minimum(shares, after.held(self.seller, self.series))
            )
        costs = {holder: -shares * self.price_per_share for holder, shares in {**holders, sale.buyer: rest}.items()}
        costs[sale.buyer] = costs[sale.buyer] * (1 + self.fees)
        money = {**costs, self.seller: (first + rest) * self.price_per_share}
        told = {**refusals, TAKEN_FIRST: (sale.shares > 0) & (rest <= 0)}
        return Trade(after, money, told, -company * self.price_per_share, self._company_value(ledger))

    def _company_value(self, ledger: Ledger) -> Row:
        """Give what the price per share makes of all shares of the company, as converted, shape ``(n_paths,)``."""
        grown = ledger.accrued_to(self.at.toordinal())
        return self.price_per_share * ratio(grown.fully_diluted(), grown.terms[self.series].as_converted(np.ones(())))

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
        if self.right_of_first_refusal is not None:
            found = self.right_of_first_refusal.problems(context)
            yield from (problem.under(("right_of_first_refusal",)) for problem in found)
        yield from self._far_from_the_last_price(context)
        yield from self._more_than_there_is(context)

    def _far_from_the_last_price(self, context: Any) -> Iterator[Problem]:
        """Warn of a price that is far above or below the last one of a round, as a slip of a digit is."""
        last, price = context.last_price(self.at), middle(self.price_per_share)
        if last is None or last / FAR <= price <= last * FAR:
            return
        unit = Unit.of(context.currency)
        paid, before = (format_quantity(money, unit, digits=6) for money in (price, last))
        message = f"{paid} a share is {price / last:.3g} times the last price of a round, {before}"
        yield Problem(("price_per_share",), message, "check both prices", code="far_price", severity="warning")

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
