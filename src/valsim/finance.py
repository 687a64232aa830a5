"""Financing within a step: missed milestones first, then closings, then purchases from holders."""

from dataclasses import replace

import numpy as np

from valsim.captable.fund import Attempt, fund
from valsim.captable.outcome import NOT_FOLLOWED, met, missed
from valsim.captable.round import Tranche
from valsim.captable.transfer import flows, paid_in
from valsim.core.rows import NOWHERE, Bools
from valsim.core.timeline import Step
from valsim.state import State, World


def finance(world: World, state: State, step: Step) -> State:
    """Settle the milestones that were missed, then close what may close, in the order of the document."""
    due = [tranche for tranche in world.scenario.tranches if tranche.first <= step.date <= tranche.last]
    waivers: dict[tuple[str, str], Bools] = {}
    for tranche in due:
        if tranche.last == step.date:
            state, waivers[tranche.key] = _lapsed(world, state, tranche)
    for tranche in due:
        state = _closed(world, state, tranche, waivers.get(tranche.key, NOWHERE), step)
    for name, purchase in world.scenario.positions.items():
        trade = purchase.trade(name, state.ledger, state.alive, step.date, world.streams)
        state = replace(state, ledger=trade.ledger, flows=(*state.flows, *flows(trade.money, step.time)))
    return state


def _lapsed(world: World, state: State, tranche: Tranche) -> tuple[State, Bools]:
    outcome = state.funding[tranche]
    follows = state.funding.may_follow(tranche)
    outcome = outcome.closed(outcome.open & state.alive & ~follows, NOT_FOLLOWED)
    short = outcome.open & state.alive & ~met(tranche, state.rows)
    waiver = tranche.closing.if_not_met
    chance = 0.0 if waiver is None else waiver.probability
    waived = short & (world.streams.once(f"{tranche.stream}.waived") < chance)
    outcome = outcome.closed(short & ~waived, missed(tranche, state.rows))
    after = state.hit(f"{tranche.stream} lapsed", tranche.closing.if_lapsed, short & ~waived)
    return replace(after, funding=state.funding.but(tranche, outcome)).settled_after(state), waived


def _closed(world: World, state: State, tranche: Tranche, waived: Bools, step: Step) -> State:
    outcome = state.funding[tranche]
    may = outcome.open & state.alive & state.funding.may_follow(tranche) & (met(tranche, state.rows) | waived)
    if not may.any():
        return state
    attempt = Attempt(tranche, may, may & waived, state.funding.agreed_price(tranche))
    funded = fund(attempt, state.ledger, outcome, state.rows, world.streams)
    raised = sum(funded.payments.values(), np.asarray(0.0))
    money = paid_in(funded.payments, world.scenario.positions, step.time)
    state = replace(state, ledger=funded.ledger, cash=state.cash + raised, flows=(*state.flows, *money))
    state = replace(state, funding=state.funding.but(tranche, funded.outcome))
    after = state.hit(f"{tranche.stream} funded", tranche.closing.if_funded, may & funded.outcome.funded)
    after = after.hit(f"{tranche.stream} failed", tranche.closing.if_failed, may & ~funded.outcome.funded)
    return after.settled_after(state)
