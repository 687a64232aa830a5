"""The price of a round: one fixed point of price, pool top-up and anti-dilution."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from valsim.captable.curve import ZERO, total
from valsim.captable.ledger import UNISSUED, Ledger
from valsim.captable.root import rising_root
from valsim.core.rows import Bools, Row

LEAST = 1e-9
"""A price below this part of the pre-money valuation over the shares before the round counts as no price."""


class Priced(NamedTuple):
    """A round's price and what it leads to; where it is not ``feasible`` the price is NaN and nothing changes."""

    price: Row
    conversion_prices: Mapping[str, Row]
    pool_shares: Row
    new_shares: Row
    feasible: Bools


class Counts(NamedTuple):
    """What a price per share leads to: new shares, changed terms, anti-dilution shares and pool shares."""

    new_shares: Row
    adjustments: Mapping[str, Mapping[str, Row]]
    anti_dilution: Row
    pool_top_up: Row


def solve_price(
    ledger: Ledger, pre_money: Row, new_money: Row, includes: frozenset[str], option_pool: Row | None = None
) -> Priced:
    """Find the price per share at which the pre-money valuation pays for the shares that it counts.

        price x (fully diluted before + those of pool_top_up, anti_dilution that ``includes`` names) = pre_money

    What is not included is issued all the same and dilutes the new money too. The top-up brings the unissued pool to the
    fraction ``option_pool`` of the fully diluted shares after the round. Rows of shape ``(n_paths,)`` or scalars.

    80M common shares and 20M with a full ratchet at 2.5 cost 0.125 each before 60M of value: the ratchet takes 50M of it.
    """
    deal = _Deal(ledger, ledger.fully_diluted(), np.asarray(pre_money), np.asarray(new_money), includes, option_pool)
    shape = np.broadcast_shapes(*(np.shape(row) for row in deal.rows().values()))
    with np.errstate(invalid="ignore", divide="ignore"):
        price = _solved(deal, np.broadcast_to(deal.possible(), shape).ravel()).reshape(shape)
        return _priced(deal, price)


def _solved(deal: "_Deal", possible: Bools) -> Row:
    """Give the price, shape ``(n_paths,)``: NaN where there is none."""
    highest = np.where(possible, deal.pre_money / deal.before, np.nan)
    counted = np.broadcast_to(deal.counted(highest), highest.shape)
    price, pending = highest.copy(), np.flatnonzero(counted > deal.before)
    price[pending] = _fixed_point(deal.at(pending), highest[pending], counted[pending])
    return price


def _fixed_point(deal: "_Deal", highest: Row, counted: Row) -> Row:
    price, low = np.full(highest.shape, np.nan), LEAST * highest
    priced = np.flatnonzero(deal.excess(low) < 0)
    if priced.size:
        # More shares are counted at a lower price, so those at the highest one leave at least the price.
        start = (deal.pre_money / counted)[priced]
        price[priced] = rising_root(deal.at(priced).excess, low[priced], highest[priced], start)
    return price


def _priced(deal: "_Deal", price: Row) -> Priced:
    feasible, counts = np.isfinite(price), deal.counts(price)
    terms = {
        name: {term: np.where(feasible, row, getattr(deal.ledger.series[name], term)) for term, row in changes.items()}
        for name, changes in counts.adjustments.items()
    }
    conversion_prices = {name: rows["conversion_price"] for name, rows in terms.items()}
    pool_shares, new_shares = (np.where(feasible, row, 0.0) for row in (counts.pool_top_up, counts.new_shares))
    return Priced(price, conversion_prices, pool_shares, new_shares, feasible)


@dataclass(frozen=True)
class _Deal:
    """What a price is solved for; every row of shape ``(n_paths,)`` or a scalar."""

    ledger: Ledger
    before: Row
    pre_money: Row
    new_money: Row
    includes: frozenset[str]
    option_pool: Row | None

    def rows(self) -> dict[str, Row]:
        """List the rows, by field."""
        rows = {"before": self.before, "pre_money": self.pre_money, "new_money": self.new_money}
        return rows if self.option_pool is None else {**rows, "option_pool": np.asarray(self.option_pool)}

    def at(self, paths: npt.NDArray[np.intp]) -> "_Deal":
        """Give the same deal on some paths."""
        rows = {name: row if np.ndim(row) == 0 else row[paths] for name, row in self.rows().items()}
        return replace(self, ledger=self.ledger.at(paths), **rows)  # type: ignore[arg-type]

    def possible(self) -> Bools:
        """Say where money and value are such that there may be a price at all."""
        sound = [np.isfinite(self.pre_money), np.isfinite(self.new_money), self.new_money >= 0, self.before > 0]
        if self.option_pool is not None:
            sound.append(np.asarray(self.option_pool) < 1)
        return functools.reduce(np.logical_and, sound, self.pre_money > 0)

    def counts(self, price: Row) -> Counts:
        """Give the shares that a price leads to, before asking what they do to the price."""
        new_shares, lots = self.new_money / price, self.ledger.as_converted()
        changes = {s: terms.adjustments(price, new_shares, self.before) for s, terms in self.ledger.series.items()}
        changes = {name: change for name, change in changes.items() if change}
        extra = total(
            self.ledger.series[name].but(**changes[name]).as_converted(shares) - lots[holder, name]
            for (holder, name), shares in self.ledger.lots.items()
            if name in changes
        )
        unissued = total(shares for (holder, _), shares in lots.items() if holder == UNISSUED)
        return Counts(new_shares, changes, extra, self._top_up(unissued, self.before + extra + new_shares))

    def _top_up(self, unissued: Row, others: Row) -> Row:
        if self.option_pool is None:
            return ZERO
        # unissued + top-up = option_pool (others + top-up), where others count the unissued pool so far
        return np.maximum((self.option_pool * others - unissued) / (1 - self.option_pool), 0.0)

    def counted(self, price: Row) -> Row:
        """Give the shares that the pre-money valuation pays for at a price."""
        counts = self.counts(price)
        return self.before + total(getattr(counts, name) for name in sorted(self.includes & _COUNTED))

    def excess(self, price: Row) -> Row:
        """Give what the counted shares cost at a price, over the pre-money valuation; it rises with the price."""
        return price * self.counted(price) - self.pre_money


_COUNTED = {"anti_dilution", "pool_top_up"}
