"""Financing within a step: missed milestones first, then closings, then purchases from holders."""

import numpy as np

from valsim.captable.financing.attempt import Attempt
from valsim.captable.financing.fund import fund
from valsim.captable.financing.outcome import NOT_FOLLOWED, WALKED, Outcome, met, missed
from valsim.captable.financing.tranche import Tranche
from valsim.captable.term.waiver import Spared
from valsim.captable.transfer import added, with_fees
from valsim.core.replace import replace
from valsim.core.rows import NOWHERE, Bools
from valsim.core.selection import select
from valsim.core.timeline import Step
from valsim.state import State, World
from valsim.step.compute import pay_in_kind
from valsim.step.decide import pay_or_not, spare
from valsim.step.deploy import put_to_use
from valsim.step.price_paid import note_price


def finance(world: World, state: State, step: Step) -> State:
    """Settle the milestones that were missed, then close what may close, in the order of the document."""
    due = [tranche for tranche in world.scenario.tranches if tranche.first <= step.date <= tranche.last]
    spared: dict[tuple[str, str], Spared] = {}
    state, before = replace(state, funded=NOWHERE), state.funding
    for tranche in due:
        if tranche.last == step.date:
            state, spared[tranche.key] = _missed(world, state, tranche, Spared(), step)
    for tranche in due:
        if tranche.last == step.date:
            # The closing that it follows may have been funded just now, with this one's condition missed.
            state, spared[tranche.key] = _missed(world, state, tranche, spared[tranche.key], step)
            state = _not_followed(state, tranche)
        follows = (before if tranche.repeats else state.funding).may_follow(tranche)
        state = _closed(world, state, tranche, follows, spared.get(tranche.key, Spared()), step)
    for name, purchase in world.scenario.positions.items():
        trade = purchase.trade(name, state.ledger, state.alive, step.date, state.rows, world.streams)
        refusals = {(name, reason): where for reason, where in trade.refusals.items()}
        flows = added(state.flows, f"positions.{name}", trade.money, step.time)
        refusals = {**state.refusals, **refusals}
        state = replace(state, ledger=trade.ledger, flows=flows, refusals=refusals, cash=state.cash + trade.cash)
        state = note_price(state, f"positions.{name}", trade.company_value > 0, trade.company_value)
    return state


def _missed(world: World, state: State, tranche: Tranche, before: Spared, step: Step) -> tuple[State, Spared]:
    """Settle a tranche that lapses today with its condition missed; say where it was waived, or the tranche repriced."""
    outcome = state.funding[tranche]
    short = outcome.open & state.alive & state.funding.may_follow(tranche) & ~met(tranche, state.rows) & ~before.where
    state, now = spare(world, state, _attempt(world, state, tranche, short, step))
    lapsed = short & ~now.where
    outcome = outcome.closed(lapsed, missed(tranche, state.rows))
    after = state.hit(f"{tranche.stream} lapsed", tranche.closing.if_lapsed, lapsed)
    return replace(after, funding=state.funding.but(tranche, outcome)).settled_after(state), before.also(now)


def _out(world: World, state: State) -> dict[str, Bools]:
    """Say for each investor where it has defaulted with the loss of its rights in later closings."""
    out: dict[str, Bools] = {}
    for tranche in world.scenario.tranches:
        default = tranche.closing.default
        if default is not None and default.later_rights == "end":
            for name, missed in state.funding[tranche].defaults.items():
                out[name] = out.get(name, NOWHERE) | missed
    return out


def _not_followed(state: State, tranche: Tranche) -> State:
    outcome = state.funding[tranche]
    left = outcome.open & state.alive & ~state.funding.may_follow(tranche)
    return replace(state, funding=state.funding.but(tranche, outcome.closed(left, NOT_FOLLOWED)))


def _may_close(world: World, state: State, tranche: Tranche, follows: Bools, spared: Spared, step: Step) -> Bools:
    """Say where a tranche may close today: its condition is met, and its time, where counted from the last round, has come."""
    may = state.funding[tranche].may_close(step.date.toordinal()) & state.alive & follows
    if may.any():
        may = may & (met(tranche, state.rows) | spared.where)
    span = tranche.comes_after
    if span is None or not may.any():
        return may
    draw, come = world.streams.once(f"{tranche.stream}.comes_after"), may.copy()
    come[may] = select(state.last_round, may).is_past(span, draw[may], step.time)
    return come


def _closed(world: World, state: State, tranche: Tranche, follows: Bools, spared: Spared, step: Step) -> State:
    may = _may_close(world, state, tranche, follows, spared, step)
    if not may.any():
        return state
    outcome = state.funding[tranche].reopened(may)
    attempt = replace(_attempt(world, state, tranche, may, step, spared), tries=outcome.tries)
    state, chosen = pay_or_not(world, state, attempt)
    funded = fund(replace(attempt, chosen=chosen), state.ledger, outcome, state.rows, world.streams)
    raised = sum(funded.payments.values(), np.asarray(0.0))
    costs = with_fees(funded.payments, world.scenario.positions)
    flows = added(state.flows, tranche.stream, costs, step.time)
    state, in_kind = pay_in_kind(replace(state, ledger=funded.ledger, flows=flows), tranche, funded.payments, step)
    cash = raised - in_kind
    state = put_to_use(world, replace(state, cash=state.cash + cash), tranche, cash)
    done, walked = may & funded.outcome.funded, may & (funded.outcome.code == WALKED)
    failed = may & ~done & ~walked & ~funded.outcome.open
    outcome = _tried(funded.outcome, tranche, failed, step).dated(done, step.time, state.last_round)
    state = note_price(state, tranche.stream, done, outcome.post_money_valuation)
    last = state.last_round.closed(done, step.time, outcome.price_per_share, outcome.post_money_valuation)
    funding = state.funding.but(tranche, outcome)
    state = replace(state, funding=funding, funded=state.funded | done, last_round=last)
    after = state.hit(f"{tranche.stream} funded", tranche.closing.if_funded, done)
    after = after.hit(f"{tranche.stream} failed", tranche.closing.if_failed, failed)
    after = after.hit(f"{tranche.stream} walked", tranche.closing.if_walked, walked)
    return after.settled_after(state)


def _attempt(
    world: World,
    state: State,
    tranche: Tranche,
    where: Bools,
    step: Step,
    spared: Spared = Spared(),  # noqa: B008 - frozen
) -> Attempt:
    """Give what is known of a closing on some paths before anybody pays."""
    funding = state.funding
    return Attempt(
        tranche,
        where,
        where & spared.where,
        funding.agreed_price(tranche),
        step.date.toordinal(),
        _out(world, state),
        funding.unraised_before(tranche),
        spared.price_cut,
        funding.raised_before(tranche),
        funding.drawn_before(tranche),
        state.last_round.price_per_share,
    )


def _tried(outcome: Outcome, tranche: Tranche, failed: Bools, step: Step) -> Outcome:
    """Give the outcome that is tried again some time after a failure, where the document says so."""
    terms = tranche.closing.tries_again
    return outcome if terms is None else outcome.waiting(failed, terms.at_most, terms.from_day(step.date))
