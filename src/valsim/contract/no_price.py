"""Why no price satisfies the terms of a round, by how much, and above which valuation there is one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from valsim.captable.conversion import conversions
from valsim.captable.financing.attempt import Attempt
from valsim.captable.financing.close import Offer, price_round
from valsim.captable.financing.commitments import commitments, summed
from valsim.captable.financing.round import Round
from valsim.captable.ledger import Ledger
from valsim.captable.merge import OnPaths
from valsim.captable.security.base import Conversion
from valsim.core.errors import Problem
from valsim.core.quantity import format_quantity
from valsim.core.rows import Row
from valsim.core.unit import ONE, Unit

DOUBLINGS = 60
"""How often the stated valuation is doubled at most in search of one that has a price."""
HALVINGS = 60
"""How often the room in which the least such valuation lies is halved."""
ROUNDING = 1e-9
"""What a term takes of the stated valuation at least to be named."""


def no_price(attempt: Attempt, ledger: Ledger, currency: str) -> Problem:
    """Say which terms of a closing leave no price, and what to change; ``ledger`` is that before it, all numbers scalars."""
    case = _Case(attempt, ledger.accrued_to(attempt.day), currency)
    index = [closing.name for closing in attempt.tranche.terms.closings].index(attempt.tranche.name)
    key = (*attempt.tranche.closing.prices, "new_money")[0]
    message, advice = next(filter(None, (reason(case) for reason in _REASONS)))
    return Problem(("closings", index, key), message, advice, code="no_price")


@dataclass(frozen=True)
class _Case:
    """A closing on one cap table for which no price was found."""

    attempt: Attempt
    ledger: Ledger
    currency: str

    @cached_property
    def here(self) -> OnPaths:
        return OnPaths({}, np.zeros(1, dtype=np.intp))

    @cached_property
    def money(self) -> Row:
        return summed(commitments(self.attempt, self.here), self.here)

    @property
    def terms(self) -> Round:
        return self.attempt.tranche.terms

    @cached_property
    def worth(self) -> float:
        """The pre-money valuation that is stated, or follows from what is."""
        closing, money = self.attempt.tranche.closing, float(self.money[0])
        if closing.pre_money_valuation is not None:
            return float(closing.pre_money_valuation)
        if closing.post_money_valuation is not None:
            return float(closing.post_money_valuation) - money
        price = self.attempt.agreed if closing.price_per_share is None else closing.price_per_share
        return float(np.ravel(price)[0]) * float(self.ledger.fully_diluted())

    def has_price(self, worth: float, without: str = "") -> bool:
        """Say whether there is a price at a pre-money valuation, perhaps without one term."""
        tranche, ledger = self.attempt.tranche, _without(self.ledger, without)
        stated = {"post_money_valuation": None, "price": None, "price_per_share": None}
        closing = tranche.closing.but(pre_money_valuation=np.asarray(worth), **stated)
        terms = _uncounted(tranche.terms, without).but(new_money_at_most=None)
        offer = Offer(self.money, self.money, self.attempt.agreed, self.attempt.day, raised=self.attempt.raised)
        return bool(
            price_round(replace(tranche, closing=closing, terms=terms), ledger, self.here, offer).feasible.all()
        )

    def least(self, without: str = "") -> float:
        """Give the least pre-money valuation above which there is a price, infinite where there is none."""
        tried = (self.worth * 2.0**power for power in range(DOUBLINGS))
        high = next((worth for worth in tried if self.has_price(worth, without)), np.inf)
        low = 0.0
        for _ in range(HALVINGS if np.isfinite(high) else 0):
            middle = (low + high) / 2
            low, high = (low, middle) if self.has_price(middle, without) else (middle, high)
        return high

    def written(self, money: float) -> str:
        """Write money for a person."""
        return format_quantity(money, Unit.of(self.currency) if self.currency else ONE, digits=6)


def _without(ledger: Ledger, term: str) -> Ledger:
    protected = term in ledger.series and ledger.series[term].protection() is not None
    return ledger.with_terms(term, anti_dilution=None) if protected else ledger


def _uncounted(terms: Round, term: str) -> Round:
    kept = tuple(each for each in terms.pre_money_includes if each != term)
    method = None if term == "convertibles" else terms.conversion_method
    return terms.but(pre_money_includes=kept, conversion_method=method)


def _raises_nothing(case: _Case) -> tuple[str, str] | None:
    return None if case.money[0] > 0 else ("the closing raises nothing", "state new_money above zero")


def _worth_nothing(case: _Case) -> tuple[str, str] | None:
    if case.worth > 0:
        return None
    money = case.written(float(case.money[0]))
    return f"nothing is left for the shares before the round: its new money is {money}", f"state a value above {money}"


def _too_much_money(case: _Case) -> tuple[str, str] | None:
    most, money = case.terms.new_money_at_most, float(case.money[0])
    if most is None or not case.has_price(case.worth):
        return None
    part, limit = (format_quantity(each, ONE) for each in (money / (case.worth + money), float(most)))
    message = f"the new money is {part} of the value after it, and new_money_at_most is {limit}"
    return message, f"there is a price from a pre-money valuation of {case.written(money / float(most) - money)}"


def _too_much_promised(case: _Case) -> tuple[str, str] | None:
    """Caps that conversion shares share may promise all of the company, whatever it is worth; the more with a pool target."""
    pool = float(case.terms.option_pool or 0.0)
    parts = {
        name: _promised(terms, case.ledger.outstanding(name), pool) for name, terms in conversions(case.ledger).items()
    }
    if sum(parts.values()) < 1:
        return None
    listed = ", ".join(f"{name} {100 * part:.4g} %" for name, part in parts.items() if part > 0)
    beside = f", beside a pool of {format_quantity(pool, ONE)}" if pool else ""
    message = (
        f"the caps promise {100 * sum(parts.values()):.4g} % of the company before the new money{beside}: {listed}"
    )
    return message, "at no valuation is there a price"


def _promised(terms: Conversion, held: Row, pool: float) -> float:
    """Give how many shares a convertible adds at least for one share more of all: itself, and by what the pool then needs."""
    added = pool / (1 - pool)
    owed = float(held * terms.amount)
    caps = ((terms.post_money_cap, 1.0), (terms.pre_money_cap, added), (terms.fully_diluted_cap, 1 + added))
    return max(owed / float(cap) * weight for cap, weight in caps)


def _taken(case: _Case) -> tuple[str, str]:
    """Terms that the pre-money valuation pays for take more of it than there is."""
    least = case.least()
    takes = {words: least - case.least(term) for term, words in _terms(case).items()}
    named = {words: money for words, money in takes.items() if money > ROUNDING * case.worth}
    *first, last = (f"{words} takes {case.written(money)} of value" for words, money in named.items())
    said = " and ".join([", ".join(first), last] if first else [last])
    message = f"{said}: the pre-money valuation of {case.written(case.worth)} leaves nothing"
    return message, f"there is a price above a pre-money valuation of {case.written(least)}"


def _terms(case: _Case) -> Mapping[str, str]:
    """Name the terms that the pre-money valuation pays for, in words."""
    return dict(_named_terms(case))


def _named_terms(case: _Case) -> Iterator[tuple[str, str]]:
    counted = case.terms.counted
    for name, security in case.ledger.series.items() if "anti_dilution" in counted else ():
        protection = security.protection()
        if protection is not None:
            kind = str(getattr(protection.term, protection.term.tag)).replace("_", " ")
            yield name, f"the {kind} of {name}"
    if "convertibles" in counted:
        yield "convertibles", "the conversion of SAFEs and notes"
    if "pool_top_up" in counted:
        yield "pool_top_up", "the pool top-up"


_REASONS = (_raises_nothing, _worth_nothing, _too_much_money, _too_much_promised, _taken)
"""Why there may be no price, the plainest first."""
