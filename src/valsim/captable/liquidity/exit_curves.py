"""The curves of classes at an exit, in one regime: each alone, and where some have joined those that convert."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce

import numpy as np

from valsim.captable.conversion import Line, capitalisation, conversions
from valsim.captable.curve import ZERO, Call, Claim, Curve, each, ratio, stacked, total
from valsim.captable.ledger import UNISSUED, Ledger
from valsim.captable.liquidity.regime import Regime
from valsim.captable.security.base import Conversion
from valsim.captable.waterfall import CONVERTS, INDIFFERENT, KEEPS, SAME, Decision, Payouts
from valsim.core.rows import NOWHERE, Bools, Row

LAST = -np.inf
"""The rank of what comes after every other claim, and before any common share."""

Joined = Mapping[str, Bools]
"""Where each class has joined those that convert."""


def curves_of(ledger: Ledger, regime: Regime) -> dict[str, Curve]:
    """Give the payout curve of every series, its unissued shares left out.

    Where a post-money cap makes them wait for each other, that of a convertible which is paid back.
    """
    return ExitCurves(ledger, regime, conversions(ledger)).curves


@dataclass(frozen=True)
class ExitCurves:
    """A cap table at an exit, in one regime, with the terms of its convertibles."""

    ledger: Ledger
    regime: Regime
    terms: Mapping[str, Conversion]

    @cached_property
    def waits(self) -> Bools:
        """Where some class has to know which others convert."""
        capped = (np.isfinite(terms.cap_together) & (self._held[name] > 0) for name, terms in self.terms.items())
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
        gains = {name: self._own[name].residual_shares > self._kept[name].residual_shares for name in can}
        return {name: np.asarray(where) for name, where in gains.items() if np.any(where)}

    # What follows is asked of a class again and again, and hangs on its own terms alone.

    @cached_property
    def _shares(self) -> tuple[str, ...]:
        """The series that are shares; the others are convertibles, which are money."""
        return tuple(name for name in self.ledger.series if name not in self.terms)

    @cached_property
    def _held(self) -> Mapping[str, Row]:
        """The shares of each class that somebody holds; of a convertible, money."""
        return {name: self.ledger.outstanding(name) for name in self.ledger.series}

    @cached_property
    def _own(self) -> Mapping[str, Curve]:
        return {name: self.regime.curve(name, self.ledger.terms[name], self._held[name]) for name in self._shares}

    @cached_property
    def _kept(self) -> Mapping[str, Curve]:
        return {name: self.regime.kept(name, self.ledger.terms[name], self._held[name]) for name in self._shares}

    @cached_property
    def _common(self) -> Mapping[str, Curve]:
        return {name: self.ledger.terms[name].converted(self._held[name]) for name in self._shares}

    @cached_property
    def _claiming(self) -> Mapping[str, Bools]:
        """Where each preferred class that may choose is paid a claim if it does not convert."""
        return {
            name: where & (total(claim.amount for claim in self._kept[name].claims) > 0)
            for name, where in self._preferred.items()
        }

    @cached_property
    def _counting(self) -> tuple[tuple[str, Row], ...]:
        """The common shares that each lot counts as which somebody holds, with its series."""
        lots = self.ledger.as_converted().items()
        return tuple((name, shares) for (holder, name), shares in lots if holder != UNISSUED)

    @cached_property
    def _due(self) -> Mapping[str, Row]:
        return {name: each(self._held[name], terms.amount) for name, terms in self.terms.items()}

    @cached_property
    def _discounted(self) -> Mapping[str, Row]:
        terms = self.terms.items()
        return {name: np.where(t.discount > 0, self._due[name] / (1 - t.discount), 0.0) for name, t in terms}

    @cached_property
    def _pre_money(self) -> Mapping[str, Row]:
        """The shares that each convertible takes at a pre-money cap."""
        outstanding = total(shares for _, shares in self._counting)
        return {name: self._due[name] * outstanding / terms.cap_alone for name, terms in self.terms.items()}

    @cached_property
    def _post_money(self) -> Mapping[str, Row]:
        """The part of the liquidity capitalisation that each convertible takes at a post-money cap."""
        return {name: self._due[name] / terms.cap_together for name, terms in self.terms.items()}

    @cached_property
    def _paid_back(self) -> Mapping[str, Curve]:
        return {name: self._repaid(name) for name in self.terms}

    def _repaid(self, name: str) -> Curve:
        (claim,) = self.ledger.terms[name].kept(self._held[name]).claims
        rest = np.maximum(self._discounted[name] - claim.amount, 0.0)
        return Curve((claim, Claim(rest, LAST)) if np.any(rest > 0) else (claim,))

    # Each class alone.

    @cached_property
    def curves(self) -> dict[str, Curve]:
        """The curve of each class, where no class waits for another."""
        return {name: self._alone(name) if name in self.terms else self._own[name] for name in self.ledger.series}

    def _alone(self, name: str) -> Curve:
        """Give the curve of a convertible: paid back, or its shares at a pre-money cap once they are worth more."""
        paid_back = self._paid_back[name]
        if name not in self._capped:
            return paid_back
        price = ratio(total(claim.amount for claim in paid_back.claims), self._pre_money[name])
        return Curve(paid_back.claims, (Call(price, self._pre_money[name]),))

    def ties(self, price: Row) -> Joined:
        """Say where a common share just has the price from which on a convertible takes its shares."""
        calls = ((name, call) for name in self._capped for call in self.curves[name].calls)
        return {name: np.isclose(price, call.price, rtol=SAME, atol=0.0) for name, call in calls}

    def decisions(self, paid: Payouts, joined: Joined, tied: Joined) -> Iterator[tuple[str, Decision]]:
        """Say what each convertible does, and each class that was asked; at a discount it converts as well."""
        for name in dict.fromkeys((*self.terms, *joined)):
            converts = joined.get(name, NOWHERE)
            if name in self.terms:
                converts = paid.payouts[name] > self.ledger.terms[name].preference(self._held[name]) * (1 + SAME)
            choice = np.where(tied.get(name, NOWHERE), INDIFFERENT, np.where(converts, CONVERTS, KEEPS))
            yield name, np.broadcast_to(choice, np.shape(paid.price)).astype(np.int8)

    # All together, where some of them have joined those that convert.

    def curves_where(self, joined: Joined) -> dict[str, Curve]:
        """Give the curve of each class where some have joined those that convert and the others have not."""
        found = {name: self._kept_or_common(name, joined) for name in self._shares}
        return {name: curve.somewhere() for name, curve in (found | dict(self._convertibles(joined))).items()}

    def _kept_or_common(self, name: str, joined: Joined) -> Curve:
        leader = self.ledger.terms[name].follows(name)
        if leader not in self._preferred:
            return self._own[name]
        found = self._common[name].where(joined[leader]).beside(self._kept[name].where(~joined[leader]))
        nobody = self._held[leader] <= 0
        # A class that nobody holds decides nothing: what buys its shares takes the better side by itself.
        return self._own[name].where(nobody).beside(found.where(~nobody)) if np.any(nobody) else found

    def _convertibles(self, joined: Joined) -> Iterator[tuple[str, Curve]]:
        names = tuple(self.terms)
        where = [joined.get(name, NOWHERE) for name in names]
        pre = [np.where(w, self._pre_money[n], 0.0) for n, w in zip(names, where, strict=True)]
        post = [np.where(w, self._post_money[n], 0.0) for n, w in zip(names, where, strict=True)]
        size = self._capitalisation(joined, pre, post)
        discounted = [np.where(w, 0.0, self._discounted[n]) for n, w in zip(names, where, strict=True)]
        # Shares at a discount number their money over the price of a common share, in a liquidity capitalisation too.
        bound = [np.where(part * size > fixed, part, 0.0) for part, fixed in zip(post, pre, strict=True)]
        more = ratio(total(discounted), 1 - total(bound))
        for name, there, fixed, part, free in zip(names, where, pre, post, bound, strict=True):
            shares = np.where(np.isfinite(size), np.maximum(fixed, part * np.where(np.isfinite(size), size, 0.0)), 0.0)
            converted = Curve((Claim(free * more, LAST),), (Call(ZERO, shares),))
            yield name, converted.where(there & np.isfinite(size)).beside(self._paid_back[name].where(~there))

    def _capitalisation(self, joined: Joined, pre: list[Row], post: list[Row]) -> Row:
        """Give the liquidity capitalisation, but for shares at a discount; infinite where the caps take all of it."""
        lines = (Line(stacked(pre), np.zeros(1)), Line(np.zeros(1), stacked(post)))
        return capitalisation(np.atleast_1d(self._counted(joined)), lines)

    def _counted(self, joined: Joined) -> Row:
        """Give the shares outside convertibles that are paid as common, options and warrants among them."""
        lots = self._counting
        return total(np.where(self._takes_money(name, joined), 0.0, shares) for name, shares in lots)

    def _takes_money(self, name: str, joined: Joined) -> Bools:
        return self._claiming[name] & ~joined[name] if name in self._claiming else NOWHERE
