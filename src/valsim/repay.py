"""Repaying within a step: the loans that have matured, out of the company's cash."""

from dataclasses import replace

import numpy as np

from valsim.captable.curve import ratio
from valsim.captable.waterfall import pay_claims
from valsim.core.timeline import Step
from valsim.state import State, World


def repay(world: World, state: State, step: Step) -> State:
    """Repay the loans that are due by seniority, as far as the cash goes; what is left is due again in the next step."""
    debts, day = world.scenario.captable.debt, step.date.toordinal()
    due = [name for name, debt in debts.items() if debt.matures is not None and debt.matures <= step.date]
    if not due:
        return state
    senior = state.senior(world.scenario)
    available = np.where(state.alive, np.maximum(state.cash, 0.0), 0.0)
    paid, left = pay_claims(senior.lenders(day, due), available)
    before = {name: state.repaid.get(name, np.zeros(state.cash.shape)) for name in due}
    after = {name: part + (1 - part) * ratio(paid[name], senior.claim(name, day)) for name, part in before.items()}
    spent = available - left
    return replace(state, cash=state.cash - spent, debt=state.debt - spent, repaid={**state.repaid, **after})
