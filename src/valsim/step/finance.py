"""Financing within a step: missed milestones first, then closings, then purchases from holders."""

from collections.abc import Mapping

import numpy as np

from valsim.captable.financing.attempt import Attempt
from valsim.captable.financing.fund import fund
from valsim.captable.financing.outcome import NOT_FOLLOWED, WALKED, Outcome, met, missed
from valsim.captable.financing.tranche import Tranche
from valsim.captable.term.waiver import Spared
from valsim.captable.transfer import added, with_fees
from valsim.core.put_back import Where, put_back
from valsim.core.replace import replace
from valsim.core.rows import NOWHERE, Bools, Row, cut
from valsim.core.selection import select
from valsim.core.timeline import Step
from valsim.state import State, World
from valsim.step.compute import pay_in_kind
from valsim.step.decide import pay_or_not, spare
from valsim.step.deploy import put_to_use
from valsim.step.price_paid import note_price

BOOKS = ("credits", "flows", "spared")
"""What of a state tells the money of one closing from that of others."""


def finance(world: World, state: State, step: Step) -> State:
    """Settle the milestones that were missed, then close what may close, in the order of the document."""
    due = [tranche for tranche in world.scenario.tranches if tranche.first <= step.date <= tranche.last]
    spared: dict[tuple[str, str], Spared] = {}
    start = state = replace(state, funded=NOWHERE)
    for tranche in due:
        if tranche.last == step.date:
            state, spared[tranche.key] = _missed(world, state, tranche, Spared(), step)
    for tranche in due:
        if tranche.last == step.date:
            # The closing that it follows may have been funded just now, with this one's condition missed.
            state, spared[tranche.key] = _missed(world, state, tranche, spared[tranche.key], step)
            state = _not_followed(state, tranche)
        state = _closed(world, state, start, tranche, spared.get(tranche.key, Spared()), step)
    return _traded(world, state, step)


def _traded(world: World, state: State, step: Step) -> State:
    for name, purchase in world.scenario.positions.items():
        trade = purchase.trade(name, state.ledger, state.alive, step.date, state.rows, world.streams)
        if not trade.money:
            continue
        refusals = {(name, reason): where for reason, where in trade.refusals.items()}
        flows = added(state.flows, f"positions.{name}", trade.money, step.time)
        refusals = {**state.refusals, **refusals}
        state = replace(state, ledger=trade.ledger, flows=flows, refusals=refusals, cash=state.cash + trade.cash)
        bought = np.flatnonzero(np.broadcast_to(trade.company_value > 0, state.cash.shape))
        state = note_price(state, f"positions.{name}", bought, cut(np.asarray(trade.company_value), bought))
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


def _may_close(world: World, state: State, start: State, tranche: Tranche, spared: Spared, step: Step) -> Bools:
    """Say where a tranche may close today: its condition is met, and its time, where counted from the last round, has come."""
    follows = (start if tranche.repeats else state).funding.may_follow(tranche)
    may = state.funding[tranche].may_close(step.date.toordinal()) & state.alive & follows
    if may.any():
        may = may & (_met(state, start, tranche, may) | spared.where)
    span = tranche.comes_after
    if span is None or not may.any():
        return may
    draw, come = world.streams.once(f"{tranche.stream}.comes_after"), may.copy()
    come[may] = select(state.last_round, may).is_past(span, draw[may], step.time)
    return come


def _met(state: State, start: State, tranche: Tranche, may: Bools) -> Bools:
    """Say where the condition of a tranche holds now, of where it ``may`` close; ``start`` is the state before any closing today."""
    if state.company is not start.company or tranche.closing.when is None:
        return met(tranche, state.rows)
    # Without effects on the company rows move only where something was funded; elsewhere those of the start are known.
    holds, moved = met(tranche, start.rows), np.flatnonzero(state.funded & may)
    if moved.size:
        holds = np.array(np.broadcast_to(holds, state.cash.shape))
        holds[moved] = met(tranche, state.rows.on(moved))
    return holds


def _closed(world: World, state: State, start: State, tranche: Tranche, spared: Spared, step: Step) -> State:
    may = _may_close(world, state, start, tranche, spared, step)
    if not may.any():
        return state
    whole = state.funding[tranche].reopened(may)
    attempt = replace(_attempt(world, state, tranche, may, step, spared), tries=whole.tries)
    state, chosen = pay_or_not(world, state, attempt)
    # Few paths close at once, so all is worked out for those alone and put back.
    where = Where(np.flatnonzero(may), may.size)
    here = replace(attempt, chosen=chosen).at(where.rows)
    before, last = select((whole, state.last_round), where.rows)
    funded = fund(here, state.ledger, before, state.rows.on(where.rows), world.streams.on(where.rows))
    state = _paid_in(world, replace(state, ledger=funded.ledger), here.tranche, funded.payments, step, where)
    done, walked = funded.outcome.funded, funded.outcome.code == WALKED
    failed = ~done & ~walked & ~funded.outcome.open
    outcome = _tried(funded.outcome, here.tranche, failed, step).dated(done, step.time, last)
    state = note_price(state, tranche.stream, where.rows[done], outcome.post_money_valuation[done])
    now = last.closed(done, step.time, outcome.price_per_share, outcome.post_money_valuation)
    after = replace(
        state,
        funding=state.funding.but(tranche, put_back(whole, before, outcome, where)),
        funded=put_back(state.funded, NOWHERE, cut(state.funded, where.rows) | done, where),
        last_round=put_back(state.last_round, last, now, where),
    )
    return _affected(after, tranche, {"funded": done, "failed": failed, "walked": walked}, where).settled_after(state)


def _paid_in(
    world: World, state: State, tranche: Tranche, payments: Mapping[str, Row], step: Step, where: Where
) -> State:
    """Give the state once investors have paid for a closing on some paths; the tranche and the payments hold the rows of those."""
    purchases = {name: each for name, each in world.scenario.positions.items() if name in payments}
    own = {name: {key: row for key, row in getattr(state, name).items() if key[0] == tranche.stream} for name in BOOKS}
    before = replace(state, **select(own | {"cash": state.cash}, where.rows))
    costs = with_fees(payments, select(purchases, where.rows))
    after = replace(before, flows=added(before.flows, tranche.stream, costs, step.time))
    after, in_kind = pay_in_kind(after, tranche, payments, step)
    cash = sum(payments.values(), np.asarray(0.0)) - in_kind
    after = replace(after, cash=before.cash + cash)
    whole, then, now = ({name: getattr(each, name) for name in (*BOOKS, "cash")} for each in (state, before, after))
    budgets = put_to_use(world.scenario.use_of_proceeds, state.budgets, tranche, cash, where.rows)
    return replace(state, budgets=budgets, **put_back(whole, then, now, where))


def _affected(state: State, tranche: Tranche, became: Mapping[str, Bools], where: Where) -> State:
    """Give the state with the effects of what became of a closing, each on those of some paths where it did."""
    for what, happened in became.items():
        effects = getattr(tranche.closing, f"if_{what}")
        if effects:
            everywhere = put_back(NOWHERE, NOWHERE, happened, where)
            state = state.hit(f"{tranche.stream} {what}", effects, everywhere)
    return state


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
