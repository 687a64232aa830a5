"""Following on: which holders take their part of a closing by a pro-rata right, and who makes room for them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from valsim.captable.curve import ZERO, ratio, total
from valsim.captable.financing.attempt import Attempt
from valsim.captable.financing.tranche import Tranche, shadow_series
from valsim.captable.ledger import ROUNDING, UNISSUED, Ledger
from valsim.captable.merge import OnPaths
from valsim.captable.term.pro_rata import ProRata
from valsim.core.amount import amount
from valsim.core.rows import Bools, Row
from valsim.core.streams import Streams

Payments = Mapping[str, Row]
"""Money by investor, each of shape ``(n_paths,)``."""


def followed_on(
    attempt: Attempt, before: Ledger, here: OnPaths, committed: dict[str, Row], streams: Streams
) -> dict[str, Row]:
    """Give what each investor is to pay once holders have taken their pro-rata parts; the sum stays what it was."""
    tranche, rights = attempt.tranche, offered(attempt.tranche, before)
    if not rights:
        return committed
    once, often = dict[str, Row](), dict[str, Row]()
    asked, counted = total(committed.values()), before.accrued_to(attempt.day)
    for series, right in rights.items():
        for holder, part in fractions(counted, series, right.base).items():
            takes = _takes(attempt, holder, right, here, streams) & ~attempt.is_out(holder, here.paths)
            money, times = np.where(takes, part * asked, 0.0), _times(right, here)
            once[holder] = once.get(holder, ZERO) + np.minimum(times, 1.0) * money
            often[holder] = often.get(holder, ZERO) + times * money
    # Whoever wants more than its own part takes it out of what is left once everybody has taken theirs.
    # In the order of their names: which series somebody holds, and so where it is met first, differs from path to path.
    return _made_room(tranche, _made_room(tranche, committed, dict(sorted(once.items()))), dict(sorted(often.items())))


def taken(committed: Payments, followed: Payments) -> dict[str, Row]:
    """Give the money that holders take by right: what each is to pay more than it committed to, shape ``(len(here.paths),)``."""
    if followed is committed:
        return {}
    more = {name: money - committed.get(name, ZERO) for name, money in followed.items()}
    return {name: np.where(part > ROUNDING * followed[name], part, 0.0) for name, part in more.items()}


def offered(tranche: Tranche, before: Ledger) -> dict[str, ProRata]:
    """Give the rights to follow on in a closing, by series."""
    found = {name: getattr(terms, "pro_rata", None) for name, terms in before.series.items()}
    rights = {name: right for name, right in sorted(found.items()) if right is not None}
    if not rights:
        return rights
    issued = {name for name in before.series if tranche.issues(name)}
    issued |= {shadow_series(name, convertible) for name in issued for convertible in before.series}
    return {name: right for name, right in rights.items() if name not in issued}


def fractions(before: Ledger, series: str, base: str) -> dict[str, Row]:
    """Give the part of a base that each holder's shares of a series are, as converted."""
    everything, lots = BASES[base](before), before.as_converted()
    return {
        holder: ratio(shares, everything)
        for (holder, name), shares in lots.items()
        if name == series and holder != UNISSUED
    }


def owed(before: Ledger, series: str, right: ProRata, here: OnPaths) -> dict[str, Row]:
    """Give the part of a closing that each holder of a series has to take where it has to: its own, once."""
    times = np.minimum(_times(right, here), 1.0)
    return {holder: times * part for holder, part in fractions(before, series, right.base).items()}


def _times(right: ProRata, here: OnPaths) -> Row:
    return np.broadcast_to(np.asarray(1.0 if right.multiple is None else right.multiple), here.paths.shape)


def _takes(attempt: Attempt, holder: str, right: ProRata, here: OnPaths, streams: Streams) -> Bools:
    own: Any = attempt.tranche.follow_on.get(holder)
    wants = np.asarray(True if own is not None or right.when is None else right.when(here))
    draw = attempt.draw(f"pro_rata.{holder}", here.paths, streams)
    # The rights in a ledger are cut to its paths already, what a buyer says is not.
    return wants & (draw < (amount(right.probability, here) if own is None else here.amount(own)))


def _made_room(tranche: Tranche, committed: dict[str, Row], taken: Payments) -> dict[str, Row]:
    """Give what each investor is to pay where holders take so much in all, as far as the others can make room."""
    more = {holder: np.maximum(part - committed.get(holder, ZERO), 0.0) for holder, part in taken.items()}
    if not any(np.any(money > 0) for money in more.values()):
        return committed
    room = {name: np.maximum(money - taken.get(name, ZERO), 0.0) for name, money in committed.items()}
    given = _given(tranche, room, total(more.values()))
    covered = ratio(total(given.values()), total(more.values()))
    left = {name: money - given[name] for name, money in committed.items()}
    return left | {holder: left.get(holder, ZERO) + money * covered for holder, money in more.items()}


def _given(tranche: Tranche, room: Payments, wanted: Row) -> dict[str, Row]:
    """Give what each investor makes room with: others first, then the named ones, the anchor last."""
    given, left = dict[str, Row](), wanted
    for names in _in_turn(tranche, room):
        there = total(room[name] for name in names)
        part = ratio(np.minimum(left, there), there)
        given |= {name: room[name] * part for name in names}
        left = left - there * part
    return given


def _in_turn(tranche: Tranche, names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    ends = (tranche.others, tranche.closing.anchor)
    anchor = tuple(name for name in names if name == tranche.closing.anchor)
    return (tranche.others,), tuple(name for name in names if name not in ends), anchor


def _outstanding(ledger: Ledger) -> Row:
    return total(shares for (holder, _), shares in ledger.as_converted().items() if holder != UNISSUED)


def _preferred(ledger: Ledger) -> Row:
    return total(shares for (_, name), shares in ledger.as_converted().items() if ledger.series[name].converts)


BASES: Mapping[str, Callable[[Ledger], Row]] = {
    "fully_diluted": Ledger.fully_diluted,
    "outstanding": _outstanding,
    "preferred": _preferred,
}
"""What a holder's shares are a part of, by the reading that the document names."""
