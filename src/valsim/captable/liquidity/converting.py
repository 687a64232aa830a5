"""SAFEs and notes at an exit: who is paid back and who converts, inside one regime.

A convertible is paid what is due to it, at its rank, or at the price ``p`` of a common share

    discount         due / (1 - discount)                           at every price, before any common share
    pre-money cap    p x due / (cap / capitalisation)               of the shares that are outstanding, convertibles left out
    post-money cap   p x due / (cap / liquidity capitalisation)     of those and all that converts, itself included

where an outstanding cap is as a pre-money one, and a fully diluted cap as a post-money one.

A liquidity capitalisation leaves out the unissued pool, and the preferred shares and convertibles that are paid money instead.
So what one holder does changes how many shares another one gets: with a post-money cap there is no curve for each class
alone. The classes that convert are then found by scanning. None does at first; in the order of the cap table a class joins
where, everything solved again with it, it is paid more; until none is. Source: the post-money SAFE of Y Combinator, version
1.2, section 2.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

import numpy as np

from valsim.captable.conversion import Line, capitalisation, conversions
from valsim.captable.curve import ZERO, Call, Claim, Curve, each, ratio, stacked, total
from valsim.captable.ledger import UNISSUED, Ledger
from valsim.captable.liquidity.regime import Regime
from valsim.captable.security.base import Conversion
from valsim.captable.waterfall import CONVERTS, INDIFFERENT, KEEPS, SAME, Decision, Payouts, waterfall
from valsim.core.rows import NOWHERE, Bools, Row

BETTER = 1e-12
"""How far, relatively, a class is paid more at least where it joins those that convert."""
MOST_TURNS = 12
"""How often every class may choose again; where they go round in a circle, it ends there."""
LAST = -np.inf
"""The rank of what comes after every other claim, and before any common share."""

Joined = Mapping[str, Bools]
"""Where each class has joined those that convert."""


def solved(ledger: Ledger, regime: Regime, proceeds: Row) -> Payouts:
    """Pay out proceeds to the classes in one regime, shape ``(n_paths,)`` or of any shape for one cap table.

    Raises ValueError for negative or unknown proceeds.
    """
    table, proceeds = _Table(ledger, regime, conversions(ledger)), np.asarray(proceeds, dtype=float)
    paid = waterfall(table.curves, proceeds)
    paid = paid._replace(decided=dict(table.decisions(paid, {}, table.ties(paid.price))))
    if not np.any(table.waits):
        return paid
    scanned = _scanned(table, np.ravel(proceeds))
    shaped = (_reshaped(rows, proceeds.shape) for rows in (scanned.payouts, scanned.claimed, scanned.decided))
    payouts, claimed, decided = shaped
    scanned = Payouts(payouts, scanned.price.reshape(proceeds.shape), claimed, decided)
    return scanned if np.all(table.waits) else _either(table.waits, scanned, paid)


def _reshaped(rows: Mapping[str, Any], shape: tuple[int, ...]) -> dict[str, Any]:
    return {name: row.reshape(shape) for name, row in rows.items()}


def _either(waits: Bools, scanned: Payouts, alone: Payouts) -> Payouts:
    """Give what was scanned on the paths on which some class waits for others, so that no path hangs on what others hold."""

    def chosen(rows: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
        return {name: np.where(waits, row, others.get(name, row)) for name, row in rows.items()}

    return Payouts(
        chosen(scanned.payouts, alone.payouts),
        np.where(waits, scanned.price, alone.price),
        chosen(scanned.claimed, alone.claimed),
        chosen(scanned.decided, alone.decided),
    )


def _scanned(table: "_Table", proceeds: Row) -> Payouts:
    joined: dict[str, Bools] = dict.fromkeys(table.deciding, np.zeros(proceeds.shape, dtype=np.bool_))
    paid = waterfall(table.curves_where(joined), proceeds)
    otherwise = dict[str, Row]()
    for _ in range(MOST_TURNS):
        settled = True
        for name in table.deciding:
            otherwise[name] = waterfall(table.curves_where({**joined, name: ~joined[name]}), proceeds).payouts[name]
            better = otherwise[name] > paid.payouts[name] * (1 + BETTER)
            if better.any():
                settled, joined[name] = False, joined[name] ^ better
                paid = waterfall(table.curves_where(joined), proceeds)
        if settled:
            break
    tied = {name: np.abs(row - paid.payouts[name]) <= SAME * paid.payouts[name] for name, row in otherwise.items()}
    return paid._replace(decided=dict(table.decisions(paid, joined, tied)))


def curves_of(ledger: Ledger, regime: Regime) -> dict[str, Curve]:
    """Give the payout curve of every series, its unissued shares left out.

    Where a post-money cap makes them wait for each other, that of a convertible which is paid back.
    """
    return _Table(ledger, regime, conversions(ledger)).curves


@dataclass(frozen=True)
class _Table:
    """A cap table at an exit, in one regime, with the terms of its convertibles."""

    ledger: Ledger
    regime: Regime
    terms: Mapping[str, Conversion]

    @cached_property
    def waits(self) -> Bools:
        """Where some class has to know which others convert."""
        capped = (np.isfinite(terms.cap_together) & (self.held(name) > 0) for name, terms in self.terms.items())
        return reduce(np.logical_or, capped, NOWHERE)

    @cached_property
    def deciding(self) -> tuple[str, ...]:
        """The classes that choose between money and shares."""
        return tuple(name for name in self.ledger.series if name in self._capped or name in self._preferred)

    @cached_property
    def _capped(self) -> frozenset[str]:
        caps = {name: np.minimum(terms.cap_alone, terms.cap_together) for name, terms in self.terms.items()}
        return frozenset(name for name, cap in caps.items() if np.any(np.isfinite(cap)))

    @cached_property
    def _preferred(self) -> Mapping[str, Bools]:
        """Where each preferred class has a choice to become common: nowhere where it already is, as where a charter makes it."""
        can = [name for name, security in self.ledger.series.items() if security.converts]
        gains = {name: self._curve(name).residual_shares > self._kept(name).residual_shares for name in can}
        return {name: np.asarray(where) for name, where in gains.items() if np.any(where)}

    def held(self, name: str) -> Row:
        """Give the shares of a class that somebody holds; of a convertible, money."""
        return self.ledger.outstanding(name)

    def _curve(self, name: str) -> Curve:
        return self.regime.curve(name, self.ledger.terms[name], self.held(name))

    def _kept(self, name: str) -> Curve:
        return self.regime.kept(name, self.ledger.terms[name], self.held(name))

    # Each class alone.

    @cached_property
    def curves(self) -> dict[str, Curve]:
        """The curve of each class, where no class waits for another."""
        return {name: self._alone(name) if name in self.terms else self._curve(name) for name in self.ledger.series}

    def _alone(self, name: str) -> Curve:
        """Give the curve of a convertible: paid back, or its shares at a pre-money cap once they are worth more."""
        paid_back, shares = self._paid_back(name), self._pre_money_shares(name)
        if name not in self._capped:
            return paid_back
        price = ratio(total(claim.amount for claim in paid_back.claims), shares)
        return Curve(paid_back.claims, (Call(price, shares),))

    def _paid_back(self, name: str) -> Curve:
        (claim,) = self.ledger.terms[name].kept(self.held(name)).claims
        rest = np.maximum(self._discounted(name) - claim.amount, 0.0)
        return Curve((claim, Claim(rest, LAST)) if np.any(rest > 0) else (claim,))

    def _due(self, name: str) -> Row:
        return each(self.held(name), self.terms[name].amount)

    def _discounted(self, name: str) -> Row:
        discount = self.terms[name].discount
        return np.where(discount > 0, self._due(name) / (1 - discount), 0.0)

    def _pre_money_shares(self, name: str) -> Row:
        return self._due(name) * self._outstanding / self.terms[name].cap_alone

    @cached_property
    def _outstanding(self) -> Row:
        """The common shares that everything somebody holds counts as, convertibles left out."""
        return total(shares for (holder, _), shares in self.ledger.as_converted().items() if holder != UNISSUED)

    def ties(self, price: Row) -> Joined:
        """Say where a common share just has the price from which on a convertible takes its shares."""
        calls = ((name, call) for name in self._capped for call in self.curves[name].calls)
        return {name: np.isclose(price, call.price, rtol=SAME, atol=0.0) for name, call in calls}

    def decisions(self, paid: Payouts, joined: Joined, tied: Joined) -> Iterator[tuple[str, Decision]]:
        """Say what each convertible does, and each class that was asked; at a discount it converts as well."""
        for name in dict.fromkeys((*self.terms, *joined)):
            converts = joined.get(name, NOWHERE)
            if name in self.terms:
                converts = paid.payouts[name] > self.ledger.terms[name].preference(self.held(name)) * (1 + SAME)
            choice = np.where(tied.get(name, NOWHERE), INDIFFERENT, np.where(converts, CONVERTS, KEEPS))
            yield name, np.broadcast_to(choice, np.shape(paid.price)).astype(np.int8)

    # All together, where some of them have joined those that convert.

    def curves_where(self, joined: Joined) -> dict[str, Curve]:
        """Give the curve of each class where some have joined those that convert and the others have not."""
        found = {name: self._kept_or_common(name, joined) for name in self.ledger.series if name not in self.terms}
        return found | dict(self._convertibles(joined))

    def _kept_or_common(self, name: str, joined: Joined) -> Curve:
        leader = self.ledger.terms[name].follows(name)
        if leader not in self._preferred:
            return self._curve(name)
        common = self.ledger.terms[name].converted(self.held(name))
        found = common.where(joined[leader]).beside(self._kept(name).where(~joined[leader]))
        nobody = self.held(leader) <= 0
        # A class that nobody holds decides nothing: what buys its shares takes the better side by itself.
        return self._curve(name).where(nobody).beside(found.where(~nobody)) if np.any(nobody) else found

    def _convertibles(self, joined: Joined) -> Iterator[tuple[str, Curve]]:
        names = tuple(self.terms)
        where = [joined.get(name, NOWHERE) for name in names]
        pre = [np.where(w, self._pre_money_shares(n), 0.0) for n, w in zip(names, where, strict=True)]
        post = [np.where(w, self._due(n) / self.terms[n].cap_together, 0.0) for n, w in zip(names, where, strict=True)]
        size = self._capitalisation(joined, pre, post)
        discounted = [np.where(w, 0.0, self._discounted(n)) for n, w in zip(names, where, strict=True)]
        # Shares at a discount number their money over the price of a common share, in a liquidity capitalisation too.
        bound = [np.where(part * size > fixed, part, 0.0) for part, fixed in zip(post, pre, strict=True)]
        more = ratio(total(discounted), 1 - total(bound))
        for name, there, fixed, part, free in zip(names, where, pre, post, bound, strict=True):
            shares = np.where(np.isfinite(size), np.maximum(fixed, part * np.where(np.isfinite(size), size, 0.0)), 0.0)
            converted = Curve((Claim(free * more, LAST),), (Call(ZERO, shares),))
            yield name, converted.where(there & np.isfinite(size)).beside(self._paid_back(name).where(~there))

    def _capitalisation(self, joined: Joined, pre: list[Row], post: list[Row]) -> Row:
        """Give the liquidity capitalisation, but for shares at a discount; infinite where the caps take all of it."""
        lines = (Line(stacked(pre), np.zeros(1)), Line(np.zeros(1), stacked(post)))
        return capitalisation(np.atleast_1d(self._counted(joined)), lines)

    def _counted(self, joined: Joined) -> Row:
        """Give the shares outside convertibles that are paid as common, options and warrants among them."""
        lots = ((name, row) for (holder, name), row in self.ledger.as_converted().items() if holder != UNISSUED)
        return total(np.where(self._takes_money(name, joined), 0.0, row) for name, row in lots)

    def _takes_money(self, name: str, joined: Joined) -> Bools:
        if name not in self._preferred:
            return NOWHERE
        return self._preferred[name] & ~joined[name] & (total(claim.amount for claim in self._kept(name).claims) > 0)
