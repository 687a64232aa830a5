"""Repaying within a step: the loans and then the notes that have matured, out of the company's cash."""

import numpy as np

from valsim.captable.curve import Claim, Curve, ratio
from valsim.captable.ledger import Ledger
from valsim.captable.transfer import added
from valsim.captable.waterfall import pay_claims
from valsim.core.choose import choose
from valsim.core.replace import replace
from valsim.core.rows import NOWHERE, Row
from valsim.core.timeline import Step
from valsim.state import State, World


def repay(world: World, state: State, step: Step) -> State:
    """Repay loans and notes that are due by seniority, as far as the cash goes; what is left is due again in the next step."""
    return _notes(world, _loans(world, state, step), step)


def _loans(world: World, state: State, step: Step) -> State:
    debts, day = world.scenario.captable.debt, step.date.toordinal()
    due = [name for name, debt in debts.items() if debt.matures is not None and debt.matures <= step.date]
    if not due:
        return state
    senior = state.senior(world.scenario)
    available = _available(state)
    paid, left = pay_claims(senior.lenders(day, due), available)
    before = {name: state.repaid.get(name, np.zeros(state.cash.shape)) for name in due}
    after = {name: part + (1 - part) * ratio(paid[name], senior.claim(name, day)) for name, part in before.items()}
    spent = available - left
    return replace(state, cash=state.cash - spent, debt=state.debt - spent, repaid={**state.repaid, **after})


def _notes(world: World, state: State, step: Step) -> State:
    """Repay the notes of the opening cap table that no round has converted; what is repaid is cancelled."""
    classes = world.scenario.captable.classes
    due = [name for name, note in classes.items() if note.repaid_from is not None and note.repaid_from <= step.date]
    if not due:
        return state
    accrued, available = state.ledger.accrued_to(step.date.toordinal()), _available(state)
    claims = {name: _claim(accrued, name, state) for name in due}
    paid, left = pay_claims(claims, available)
    ledger, flows, redeemed = state.ledger, state.flows, dict(state.redeemed)
    for name, money in paid.items():
        held = {holder: shares for (holder, of), shares in ledger.lots.items() if of == name}
        outstanding, part = ledger.outstanding(name), ratio(money, accrued.series[name].owed(ledger.outstanding(name)))
        received = {holder: money * ratio(shares, outstanding) for holder, shares in held.items()}
        flows = added(flows, f"maturity of {name} {step.date}", received, step.time)
        redeemed[name] = state.bought_back(name).later(NOWHERE, outstanding * part, step.time, money)
        ledger = ledger.cancel(name, part)
    return replace(state, cash=state.cash - (available - left), ledger=ledger, flows=flows, redeemed=redeemed)


def _available(state: State) -> Row:
    return choose(state.alive, np.maximum(state.cash, 0.0), 0.0)


def _claim(ledger: Ledger, name: str, state: State) -> Curve:
    security = ledger.series[name]
    amount = choose(state.alive, security.owed(ledger.outstanding(name)), 0.0)
    return Curve((Claim(amount, float(security.seniority)),))  # type: ignore[attr-defined]
