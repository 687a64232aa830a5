"""What a closing did besides raising money: who followed on by right, whose shares were struck, what converted."""

from collections.abc import Iterable, Iterator

import numpy as np

from valsim.captable.financing.outcome import BY_RIGHT, CONSEQUENCE, CONVERTED, PAY_TO_PLAY, Event
from valsim.captable.financing.tranche import Tranche
from valsim.core.policy import ALL_OF_THEM
from valsim.result import Columns
from valsim.scenario.model import Scenario
from valsim.state import State

RIGHTS = {BY_RIGHT: "pro_rata", PAY_TO_PLAY: "pay_to_play"}
"""The terms of a class that make a closing do something to its holders."""


def events(tranche: Tranche, scenario: Scenario, state: State, holders: Iterable[str]) -> Columns:
    """Give what a closing did, columns of shape ``(n_paths,)``; what no term of the document can do has none."""
    told, nothing = state.funding[tranche].events, np.zeros(state.cash.size)
    return {
        ("event", *tranche.key, *event): told.get(event, nothing)
        for event in _possible(tranche, scenario, state, tuple(holders))
    }


def may_default(tranche: Tranche, state: State, holders: tuple[str, ...]) -> tuple[str, ...]:
    """Name those who may fail to pay: the named investors, and everybody where that may be chosen."""
    met = tranche.decision("met", ALL_OF_THEM)
    chosen = met is not None and "default" in met.alternatives and met.key in state.decided
    return holders if chosen else tranche.may_default


def _possible(tranche: Tranche, scenario: Scenario, state: State, holders: tuple[str, ...]) -> Iterator[Event]:
    yield from ((CONVERTED, name) for name in scenario.captable.convertibles)
    there = [what for what, term in RIGHTS.items() if scenario.having(term)]
    asks = any(terms.pay_to_play is not None for terms in tranche.terms.drawn_terms.values())
    there += [PAY_TO_PLAY] * (asks and PAY_TO_PLAY not in there)
    yield from ((what, holder) for what in there for holder in holders)
    default = tranche.closing.default
    threatened = (*scenario.captable.classes.values(), tranche.terms.series)
    if default is not None and any(default.consequence.strikes(terms) for terms in threatened):
        yield from ((CONSEQUENCE, investor) for investor in may_default(tranche, state, holders))
