"""Whether a document that leaves a choice says who takes it, and how."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from valsim.captable.financing.closing import Closing
from valsim.captable.financing.tranche import alternatives
from valsim.core.block import nearest_help
from valsim.core.errors import Path, Problem
from valsim.core.policy import ALL_OF_THEM, OFFERED, QUESTIONS
from valsim.core.unit import ONE, Unit
from valsim.scenario.rules.context import Context
from valsim.scenario.rules.names import taken

ADVICE = "say who decides and how, e.g. decisions: {policy: myopic, decide_for: requisite_holders}"


def decision_problems(context: Context) -> Iterator[Problem]:
    """Report options that nobody decides about, clauses that contradict them, and those who decide without a say."""
    scenario = context.scenario
    for i, terms in enumerate(scenario.rounds):
        for j, closing in enumerate(terms.closings):
            yield from _closing(context, ("rounds", i, "closings", j), closing)
    if scenario.decisions is None:
        return
    there = {**scenario.drivers, **scenario.signals, **scenario.sectors}
    for name in (name for name in OFFERED if name in there):
        room = "drivers" if name in scenario.drivers else "signals" if name in scenario.signals else "sectors"
        yield from taken((room,), [name], OFFERED)
    if ALL_OF_THEM in context.all_holders:
        message = f"a holder is called {ALL_OF_THEM!r}, which stands for all investors of a closing as one"
        yield Problem(("decisions", "decide_for"), message, "give the holder another name", code="name")
    yield from _decider(context, scenario.decisions.decide_for)
    offered = {**context.units, **offered_units(context.currency)}
    for problem in scenario.decisions.problems(replace(context, units=offered)):
        yield problem.under(("decisions",))


def offered_units(currency: str) -> Mapping[str, Unit]:
    """Give the units of the terms that a decision adds to the rows of the company."""
    money = Unit.of(currency)
    return {**dict.fromkeys(OFFERED, money), "reprice_discount": ONE}


def _closing(context: Context, path: Path, closing: Closing) -> Iterator[Problem]:
    if closing.is_option and context.scenario.decisions is None:
        message = "an option is a right to walk away, and nothing says when it is used"
        yield Problem((*path, "if_met"), message, ADVICE)
    if closing.is_option and closing.default is not None:
        message = "an option obliges nobody, so nobody can default on it"
        yield Problem((*path, "default"), message, "leave it out, or write if_met: obligation", "key")
    if closing.if_walked and not closing.is_option:
        message = "without effect: only from an option may investors walk away"
        advice = "write if_met: option, or leave it out"
        yield Problem((*path, "if_walked"), message, advice, "key", "no_effect", severity="warning")
    if closing.is_option and closing.if_lapsed and not closing.if_walked:
        message = "a missed condition has effects, and investors who walk away from a met one have none"
        yield Problem((*path, "if_met"), message, "state if_walked if they do", code="no_effect", severity="warning")


def _decider(context: Context, name: str) -> Iterator[Problem]:
    tranches = context.scenario.tranches
    asked = [tranche for tranche in tranches if any(alternatives(tranche.closing, each) for each in QUESTIONS)]
    if name == ALL_OF_THEM:
        if not asked:
            message = "without effect: no closing leaves a choice"
            advice = "if_met: option gives one to fund or to walk away, a default clause or a waiver one too"
            yield Problem(("decisions",), message, advice, "key", "no_effect", severity="warning")
        return
    known = dict.fromkeys(
        each for tranche in asked if alternatives(tranche.closing, "met") for each in tranche.investors
    )
    if name not in known:
        message = f"{name!r} pays for no closing that leaves it a choice"
        advice = nearest_help(name, known) or f"there is {', '.join((ALL_OF_THEM, *known))}"
        yield Problem(("decisions", "decide_for"), message, advice, code="unknown_name")
