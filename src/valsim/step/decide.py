"""Deciding within a step: those who pay for a closing are asked, on the first day on which there is something to decide."""

from functools import partial

from valsim.captable.financing.attempt import AS_WRITTEN, Attempt, Chosen
from valsim.captable.financing.offered import Offered
from valsim.captable.term.waiver import Spared
from valsim.core.policy import ALL_OF_THEM, BY_CHANCE, QUESTIONS, Decided, Decision, Question
from valsim.core.replace import replace
from valsim.core.rows import NOWHERE, Bools
from valsim.state import State, World


def nobody_asked(world: World) -> dict[tuple[str, str, Question], Decided]:
    """Give every decision that the policy takes, before anybody has reached it."""
    tranches, by = world.scenario.tranches, world.decided_by
    asked = (each.decision(question, by) for each in tranches for question in QUESTIONS)
    paths, notes = world.streams.rows, world.policy.notes
    return {each.key: Decided.nowhere(paths, notes) for each in asked if each and world.policy.decides(each)}


def pay_or_not(world: World, state: State, attempt: Attempt) -> tuple[State, Chosen]:
    """Ask where the closing may happen today whether to pay; a choice stands for every later try.

    All of them as one are not asked where they have just waived a missed condition: they did that to pay.
    """
    decision = attempt.tranche.decision("met", world.decided_by)
    if decision is None or not world.policy.decides(decision):
        return state, AS_WRITTEN
    spared = _spared_by_choice(world, state, attempt)
    together = attempt.waived if decision.decided_by == ALL_OF_THEM else NOWHERE
    state, decided = _asked(world, state, replace(attempt, where=attempt.where & ~together), decision)
    refused = decided.reached & ~decided.chose(decision, "fund")
    return state, Chosen(attempt.where & (decided.reached | spared), attempt.where & refused, decision.decided_by)


def spare(world: World, state: State, attempt: Attempt) -> tuple[State, Spared]:
    """Say where a tranche closes though its condition was missed: by choice where there is one, else by the drawn chance."""
    tranche, waiver = attempt.tranche, attempt.tranche.closing.if_not_met
    if waiver is None:
        return state, Spared()
    drawn = waiver.spared(attempt.where, world.streams.once(f"{tranche.stream}.waived"))
    decision = tranche.decision("missed", world.decided_by)
    if decision is None or not world.policy.decides(decision):
        return state, drawn
    state, decided = _asked(world, state, attempt, decision)
    where = attempt.where & decided.reached
    chosen = (where & decided.chose(decision, each) for each in ("waive", "reprice"))
    return state, drawn.but(where, waiver.chosen(*chosen))


def _spared_by_choice(world: World, state: State, attempt: Attempt) -> Bools:
    decision = attempt.tranche.decision("missed", world.decided_by)
    decided = None if decision is None else state.decided.get(decision.key)
    return NOWHERE if decision is None or decided is None else decided.reached & ~decided.chose(decision, "lapse")


def _asked(world: World, state: State, attempt: Attempt, decision: Decision) -> tuple[State, Decided]:
    """Put a decision to the policy where it is due: nobody was asked before, and there is something to pay."""
    before = state.decided[decision.key]
    open_to_choice = replace(attempt, where=attempt.where & ~before.reached)
    drawn = partial(world.streams.once, f"{attempt.tranche.stream}.{decision.question} {BY_CHANCE}")
    table = Offered(state.rows, state.ledger, open_to_choice, decision.decided_by, drawn)
    due = table["commitment"] > 0
    if not due.any():
        return state, before
    after = before.taken(due, world.policy(decision, table, due), table)
    return replace(state, decided={**state.decided, decision.key: after}), after
