"""Refreshing option pools within a step: what is added, and what is granted at which exercise price."""

import numpy as np

from valsim.captable.financing.refreshed import refreshed
from valsim.core.replace import replace
from valsim.core.timeline import Step
from valsim.state import State, World


def refresh(world: World, state: State, step: Step) -> State:
    """Refresh the pools whose day is today."""
    for each in world.scenario.refreshes:
        if each.day == step.date:
            price = np.broadcast_to(state.last_round.price_per_share, state.cash.shape)
            # The terms of now: a price that they state is divided by every split since the start.
            now = each._replace(terms=state.ledger.series[each.pool].refresh)  # type: ignore[attr-defined]
            state = replace(state, ledger=refreshed(state.ledger, now, state.alive, price))
    return state
