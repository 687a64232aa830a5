"""Following on: which holders take their part of a closing by a pro-rata right, and who makes room for them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from valsim.captable.curve import ZERO, ratio, total
from valsim.captable.ledger import UNISSUED, Ledger
from valsim.captable.merge import OnPaths
from valsim.captable.round import Tranche
from valsim.captable.term.pro_rata import ProRata
from valsim.core.rows import Bools, Row, cut
from valsim.core.streams import Streams

Payments = Mapping[str, Row]
"""Money by investor, each of shape ``(n_paths,)``."""


def followed_on(
    tranche: Tranche, before: Ledger, here: OnPaths, committed: dict[str, Row], streams: Streams
) -> dict[str, Row]:
    """Give what each investor pays once holders have taken their pro-rata parts; the sum stays what it was."""
    taken = _taken(tranche, before, here, total(committed.values()), streams)
    more = {holder: np.maximum(part - committed.get(holder, ZERO), 0.0) for holder, part in taken.items()}
    if not any(np.any(money > 0) for money in more.values()):
        return committed
    room = {name: np.maximum(money - taken.get(name, ZERO), 0.0) for name, money in committed.items()}
    given = _given(tranche, room, total(more.values()))
    covered = ratio(total(given.values()), total(more.values()))
    left = {name: money - given[name] for name, money in committed.items()}
    return left | {holder: left.get(holder, ZERO) + money * covered for holder, money in more.items()}


def fractions(before: Ledger, series: str, base: str) -> dict[str, Row]:
    """Give the part of a base that each holder's shares of a series are, as converted."""
    everything, lots = BASES[base](before), before.as_converted()
    return {
        holder: ratio(shares, everything)
        for (holder, name), shares in lots.items()
        if name == series and holder != UNISSUED
    }


def _taken(tranche: Tranche, before: Ledger, here: OnPaths, asked: Row, streams: Streams) -> dict[str, Row]:
    """Give the money that each holder takes by its rights, over all the classes it holds."""
    taken: dict[str, Row] = {}
    for series, right in _rights(tranche, before).items():
        for holder, part in fractions(before, series, right.base).items():
            takes = _takes(tranche, holder, right, here, streams)
            times = 1.0 if right.multiple is None else here.amount(right.multiple)
            money = np.where(takes, times * part * asked, 0.0)
            taken[holder] = taken.get(holder, ZERO) + money
    return taken


def _rights(tranche: Tranche, before: Ledger) -> dict[str, ProRata]:
    found = {name: getattr(terms, "pro_rata", None) for name, terms in before.series.items()}
    return {name: right for name, right in sorted(found.items()) if right is not None and not tranche.issues(name)}


def _takes(tranche: Tranche, holder: str, right: ProRata, here: OnPaths, streams: Streams) -> Bools:
    own: Any = tranche.follow_on.get(holder)
    wants = np.asarray(True if own is not None or right.when is None else right.when(here))
    draw = cut(streams.once(f"{tranche.stream}.pro_rata.{holder}"), here.paths)
    return wants & (draw < here.amount(right.probability if own is None else own))


def _given(tranche: Tranche, room: Payments, wanted: Row) -> dict[str, Row]:
    """Give what each investor makes room with: others first, then the named ones."""
    given, left = dict[str, Row](), wanted
    for names in _in_turn(tranche, room):
        there = total(room[name] for name in names)
        part = ratio(np.minimum(left, there), there)
        given |= {name: room[name] * part for name in names}
        left = left - there * part
    return given


def _in_turn(tranche: Tranche, names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return (tranche.others,), tuple(name for name in names if name != tranche.others)


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
