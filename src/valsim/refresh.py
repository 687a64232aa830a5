"""Refreshing option pools within a step: what is added, and what is granted at which exercise price."""

from dataclasses import replace
from datetime import date

import numpy as np

from valsim.captable.financing.refreshed import refreshed
from valsim.core.rows import Row
from valsim.core.timeline import Step
from valsim.scenario.model import Scenario
from valsim.state import State, World


def refresh(world: World, state: State, step: Step) -> State:
    """Refresh the pools whose day is today."""
    for each in world.scenario.refreshes:
        if each.day == step.date:
            price = last_round(world.scenario, state)
            # The terms of now: a price that they state is divided by every split since the start.
            now = each._replace(terms=state.ledger.series[each.pool].refresh)  # type: ignore[attr-defined]
            state = replace(state, ledger=refreshed(state.ledger, now, state.alive, price))
    return state


def last_round(scenario: Scenario, state: State) -> Row:
    """Give the price per share of the last round, shape ``(n_paths,)``; that of the opening where none was closed since."""
    price = np.broadcast_to(_opening_price(scenario, state), state.cash.shape)
    latest = np.full(state.cash.shape, -np.inf)
    for tranche in scenario.tranches:
        outcome = state.funding[tranche]
        later = outcome.funded & (outcome.time >= latest)
        price, latest = np.where(later, outcome.price_per_share, price), np.where(later, outcome.time, latest)
    return price


def _opening_price(scenario: Scenario, state: State) -> Row:
    """Give the price of the opening class that was issued last: by its date or, without dates, in the order of the document."""
    priced = {name: terms for name, terms in scenario.captable.classes.items() if terms.is_priced}
    if not priced:
        return np.asarray(np.nan)
    last = max(enumerate(priced), key=lambda place: (priced[place[1]].issued or date.min, place[0]))
    return state.ledger.series[last[1]].original_issue_price  # type: ignore[attr-defined,no-any-return]
