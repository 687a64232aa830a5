"""The price of a round: one fixed point of price, pool top-up, anti-dilution and conversions."""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from valsim.captable.conversion import Converted, Convertibles, convertibles
from valsim.captable.curve import ZERO, total
from valsim.captable.financing.pool_top_up import PoolTerms
from valsim.captable.financing.protected import Protected, protected_classes, shares_before
from valsim.captable.ledger import Ledger
from valsim.captable.root import rising_root
from valsim.captable.term.anti_dilution import Before, FirstClosing, Issue, Source
from valsim.core.replace import replace
from valsim.core.rows import Bools, Row, cut

ROUNDING = 1e-15
"""What rounding leaves of a sum of share counts at a price, as a part of the pre-money valuation."""
LEAST = 1e-9
"""A price below this part of the pre-money valuation over the shares before the round counts as no price."""


class Priced(NamedTuple):
    """A round's price and what it leads to; where it is not ``feasible`` the price is NaN and nothing changes.

    ``conversions`` says what each convertible turns into, ``first_closings`` is what the round's next closing has to know, by class.
    """

    price: Row
    conversion_prices: Mapping[str, Row]
    conversions: Mapping[str, Converted]
    pool_shares: Row
    new_shares: Row
    feasible: Bools
    first_closings: Mapping[str, FirstClosing] = {}

    def at(self, paths: npt.NDArray[np.intp]) -> "Priced":
        """Give the same on some paths."""
        prices = {name: cut(row, paths) for name, row in self.conversion_prices.items()}
        converted = {name: Converted(*(cut(row, paths) for row in rows)) for name, rows in self.conversions.items()}
        first = {name: rows.each(lambda row: cut(row, paths)) for name, rows in self.first_closings.items()}
        pool, new = (cut(row, paths) for row in (self.pool_shares, self.new_shares))
        return Priced(cut(self.price, paths), prices, converted, pool, new, cut(self.feasible, paths), first)


class Counts(NamedTuple):
    """What a price per share leads to: new shares, anti-dilution shares, pool shares and those of each convertible.

    Those have the shape ``(convertibles, n_paths)``; ``convertibles`` adds them up.
    """

    new_shares: Row
    anti_dilution: Row
    pool_top_up: Row
    convertibles: Row
    conversions: Row


def solve_price(
    ledger: Ledger,
    pre_money: Row,
    new_money: Row,
    includes: frozenset[str],
    option_pool: Row | None = None,
    pool_increase: Row = ZERO,
    source: Source = Source(),  # noqa: B008 - frozen
) -> Priced:
    """Find the price per share at which the pre-money valuation pays for the shares that it counts.

        price x (fully diluted before + those of pool_top_up, convertibles, anti_dilution that ``includes`` names) = pre_money

    What is not included is issued all the same and dilutes the new money too. Where it names ``dollars_invested``, the money
    that converts is added to the pre-money valuation. The pool gets ``pool_increase`` shares or, where ``option_pool`` is
    given, what brings the unissued ones to that fraction of the fully diluted shares after the round. Conversion shares
    lower the conversion prices of classes whose terms do not exempt them. ``source`` is what terms know the round by. Rows of shape ``(n_paths,)`` or scalars.

    80M common shares and 20M with a full ratchet at 2.5 cost 0.125 each before 60M of value: the ratchet takes 50M of it.
    """
    deal = _deal(ledger, pre_money, new_money, includes, source)
    part = None if option_pool is None else np.asarray(option_pool)
    deal = replace(deal, pool=PoolTerms(part, np.asarray(pool_increase), deal.shares.unissued))
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
    counts = deal.counts(price)
    feasible = np.isfinite(price) & np.isfinite(counts.convertibles)
    adjusted = ((p, deal.adjusted(p, price, counts.conversions)) for p in deal.protected)
    changed = {name: row for p, prices in adjusted for name, row in p.lowered(prices, feasible)}
    pool_shares, new_shares = (np.where(feasible, row, 0.0) for row in (counts.pool_top_up, counts.new_shares))
    converting, shares = deal.convertibles, np.where(feasible, counts.conversions, 0.0)
    converted = {} if converting is None else converting.converted(shares)
    first = dict(_remembered(deal, price, counts.conversions, feasible))
    return Priced(np.where(feasible, price, np.nan), changed, converted, pool_shares, new_shares, feasible, first)


def _remembered(deal: "_Deal", price: Row, conversions: Row, feasible: Bools) -> Iterator[tuple[str, FirstClosing]]:
    """Give what each class that counts closings together has to know of this one."""
    for p in deal.protected:
        found = p.term.remembered(p.conversion_price, deal.issues(price, conversions), deal.shares, p.first)
        if found is not None:
            yield from p.split(found, feasible)


@dataclass(frozen=True)
class _Deal:
    """What a price is solved for; every row of shape ``(n_paths,)`` or a scalar."""

    protected: tuple[Protected, ...]
    convertibles: Convertibles | None
    pool: PoolTerms
    shares: Before
    source: Source
    pre_money: Row
    new_money: Row
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
            convertibles=None if self.convertibles is None else self.convertibles.at(paths),
            pool=self.pool.at(paths),
            shares=Before(*(cut(row, paths) for row in self.shares)),
            source=self.source._replace(already=cut(self.source.already, paths), raised=cut(self.source.raised, paths)),
            pre_money=pre_money,
            new_money=new_money,
        )

    def possible(self) -> Bools:
        """Say where money and value are such that there may be a price at all."""
        sound = [np.isfinite(self.pre_money), np.isfinite(self.new_money), self.new_money >= 0, self.before > 0]
        if self.pool.part is not None:
            sound.append(np.asarray(self.pool.part) < 1)
        return functools.reduce(np.logical_and, sound, self.pre_money > 0)

    @functools.cached_property
    def conversions_count(self) -> bool:
        """Whether the shares that convertibles turn into set off anti-dilution of some class."""
        return self.convertibles is not None and not all(p.term.exempts("convertibles") for p in self.protected)

    def issues(self, price: Row, conversions: Row) -> tuple[Issue, ...]:
        """Give the new shares at a price, and those that convertibles turn into where they count."""
        new = Issue(price, self.new_money / price, self.source)
        if self.convertibles is None or not self.conversions_count:
            return (new,)
        return new, *self.convertibles.issues(conversions, self.source)

    def adjusted(self, protected: Protected, price: Row, conversions: Row) -> Row:
        """Give the conversion price of a class after the round at a price."""
        issues = self.issues(price, conversions)
        return protected.term.adjusted(protected.conversion_price, issues, self.shares, protected.first)

    def counts(self, price: Row) -> Counts:
        """Give the shares that a price leads to, before asking what they do to the price."""
        new_shares = self.new_money / price
        extra, conversions = self._together(price, new_shares)
        converted = total(conversions)
        top_up = self.pool.top_up(self.before + extra + new_shares + converted)
        return Counts(new_shares, extra, top_up, converted, conversions)

    def _together(self, price: Row, new_shares: Row) -> tuple[Row, Row]:
        """Give anti-dilution shares and conversions; where conversions count, each may call for more of the other by the pool."""
        conversions = self._conversions(price, new_shares) if self.conversions_count else ZERO
        extra = self._anti_dilution(price, conversions)
        conversions = self._conversions(price, extra + new_shares)
        for _ in range(_TURNS * self.conversions_count):
            more = self._anti_dilution(price, conversions)
            moved = more > extra * (1 + ROUNDING)
            if not np.any(moved):
                break
            # A path that has arrived stays where it is, so that none depends on the others.
            extra = np.where(moved, more, extra)
            conversions = np.where(moved, self._conversions(price, extra + new_shares), conversions)
        return extra, conversions

    def _anti_dilution(self, price: Row, conversions: Row) -> Row:
        gains = (p.common * (p.conversion_price / self.adjusted(p, price, conversions) - 1) for p in self.protected)
        extra = total(
            np.broadcast_to(total(gain), np.shape(price) or 1) for gain in gains
        )  # a reduction adds one path otherwise
        return np.asarray(extra).reshape(np.shape(price)) if self.protected else ZERO

    def _conversions(self, price: Row, issued: Row) -> Row:
        if self.convertibles is None:
            return np.zeros((0, 1))
        shares = self.convertibles.shares(price, self.shares, self.pool.lines(issued))
        return shares.reshape(-1, *np.shape(price))

    def counted(self, price: Row) -> Row:
        """Give the shares that the pre-money valuation pays for at a price."""
        counts = self.counts(price)
        return self.before + total(getattr(counts, name) for name in sorted(self.includes & _COUNTED))

    def excess(self, price: Row) -> Row:
        """Give what the counted shares cost at a price, over the pre-money valuation; it rises with the price."""
        return price * self.counted(price) - self.pre_money


def _deal(ledger: Ledger, pre_money: Row, new_money: Row, includes: frozenset[str], source: Source) -> _Deal:
    """Give a deal that adds nothing to the pool."""
    converting, shares = convertibles(ledger, new_money + source.raised), shares_before(ledger)
    worth = np.asarray(pre_money)
    if converting is not None:
        dollars = converting.dollars if "dollars_invested" in includes else np.zeros_like(converting.dollars)
        worth = worth + dollars.reshape(np.shape(dollars) if dollars.size > 1 else ())
    pool = PoolTerms(None, ZERO, shares.unissued)
    protected = tuple(protected_classes(ledger, source))
    return _Deal(protected, converting, pool, shares, source, worth, np.asarray(new_money), includes)


_TURNS = 200
_COUNTED = {"anti_dilution", "convertibles", "pool_top_up"}
