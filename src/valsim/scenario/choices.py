"""What a document leaves to choose: the decisions in the order in which they come up, and whose money each is about."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

from valsim.captable.financing.tranche import Tranche
from valsim.core.policy import ALL_OF_THEM, QUESTIONS, Decision, Question
from valsim.scenario.model import Scenario

Overtaken: TypeAlias = Mapping[tuple[str, str, Question], frozenset[tuple[str, str, Question]]]
"""Decisions that may come up after another though they stand before it, by the key of that other."""


class Choice(NamedTuple):
    """A decision and those who take it, as one: the holders whose present value it is taken for."""

    decision: Decision
    holders: tuple[str, ...]


def choices(scenario: Scenario) -> tuple[Choice, ...]:
    """Give every decision of those who decide, by the day on which it is due at the latest."""
    return tuple(Choice(decision, _holders(tranche, decision)) for tranche, decision in _asked(scenario))


def overtaken(scenario: Scenario) -> Overtaken:
    """Say of each decision which of those that are due before it may yet come up after it: windows overlap."""
    asked, by_key = _asked(scenario), {tranche.key: tranche for tranche in scenario.tranches}
    found = {
        decision.key: frozenset(
            earlier.key
            for other, earlier in asked[:place]
            if other.last > _first_day(tranche, decision) and other.key not in _led_to(tranche, by_key)
        )
        for place, (tranche, decision) in enumerate(asked)
    }
    return {key: others for key, others in found.items() if others}


def order_of_learning(decisions: Sequence[Decision], overtaken: Overtaken) -> tuple[Decision, ...]:
    """Give the order in which decisions are learned: the last one first.

    Where one that is due later was learned before something that may follow it was known, it is learned again, and all before it.
    """
    again = [place for place, decision in enumerate(decisions, 1) if decision.key in overtaken]
    return (*reversed(decisions), *reversed(decisions[: max(again, default=0)]))


def _asked(scenario: Scenario) -> list[tuple[Tranche, Decision]]:
    decided_by = ALL_OF_THEM if scenario.decisions is None else scenario.decisions.decide_for
    found = (
        (tranche, tranche.decision(question, decided_by))
        for tranche in sorted(scenario.tranches, key=lambda tranche: tranche.last)
        for question in QUESTIONS
    )
    return [(tranche, decision) for tranche, decision in found if decision is not None]


def _first_day(tranche: Tranche, decision: Decision) -> date:
    return tranche.last if decision.question == "missed" else tranche.first


def _led_to(tranche: Tranche, by_key: Mapping[tuple[str, str], Tranche]) -> set[tuple[str, str]]:
    """Name a tranche and all that have to be over before it may close."""
    names = {tranche.key}
    while tranche.after is not None:
        tranche = by_key[tranche.after]
        names.add(tranche.key)
    return names


def _holders(tranche: Tranche, decision: Decision) -> tuple[str, ...]:
    if decision.decided_by != ALL_OF_THEM:
        return (decision.decided_by,)
    return tuple(dict.fromkeys((*tranche.investors, tranche.others)))
