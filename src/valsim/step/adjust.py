"""Adjusting valuations within a step: which classes were promised a number that the company missed."""

import numpy as np

from valsim.captable.adjustment import made_up
from valsim.captable.term.valuation_adjustment import Adjusted, ValuationAdjustment
from valsim.core.choose import choose
from valsim.core.replace import replace
from valsim.core.timeline import Step
from valsim.state import State, World


def adjust(world: World, state: State, step: Step) -> State:
    """Adjust what the classes paid whose date is today, where their condition holds."""
    for series, term in world.scenario.adjustable.items():
        if term.at == step.date and series in state.ledger.series:
            state = _adjusted(state, series, term)
    return state


def _adjusted(state: State, series: str, term: ValuationAdjustment) -> State:
    struck = state.alive & (state.ledger.outstanding(series) > 0) & np.asarray(term.when(state.rows), dtype=bool)
    if not struck.any():
        return state
    factor = choose(struck, term.factors(state.rows), 1.0)
    ledger, moved = made_up(state.ledger, series, term, factor)
    adjusted = {**state.adjusted, series: Adjusted(struck, factor, moved)}
    return replace(state, ledger=ledger, adjusted=adjusted)
