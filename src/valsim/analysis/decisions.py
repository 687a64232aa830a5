"""What those who pay for tranches decided, where a policy takes decisions."""

from collections.abc import Iterator

from valsim.analysis.spread import Plain, chance
from valsim.core.policy import ALL_OF_THEM, QUESTIONS, Decision
from valsim.result import Result


def decisions(result: Result) -> Plain | None:
    """Give who decided and how, and for each decision how often it came up and how often each alternative was chosen there.

    The chances are real-world. Nothing where the document is carried out as it is written.
    """
    taken = list(_taken(result))
    if not taken:
        return None
    told = [_told(result, decision) for decision in taken]
    return {"policy": result.manifest.policy, "decided_by": taken[0].decided_by, "taken": told}


def _taken(result: Result) -> Iterator[Decision]:
    said = result.scenario.decisions
    decided_by = ALL_OF_THEM if said is None else said.decide_for
    for tranche in result.scenario.tranches:
        for question in QUESTIONS:
            decision = tranche.decision(question, decided_by)
            if decision is not None and ("decision", *decision.key, "reached") in result.outcomes:
                yield decision


def _told(result: Result, decision: Decision) -> Plain:
    reached, choice = (result.outcomes["decision", *decision.key, each] for each in ("reached", "choice"))
    of = result.clusters
    chosen = {name: chance(choice[reached] == place, of[reached]) for place, name in enumerate(decision.alternatives)}
    return {
        "round": decision.round,
        "tranche": decision.closing,
        "question": decision.question,
        "asked": chance(reached, of),
        "chosen_if_asked": chosen,
    }
