"""The charter's choice: which regime holds at an exit, each candidate solved whole.

A sale or a wind-down is paid as agreed. A listing makes every preferred share common; a class below the tests of its automatic
conversion may keep its preference, or stop the listing where a sale pays it more. All tests read the price as if every class
had converted; then the classes vote, where the charter lets them; then those that may, keep; then those that may, block.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from valsim.captable.curve import ratio, total
from valsim.captable.ledger import Ledger
from valsim.captable.liquidity.distribute import solved
from valsim.captable.liquidity.regime import all_converted, all_listed, as_agreed, but
from valsim.captable.term.automatic_conversion import AutomaticConversion
from valsim.captable.waterfall import Payouts
from valsim.core.liquidity import LiquidityKind, Treatment
from valsim.core.rows import EVERYWHERE, NOWHERE, Bools, Row
from valsim.core.streams import Paths

BETTER = 1e-9
"""How far, relatively, a payout is above another at least to be the better one."""


class Solved(NamedTuple):
    """What each class is paid in the regime that the charter chose; rows of the shape of the proceeds.

    ``price`` is that of one common share, at a listing the offer price. ``became_common`` says of each class that the regime
    turned into common shares where it did; ``blocked`` says where a veto stopped a listing.
    """

    paid: Payouts
    became_common: Mapping[str, Bools]
    blocked: Bools = NOWHERE

    def reshaped(self, shape: tuple[int, ...]) -> "Solved":
        """Give the same rows in the shape of the proceeds."""
        return _each(self, self, lambda row, _: np.broadcast_to(row, math.prod(shape)).reshape(shape))


Rule: TypeAlias = Callable[[Ledger, Row], Solved]


def chosen(kind: LiquidityKind, treatment: Treatment) -> Rule:
    """Give the rule that chooses the regime and pays the proceeds to the classes of a ledger, shape ``(n_paths,)``."""
    return _RULES[kind][treatment]


def _agreed(ledger: Ledger, proceeds: Row) -> Solved:
    return Solved(solved(ledger, as_agreed, proceeds), {})


def _converted(ledger: Ledger, proceeds: Row) -> Solved:
    return Solved(solved(ledger, all_converted, proceeds), _all_common(ledger))


def _listed(ledger: Ledger, proceeds: Row) -> Solved:
    return Solved(solved(ledger, all_listed, proceeds), _all_common(ledger))


def _all_common(ledger: Ledger) -> dict[str, Bools]:
    return {name: EVERYWHERE for name, security in ledger.series.items() if security.converts}


def _sold(ledger: Ledger, proceeds: Row) -> Solved:
    """Pay out a sale: as agreed, but what the charter converts at its price is common."""
    terms = {name: term for name, term in automatic_conversions(ledger).items() if term.in_acquisitions}
    if not terms:
        return _agreed(ledger, proceeds)
    price = solved(ledger, all_converted, proceeds).price
    forced = {name: term.met(price, proceeds, issue_price(ledger, name)) for name, term in terms.items()}
    return Solved(solved(ledger, but(as_agreed, all_converted, forced), proceeds), forced)


def _by_charter(ledger: Ledger, proceeds: Row) -> Solved:
    """Pay out a listing: every class common, except where one is below the tests of its own automatic conversion."""
    whole, terms = _listed(ledger, proceeds), automatic_conversions(ledger)
    below = {name: _below(ledger, name, term, whole.paid.price, proceeds) for name, term in terms.items()}
    paths = np.flatnonzero(np.any(list(below.values()), axis=0)) if below else np.empty(0, dtype=np.intp)
    if not paths.size:
        return whole
    here = {name: where[paths] for name, where in below.items()}
    convert = {name: paid[paths] for name, paid in whole.paid.payouts.items()}
    return _each(
        whole,
        _short(ledger.at(paths), here, convert, proceeds[paths]),
        lambda a, b: _placed(a, b, paths, proceeds.size),
    )


def automatic_conversions(ledger: Ledger) -> dict[str, AutomaticConversion]:
    """List the terms of automatic conversion by class."""
    found = {name: getattr(security, "automatic_conversion", None) for name, security in ledger.series.items()}
    return {name: term for name, term in found.items() if term is not None}


def issue_price(ledger: Ledger, name: str) -> Row:
    """Give the original issue price of a class that has one."""
    price: Row = ledger.series[name].original_issue_price  # type: ignore[attr-defined]
    return price


def _below(ledger: Ledger, name: str, term: AutomaticConversion, price: Row, proceeds: Row) -> Bools:
    return ~term.met(price, proceeds, issue_price(ledger, name)) & (ledger.outstanding(name) > 0)


def _short(ledger: Ledger, below: Mapping[str, Bools], convert: Mapping[str, Row], proceeds: Row) -> Solved:
    """Pay out listings that are below a test of some class; ``convert`` is what all would be paid if every class converted."""
    refused = _refused(ledger, below, proceeds)
    in_favour = _in_favour(ledger, convert, refused.paid.payouts)
    outvoted = {name: where & _outvoted(term, in_favour) for name, where, term in _with_terms(ledger, below)}
    if not any(where.any() for where in outvoted.values()):
        return refused
    return _refused(ledger, {name: where & ~outvoted[name] for name, where in below.items()}, proceeds)


def _in_favour(ledger: Ledger, convert: Mapping[str, Row], refused: Mapping[str, Row]) -> Row:
    """Give the part of the preferred shares, as converted, that get no less where every class converts."""
    votes = {
        name: security.as_converted(ledger.outstanding(name))
        for name, security in ledger.series.items()
        if security.converts
    }
    yes = (np.where(_better(refused[name], convert[name]), 0.0, shares) for name, shares in votes.items())
    return ratio(total(yes), total(votes.values()))


def _outvoted(term: AutomaticConversion, in_favour: Row) -> Bools:
    return NOWHERE if term.or_vote_of is None else np.asarray(in_favour > term.or_vote_of)


def _refused(ledger: Ledger, below: Mapping[str, Bools], proceeds: Row) -> Solved:
    """Pay out listings in which classes may refuse: they keep what they have, or block where a sale is better for them."""
    keeping = {name: where for name, where, term in _with_terms(ledger, below) if term.below == "keeps_preference"}
    common = {name: ~keeping.get(name, NOWHERE) for name in _all_common(ledger)}
    listing = Solved(solved(ledger, but(all_listed, as_agreed, keeping), proceeds), common)
    vetoes = {name: where for name, where in below.items() if name not in keeping}
    if not vetoes:
        return listing
    sale = _sold(ledger, proceeds)._replace(blocked=EVERYWHERE)
    better = [where & _better(sale.paid.payouts[n], listing.paid.payouts[n]) for n, where in vetoes.items()]
    blocked = np.any(better, axis=0)
    return _each(listing, sale, lambda a, b: np.where(blocked, b, a))


def _with_terms(ledger: Ledger, below: Mapping[str, Bools]) -> Iterator[tuple[str, Bools, AutomaticConversion]]:
    terms = automatic_conversions(ledger)
    return ((name, where, terms[name]) for name, where in below.items())


def _better(one: Row, other: Row) -> Bools:
    return np.asarray(one > other * (1 + BETTER))


def _each(one: Solved, other: Solved, combined: Callable[[Any, Any], Any]) -> Solved:
    """Combine two solutions row by row."""
    first, second = one.paid, other.paid
    paid = {name: combined(row, second.payouts[name]) for name, row in first.payouts.items()}
    claimed = {name: combined(row, second.claimed[name]) for name, row in first.claimed.items()}
    names = dict.fromkeys((*one.became_common, *other.became_common))
    common = {n: combined(one.became_common.get(n, NOWHERE), other.became_common.get(n, NOWHERE)) for n in names}
    price = combined(first.price, second.price)
    decided = {name: combined(codes, second.decided.get(name, codes)) for name, codes in first.decided.items()}
    return Solved(Payouts(paid, price, claimed, decided), common, combined(one.blocked, other.blocked))


def _placed(whole: Any, part: Any, paths: Paths, size: int) -> Any:
    """Give a row with another one in its place on some paths."""
    row = np.broadcast_to(whole, (size,)).copy()
    row[paths] = part
    return row


_SALE: Mapping[Treatment, Rule] = {"as_agreed": _sold, "all_converted": _converted, "by_charter": _sold}
_RULES: Mapping[LiquidityKind, Mapping[Treatment, Rule]] = {
    "acquisition": _SALE,
    "wind_down": {**_SALE, "as_agreed": _agreed, "by_charter": _agreed},
    "ipo": {"as_agreed": _agreed, "all_converted": _listed, "by_charter": _by_charter},
}
