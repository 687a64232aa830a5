"""Whether credits pay for something that exists, and are paid in by investors who take part."""

from collections.abc import Iterator

from valsim.captable.financing.closing import Closing
from valsim.core.errors import Path, Problem
from valsim.core.unit import Unit
from valsim.drivers.use_of_proceeds import budget_units
from valsim.scenario.model import Scenario
from valsim.scenario.rules.context import Context
from valsim.scenario.rules.row_units import level_units


def credit_problems(scenario: Scenario) -> Iterator[Problem]:
    """Report credits that pay for nothing, or that come from nobody."""
    yield from _compute(scenario)
    for i, terms in enumerate(scenario.rounds):
        for j, closing in enumerate(terms.closings):
            yield from _in_kind(("rounds", i, "closings", j, "in_kind"), closing, scenario)


def _compute(scenario: Scenario) -> Iterator[Problem]:
    terms, path = scenario.compute_credits, ("compute_credits",)
    if terms is None:
        return
    # What follows from the cash flow cannot be part of it.
    units = level_units(scenario) | budget_units(scenario.use_of_proceeds, Unit.of(scenario.currency))
    yield from (problem.under(path) for problem in terms.problems(Context(scenario, units)))
    paid_in = any(closing.in_kind for each in scenario.rounds for closing in each.closings)
    if not terms.opening and not paid_in:
        message = "without effect: the company has no credits at the start, and no investor pays in kind"
        yield Problem(path, message, "add opening, or in_kind to a closing", "key", "no_effect", severity="warning")


def _in_kind(path: Path, closing: Closing, scenario: Scenario) -> Iterator[Problem]:
    if closing.in_kind and scenario.compute_credits is None:
        message = "the scenario does not say what compute these credits pay for"
        advice = "e.g. compute_credits: {pay_for: inferences * cost_per_inference}"
        yield Problem(path, message, advice, "key")
    for name in (name for name in closing.in_kind if name not in closing.investors):
        known = ", ".join(closing.investors)
        message = f"credits come from an investor of the closing, and {name!r} is none"
        advice = f"there is {known}" if known else "name it under investors"
        yield Problem((*path, name), message, advice, "key", "unknown_name")
