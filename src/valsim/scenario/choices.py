"""What a document leaves to choose: the decisions in the order in which they come up, and whose money each is about."""

from typing import NamedTuple

from valsim.captable.financing.tranche import Tranche
from valsim.core.policy import ALL_OF_THEM, QUESTIONS, Decision
from valsim.scenario.model import Scenario


class Choice(NamedTuple):
    """A decision and those who take it, as one: the holders whose present value it is taken for."""

    decision: Decision
    holders: tuple[str, ...]


def choices(scenario: Scenario) -> tuple[Choice, ...]:
    """Give every decision of those who decide, by the day on which it is due at the latest."""
    decided_by = ALL_OF_THEM if scenario.decisions is None else scenario.decisions.decide_for
    found = (
        (tranche, tranche.decision(question, decided_by))
        for tranche in sorted(scenario.tranches, key=lambda tranche: tranche.last)
        for question in QUESTIONS
    )
    return tuple(Choice(decision, _holders(tranche, decision)) for tranche, decision in found if decision is not None)


def _holders(tranche: Tranche, decision: Decision) -> tuple[str, ...]:
    if decision.decided_by != ALL_OF_THEM:
        return (decision.decided_by,)
    return tuple(dict.fromkeys((*tranche.investors, tranche.others)))
