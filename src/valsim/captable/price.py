"""The price of a round: one fixed point of price, pool top-up and anti-dilution."""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from valsim.captable.curve import ZERO, total
from valsim.captable.ledger import Ledger
from valsim.captable.protected import Protected, protected_classes, shares_before
from valsim.captable.root import rising_root
from valsim.captable.term.anti_dilution import Before, FirstClosing, Issue, Source
from valsim.core.rows import Bools, Row, cut

ROUNDING = 1e-15
"""What rounding leaves of a sum of share counts at a price, as a part of the pre-money valuation."""
LEAST = 1e-9
"""A price below this part of the pre-money valuation over the shares before the round counts as no price."""


class Priced(NamedTuple):
    """A round's price and what it leads to; where it is not ``feasible`` the price is NaN and nothing changes.

    ``first_closings`` is what the round's next closing has to know, by class.
    """

    price: Row
    conversion_prices: Mapping[str, Row]
    pool_shares: Row
    new_shares: Row
    feasible: Bools
    first_closings: Mapping[str, FirstClosing] = {}


class Counts(NamedTuple):
    """What a price per share leads to: new shares, anti-dilution shares and pool shares."""

    new_shares: Row
    anti_dilution: Row
    pool_top_up: Row


def solve_price(
    ledger: Ledger,
    pre_money: Row,
    new_money: Row,
    includes: frozenset[str],
    option_pool: Row | None = None,
    source: Source = Source(),  # noqa: B008 - frozen
) -> Priced:
    """Find the price per share at which the pre-money valuation pays for the shares that it counts.

        price x (fully diluted before + those of pool_top_up, anti_dilution that ``includes`` names) = pre_money

    What is not included is issued all the same and dilutes the new money too. The top-up brings the unissued pool to the
    fraction ``option_pool`` of the fully diluted shares after the round. ``source`` is what anti-dilution terms know the round by. Rows of shape ``(n_paths,)`` or scalars.

    80M common shares and 20M with a full ratchet at 2.5 cost 0.125 each before 60M of value: the ratchet takes 50M of it.
    """
    deal = _deal(ledger, pre_money, new_money, includes, option_pool, source)
    with np.errstate(invalid="ignore", divide="ignore"):
        return _priced(deal, _solved(deal))


def _solved(deal: "_Deal") -> Row:
    """Give the price, shape ``(n_paths,)``: NaN where there is none."""
    highest = np.where(deal.possible(), deal.pre_money / deal.before, np.nan)
    counted = np.broadcast_to(deal.counted(highest), highest.shape)
    pending = np.flatnonzero(counted > deal.before)
    if not pending.size:
        return highest
    price = np.array(highest, ndmin=1)
    price[pending] = _fixed_point(deal.at(pending), price[pending], counted.ravel()[pending])
    return price.reshape(highest.shape)


def _fixed_point(deal: "_Deal", highest: Row, counted: Row) -> Row:
    price, low = np.full(highest.shape, np.nan), LEAST * highest
    priced = np.flatnonzero(deal.excess(low) < 0)
    if priced.size:
        # More shares are counted at a lower price, so those at the highest one leave at least the price.
        start = (deal.pre_money / counted)[priced]
        part = deal.at(priced)
        noise = ROUNDING * part.pre_money
        price[priced] = rising_root(part.excess, low[priced], highest[priced], start, noise)
    return price


def _priced(deal: "_Deal", price: Row) -> Priced:
    feasible, counts = np.isfinite(price), deal.counts(price)
    changed = {name: row for p in deal.protected for name, row in _lowered(deal, p, price, feasible)}
    pool_shares, new_shares = (np.where(feasible, row, 0.0) for row in (counts.pool_top_up, counts.new_shares))
    return Priced(price, changed, pool_shares, new_shares, feasible, dict(_remembered(deal, price, feasible)))


def _lowered(deal: "_Deal", protected: Protected, price: Row, feasible: Bools) -> Iterator[tuple[str, Row]]:
    """Give the conversion prices that the round lowers on some path, by class."""
    prices = np.where(feasible, deal.adjusted(protected, price), protected.conversion_price)
    moved = np.any(prices != protected.conversion_price, axis=1)
    for index in np.flatnonzero(moved):
        yield protected.series[index], prices[index].reshape(np.shape(price))


def _remembered(deal: "_Deal", price: Row, feasible: Bools) -> Iterator[tuple[str, FirstClosing]]:
    """Give what each class that counts closings together has to know of this one."""
    for p in deal.protected:
        found = p.term.remembered(p.conversion_price, (deal.issue(price),), deal.shares, p.first)
        if found is not None:
            yield from p.split(found, feasible)


@dataclass(frozen=True)
class _Deal:
    """What a price is solved for; every row of shape ``(n_paths,)`` or a scalar."""

    protected: tuple[Protected, ...]
    shares: Before
    source: Source
    pre_money: Row
    new_money: Row
    option_pool: Row | None
    includes: frozenset[str]

    @property
    def before(self) -> Row:
        """The fully diluted shares before the round."""
        return self.shares.fully_diluted

    def at(self, paths: npt.NDArray[np.intp]) -> "_Deal":
        """Give the same deal on some paths."""
        pre_money, new_money = (cut(row, paths) for row in (self.pre_money, self.new_money))
        return replace(
            self,
            protected=tuple(p.at(paths) for p in self.protected),
            shares=Before(*(cut(row, paths) for row in self.shares)),
            source=self.source._replace(already=cut(self.source.already, paths)),
            pre_money=pre_money,
            new_money=new_money,
            option_pool=None if self.option_pool is None else cut(self.option_pool, paths),
        )

    def possible(self) -> Bools:
        """Say where money and value are such that there may be a price at all."""
        sound = [np.isfinite(self.pre_money), np.isfinite(self.new_money), self.new_money >= 0, self.before > 0]
        if self.option_pool is not None:
            sound.append(np.asarray(self.option_pool) < 1)
        return functools.reduce(np.logical_and, sound, self.pre_money > 0)

    def issue(self, price: Row) -> Issue:
        """Give the new shares at a price."""
        return Issue(price, self.new_money / price, self.source)

    def adjusted(self, protected: Protected, price: Row) -> Row:
        """Give the conversion price of a class after the round at a price."""
        issues = (self.issue(price),)
        return protected.term.adjusted(protected.conversion_price, issues, self.shares, protected.first)

    def counts(self, price: Row) -> Counts:
        """Give the shares that a price leads to, before asking what they do to the price."""
        new_shares = self.new_money / price
        gains = (p.common * (p.conversion_price / self.adjusted(p, price) - 1) for p in self.protected)
        extra = total(
            np.broadcast_to(total(gain), np.shape(price) or 1) for gain in gains
        )  # a reduction adds one path otherwise
        extra = np.asarray(extra).reshape(np.shape(price)) if self.protected else ZERO
        return Counts(new_shares, extra, self._top_up(self.before + extra + new_shares))

    def _top_up(self, others: Row) -> Row:
        if self.option_pool is None:
            return ZERO
        # unissued + top-up = option_pool (others + top-up), where others count the unissued pool so far
        return np.maximum((self.option_pool * others - self.shares.unissued) / (1 - self.option_pool), 0.0)

    def counted(self, price: Row) -> Row:
        """Give the shares that the pre-money valuation pays for at a price."""
        counts = self.counts(price)
        return self.before + total(getattr(counts, name) for name in sorted(self.includes & _COUNTED))

    def excess(self, price: Row) -> Row:
        """Give what the counted shares cost at a price, over the pre-money valuation; it rises with the price."""
        return price * self.counted(price) - self.pre_money


def _deal(
    ledger: Ledger, pre_money: Row, new_money: Row, includes: frozenset[str], option_pool: Row | None, source: Source
) -> _Deal:
    protected = tuple(protected_classes(ledger, source))
    money = (np.asarray(pre_money), np.asarray(new_money), None if option_pool is None else np.asarray(option_pool))
    return _Deal(protected, shares_before(ledger), source, *money, includes)


_COUNTED = {"anti_dilution", "pool_top_up"}
