"""What one field alone cannot see: names, units, dates, sources. It only collects what each block and each rule reports."""

from collections.abc import Iterator, Mapping
from typing import Any

from valsim.captable.ledger import OTHERS, UNISSUED
from valsim.captable.security import Security
from valsim.core.block import Block
from valsim.core.errors import Path, Problem
from valsim.core.expression.tokens import KEYWORDS
from valsim.core.parameter import FORM_KEYS, Parameter, middle
from valsim.core.timeline import DAYS_A_YEAR
from valsim.core.unit import ONE
from valsim.drivers.company import cycle
from valsim.drivers.signal import BELIEF
from valsim.scenario.compose.variant import case_problems, variant_problems
from valsim.scenario.model import Scenario
from valsim.scenario.rules.captable import cap_table_rules
from valsim.scenario.rules.compute_credits import credit_problems
from valsim.scenario.rules.context import Context
from valsim.scenario.rules.correlations import correlation_problems
from valsim.scenario.rules.crowded_risks import crowded_risk_problems
from valsim.scenario.rules.decisions import decision_problems
from valsim.scenario.rules.exchange_rates import exchange_rate_problems
from valsim.scenario.rules.hot_multiple import hot_multiple
from valsim.scenario.rules.last_round import last_round_problems
from valsim.scenario.rules.names import taken
from valsim.scenario.rules.percentages import percentage_problems
from valsim.scenario.rules.provenance import currency_problem, foreign_currency, number_problems
from valsim.scenario.rules.rights import right_problems
from valsim.scenario.rules.rounds import round_problems
from valsim.scenario.rules.row_units import derived_units, level_units, row_units
from valsim.scenario.rules.sampler import sampler_problems
from valsim.scenario.rules.sectors import sector_problems
from valsim.scenario.rules.unused import unused_problems
from valsim.scenario.rules.use_of_proceeds import use_problems

LONGEST = 100
"""Years that a run lasts at most, an extension included."""
CIRCLE = "break the circle with a driver that has a level of its own, such as a stock: it reads the step before"
"""What to do about formulas that need each other."""
FROM_CASH_FLOW = frozenset({"cash_flow", "burn", "runway"})
"""The rows that follow from the cash flow."""
STILL_PRIVATE = "still_private"
"""What the companies are called that have not ended at the horizon."""


def problems(scenario: Scenario, case: str = "") -> tuple[Problem, ...]:
    """Collect every problem of a document whose fields are each right: what is wrong, and what is legal but suspicious.

    ``case`` names the variant whose changes the scenario holds.
    """
    # Without a calendar nothing that is dated can be checked.
    found = tuple(_span(scenario)) or (
        *_in_one_currency(scenario),
        *case_problems(scenario.variants, case, scenario.valuation.anchor),
    )
    # A path is followed only where nothing is wrong.
    return found if any(each.severity == "error" for each in found) else (*found, *hot_multiple(scenario))


def warnings(scenario: Scenario, case: str = "") -> tuple[Problem, ...]:
    """Collect what is legal but suspicious, such as a step down between the closings of a round."""
    return tuple(problem for problem in problems(scenario, case) if problem.severity == "warning")


def _span(scenario: Scenario) -> Iterator[Problem]:
    lasts = {("horizon",): scenario.horizon, ("at_horizon", "by"): scenario.at_horizon.extension}
    for path, years in lasts.items():
        if isinstance(years, Parameter) and not years.known:
            message = f"expected one duration, got a distribution: {years.given!r}"
            yield Problem(path, message, "the time grid is the same on every path")
    total = sum(map(middle, lasts.values()))
    if total > LONGEST or scenario.as_of.year + total > 9998:
        message = f"expected a run of at most {LONGEST} years and an end before the year 9999, got {total:g} years"
        yield Problem(("horizon",), message)
    elif middle(scenario.horizon) * DAYS_A_YEAR < 1:
        yield Problem(("horizon",), "expected a horizon of at least a day")


def _in_one_currency(scenario: Scenario) -> Iterator[Problem]:
    foreign = foreign_currency(scenario)
    if foreign:
        yield currency_problem(scenario, foreign)
    # All else is checked in the currency of the amounts, so that one slip is told once.
    yield from _found(scenario.but(currency=foreign or scenario.currency))


def _found(scenario: Scenario) -> Iterator[Problem]:
    instant, everything = Context(scenario, level_units(scenario)), Context(scenario, row_units(scenario))
    yield from _names(scenario)
    yield from sampler_problems(scenario.simulation)
    yield from variant_problems(scenario.variants)
    yield from number_problems(scenario, scenario.exchange_rates)
    yield from exchange_rate_problems(scenario)
    yield from percentage_problems(scenario)
    yield from _circles(scenario)
    yield from _of({"measure": scenario.measure}, (), everything)
    yield from _of(scenario.drivers, ("drivers",), instant)
    yield from _of(scenario.sectors, ("sectors",), instant)
    yield from everything.formula(("cash_flow",), scenario.cash_flow, f"{scenario.currency}/year")
    yield from correlation_problems(scenario)
    yield from _of(scenario.signals, ("signals",), instant)
    yield from _of(scenario.risks, ("risks",), everything)
    yield from crowded_risk_problems(scenario)
    yield from _valuation(everything, instant)
    yield from _cap_table(everything)
    yield from _of(dict(enumerate(scenario.rounds)), ("rounds",), everything)
    yield from round_problems(everything)
    yield from decision_problems(everything)
    yield from use_problems(everything)
    yield from last_round_problems(scenario)
    yield from credit_problems(scenario)
    yield from right_problems(everything)
    yield from unused_problems(scenario)
    yield from _of(scenario.exits, ("exits",), everything)
    yield from _of(scenario.positions, ("positions",), everything)
    yield from _vehicles(scenario)
    if scenario.base_rates is not None:
        yield from _of({"base_rates": scenario.base_rates}, (), everything)


def _of(blocks: Mapping[Any, Block], path: Path, context: Context) -> Iterator[Problem]:
    for name, block in blocks.items():
        for problem in block.problems(context):
            yield problem.under((*path, name))


def _names(scenario: Scenario) -> Iterator[Problem]:
    derived = {"multiple", "cash", "debt", *(row.split(".")[0] for row in derived_units(scenario))}
    # A mapping from such a name to a text would be taken for a number.
    yield from taken(("drivers",), scenario.drivers, FORM_KEYS)
    yield from taken(("drivers",), scenario.drivers, derived)
    yield from taken(("signals",), scenario.signals, derived | scenario.drivers.keys())
    yield from taken(("sectors",), scenario.sectors, derived | scenario.drivers.keys() | scenario.signals.keys())
    yield from _unreadable(("drivers",), scenario.drivers)
    yield from _unreadable(("signals",), scenario.signals)
    yield from _unreadable(("sectors",), scenario.sectors)
    yield from _unreadable(("use_of_proceeds",), scenario.use_of_proceeds)
    yield from taken(("exits",), scenario.exits, {STILL_PRIVATE})
    yield from taken(("positions",), scenario.positions, {OTHERS, UNISSUED})


def _unreadable(path: Path, names: Mapping[str, Any]) -> Iterator[Problem]:
    for name in (name for name in names if not name.isidentifier() or name in KEYWORDS):
        message = f"a name is letters, digits and underscores, so that formulas can use it; got {name!r}"
        yield Problem((*path, name), message, "", "key", "name")


def _circles(scenario: Scenario) -> Iterator[Problem]:
    circle = tuple(cycle({**scenario.processes, **scenario.beliefs}))
    if circle:
        signal = circle[0].removesuffix(BELIEF)
        path = ("signals", signal, "probability") if circle[0] in scenario.beliefs else _place(circle[0])
        yield Problem(path, f"formulas need each other: {' -> '.join(circle)}", CIRCLE, "key", "cycle")
    for name in sorted(name for name in scenario.cash_flow.names if name.removesuffix(".start") in FROM_CASH_FLOW):
        message = f"the cash flow would be made of itself: {name!r} follows from it"
        yield Problem(("cash_flow",), message, "read drivers, or the cash", code="cycle")


def _place(row: str) -> Path:
    return ("valuation", "multiple") if row == "multiple" else ("drivers", row)


def _vehicles(scenario: Scenario) -> Iterator[Problem]:
    # Carry is due on all that a holder makes, and a sale to oneself would hide its costs.
    named = {name for terms in scenario.rounds for closing in terms.closings for name in closing.investors}
    for name, purchase in scenario.positions.items():
        if getattr(purchase, "seller", None) == name:
            yield Problem(("positions", name, "seller"), f"{name!r} would buy from itself", code="name")
        elif name in {*scenario.captable.positions, *named} and _may_be_due(purchase.carry):
            message = f"{name!r} holds or buys other shares too, and carry would be due on all of them"
            yield Problem(("positions", name), message, "give the buyer another name", "key", "name")


def _may_be_due(carry: Any) -> bool:
    return not carry.known or carry.middle > 0


def _valuation(context: Context, instant: Context) -> Iterator[Problem]:
    valuation, path = context.scenario.valuation, ("valuation", "multiple")
    yield from _of({"enterprise_value": valuation.enterprise_value}, ("valuation",), context)
    yield from _of({"multiple": valuation.multiple}, ("valuation",), instant)
    yield from sector_problems(context.scenario)
    if valuation.multiple.level_field not in type(valuation.multiple).model_fields:
        message = "a multiple has a level of its own, which the anchor scales; this kind has none"
        yield Problem(path, message, "choose another kind, such as mean_reverting", code="kind")
    elif valuation.multiple.level_unit != ONE:
        yield Problem(path, f"a multiple is a plain number, got {valuation.multiple.level_unit}", code="unit")


def _cap_table(context: Context) -> Iterator[Problem]:
    scenario, classes = context.scenario, context.scenario.captable.classes
    for problem in cap_table_rules(scenario.captable, scenario.as_of):
        yield problem.under(("captable",))
    if scenario.captable.debt and middle(scenario.company.debt) > 0:
        message = "captable.debt lists what the company owes, and debt states it again"
        yield Problem(("company", "debt"), message, "write debt: 0 here, or move all of it to captable.debt")
    for i, split in enumerate(scenario.captable.splits):
        yield from context.dated(("captable", "splits", i, "at"), split.at)
    if scenario.valuation.anchor == "last_round":
        yield from _undated(classes)


def _undated(classes: Mapping[str, Security]) -> Iterator[Problem]:
    priced = {name: security for name, security in classes.items() if security.is_priced}
    if not priced:
        message = "the anchor needs a class with the date and the price of its issue"
        yield Problem(("captable", "classes"), message, "state them, or anchor: none", "key")
    for name in (name for name, security in priced.items() if security.issued is None):
        message = "the anchor is the class that was priced last, and this one has a price without a date"
        yield Problem(("captable", "classes", name), message, "say when it was issued, or anchor: none", "key")
