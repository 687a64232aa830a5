"""What one field alone cannot see: names, units, dates, correlations, sources. It only collects what each block reports."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from valsim.captable.opening import cap_table_problems
from valsim.core.block import Block, nearest_help
from valsim.core.effect import Effect
from valsim.core.errors import ExpressionError, Path, Problem
from valsim.core.expression import Expression
from valsim.core.parameter import Parameter, parameters
from valsim.core.streams import correlated
from valsim.core.unit import BOOL, ONE, Unit, parse_unit
from valsim.drivers.company import cycle
from valsim.scenario.model import Scenario

RESERVED = (
    "multiple",
    "cash",
    "debt",
    "cash_flow",
    "burn",
    "runway",
    "valued_revenue",
    "enterprise_value",
    "equity_value",
)
"""Rows that the engine makes; no driver or signal may take their names."""


@dataclass(frozen=True)
class Context:
    """What a block may ask about the document around it; its answers are problems, relative to the block."""

    scenario: Scenario
    units: Mapping[str, Unit]

    @property
    def currency(self) -> str:
        """The currency of the scenario."""
        return self.scenario.currency

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of the cap table."""
        return tuple(self.scenario.captable.classes)

    @property
    def has_pool(self) -> bool:
        """Whether the cap table has an option pool."""
        return any(security.is_pool for security in self.scenario.captable.classes.values())

    @property
    def shocked(self) -> tuple[str, ...]:
        """The processes that take shocks."""
        return tuple(name for name, process in self.scenario.processes.items() if process.shocks)

    @cached_property
    def holders(self) -> tuple[str, ...]:
        """The holders that may sell: those of the opening positions, and what nobody is named for."""
        return (*self.scenario.captable.positions, "other holders")

    @cached_property
    def closings(self) -> tuple[tuple[str, str], ...]:
        """Every closing as (round, closing)."""
        return tuple(tranche.key for tranche in self.scenario.tranches)

    def formula(self, path: Path, expression: Expression, unit: str | Unit) -> Iterator[Problem]:
        """Report unknown names in a formula, and a result in another unit."""
        wanted = parse_unit(unit)[1] if isinstance(unit, str) else unit
        try:
            given = expression.unit(self.units)
        except ExpressionError as error:
            yield Problem(path, error.message, error.help, code="expression", span=error.span)
            return
        if given != wanted:
            yield Problem(path, f"expected {_named(wanted)}, got {_named(given)}", code="unit")

    def condition(self, path: Path, expression: Expression | None) -> Iterator[Problem]:
        """Report a condition that is not one; none at all is fine."""
        return iter(()) if expression is None else self.formula(path, expression, BOOL)

    def amount(self, path: Path, value: Any, unit: str) -> Iterator[Problem]:
        """Report a formula in another unit; numbers were checked when they were read."""
        return self.formula(path, value, unit) if isinstance(value, Expression) else iter(())

    def effects(self, path: Path, effects: Mapping[str, Effect]) -> Iterator[Problem]:
        """Report effects on rows that do not exist or cannot be changed, and points in another unit."""
        changeable = self._changeable
        for target, effect in effects.items():
            if target not in changeable:
                help_text = (
                    nearest_help(target, changeable) or "drivers, their parameters and the multiple can be changed"
                )
                yield Problem((*path, target), f"no row {target!r} to change", help_text, "key", "unknown_name")
            elif isinstance(effect.plus, Parameter) and effect.plus.unit != changeable[target]:
                message = f"expected points in {_named(changeable[target])}, got {effect.plus.given!r}"
                yield Problem((*path, target), message, code="unit")

    def dated(self, path: Path, day: date) -> Iterator[Problem]:
        """Report a date outside the run."""
        if not self.scenario.as_of <= day <= self.scenario.end:
            yield Problem(
                path, f"{day} is outside the run, from {self.scenario.as_of} to {self.scenario.end}", code="date"
            )

    def under(self, path: Path, problem: Problem) -> Problem:
        """Give a problem of an inner block with the path that leads there."""
        return replace(problem, path=(*path, *problem.path))

    @cached_property
    def _changeable(self) -> dict[str, Unit]:
        return {
            name: unit
            for name, unit in self.units.items()
            if name.split(".")[0] in self.scenario.processes and not name.endswith(".start")
        }


def problems(scenario: Scenario) -> tuple[Problem, ...]:
    """Collect every problem of a document whose fields are each right, in the order of the document."""
    drivers = Context(scenario, _instant_units(scenario))
    everything = Context(scenario, row_units(scenario))
    found = [*_names(scenario), *_money(scenario), *_sources(scenario), *_formulas_in_a_circle(scenario)]
    found += (everything.under(("measure",), problem) for problem in scenario.measure.problems(everything))
    found += _of(scenario.drivers, ("drivers",), drivers)
    found += everything.formula(("cash_flow",), scenario.cash_flow, f"{scenario.currency}/year")
    found += [*_correlations(scenario), *_events(everything), *_valuation(everything)]
    found += [replace(p, path=("captable", *p.path)) for p in _cap_table(scenario)]
    found += _of(dict(enumerate(scenario.rounds)), ("rounds",), everything)
    found += [*_calendar(everything), *_of(scenario.exits, ("exits",), everything)]
    found += _of(scenario.positions, ("positions",), everything)
    return tuple(found)


def _of(blocks: Mapping[Any, Block], path: Path, context: Context) -> Iterator[Problem]:
    for name, block in blocks.items():
        for problem in block.problems(context):
            yield context.under((*path, name), problem)


def _instant_units(scenario: Scenario) -> dict[str, Unit]:
    money = Unit.of(scenario.currency)
    units = {name: process.level_unit for name, process in scenario.drivers.items()}
    for name, process in scenario.processes.items():
        units |= {f"{name}.{field}": unit for field, unit in _fields(process)}
    return {**dict.fromkeys(scenario.signals, BOOL), **units, "multiple": ONE, "cash": money, "debt": money}


def row_units(scenario: Scenario) -> dict[str, Unit]:
    """Give the unit of every row that an expression may read, by name."""
    money, year = Unit.of(scenario.currency), Unit.of("year")
    derived = {"cash_flow": money / year, "burn": money / year, "runway": year}
    derived |= {"valued_revenue": money / year, "enterprise_value": money, "equity_value": money}
    units = {**_instant_units(scenario), **derived}
    return {**{f"{name}.start": unit for name, unit in units.items() if "." not in name}, **units}


def _fields(process: Any) -> Iterator[tuple[str, Unit]]:
    for field in type(process).model_fields:
        value = getattr(process, field)
        if isinstance(value, Parameter):
            is_level = field in process.level_fields
            yield field, process.level_unit if is_level else value.unit


def _names(scenario: Scenario) -> Iterator[Problem]:
    for key, names in (("drivers", scenario.drivers), ("signals", scenario.signals)):
        for name in names:
            if name in RESERVED or (key == "signals" and name in scenario.drivers):
                yield Problem((key, name), f"the name {name!r} is taken", "give it another name", "key", "name")
            elif not name.isidentifier():
                message = f"a name is letters, digits and underscores, so that formulas can use it; got {name!r}"
                yield Problem((key, name), message, "", "key", "name")


def _money(scenario: Scenario) -> Iterator[Problem]:
    for path, parameter in parameters(scenario):
        foreign = [code for code in _currencies(parameter.unit) if code != scenario.currency]
        if foreign:
            message = f"amounts are in {scenario.currency}, got {parameter.given!r}"
            yield Problem(path, message, f"convert {foreign[0]} at a dated rate and say so in a note", code="currency")


def _currencies(unit: Unit) -> tuple[str, ...]:
    return (*unit.currencies, *(ONE / unit).currencies)


def _sources(scenario: Scenario) -> Iterator[Problem]:
    for path, parameter in parameters(scenario):
        for part in (parameter, *parameter.readings):
            for key in part.sources:
                yield from _cited(scenario, path, key)


def _cited(scenario: Scenario, path: Path, key: str) -> Iterator[Problem]:
    if key not in scenario.sources:
        yield Problem((*path, "source"), f"no source {key!r}", nearest_help(key, scenario.sources), code="source")
    elif scenario.sources[key].date > scenario.as_of:
        message = f"the source {key!r} is dated {scenario.sources[key].date}, after the scenario's {scenario.as_of}"
        yield Problem((*path, "source"), message, "a scenario knows only what was published by then", code="source")


def _formulas_in_a_circle(scenario: Scenario) -> Iterator[Problem]:
    circle = tuple(cycle(scenario.processes))
    if circle:
        yield Problem(("drivers", circle[0]), f"formulas need each other: {' -> '.join(circle)}", "", "key", "cycle")


def _correlations(scenario: Scenario) -> Iterator[Problem]:
    shocked = [name for name, process in scenario.processes.items() if process.shocks]
    drawn = [".".join(map(str, path)) for path, p in parameters(scenario) if not p.known]
    drawn += [name.removeprefix("drivers.").removeprefix("valuation.") for name in drawn]
    pairs = scenario.correlations
    yield from _pairs(pairs.shocks, shocked, ("correlations", "shocks"), "a driver with shocks")
    yield from _pairs(pairs.parameters, drawn, ("correlations", "parameters"), "a parameter with a distribution")


def _pairs(pairs: Iterable[tuple[str, str, float]], known: Iterable[str], path: Path, what: str) -> Iterator[Problem]:
    pairs, known, broken = list(pairs), list(known), False
    for i, (a, b, rho) in enumerate(pairs):
        for name in (a, b):
            if name not in known:
                broken = True
                yield Problem((*path, i), f"{name!r} is not {what}", nearest_help(name, known), code="unknown_name")
        if not -1 <= rho <= 1 or a == b:
            broken = True
            yield Problem((*path, i), f"expected a correlation of two names between -1 and 1, got {[a, b, rho]}")
    if not broken:
        yield from _not_semidefinite(pairs, path)


def _not_semidefinite(pairs: list[tuple[str, str, float]], path: Path) -> Iterator[Problem]:
    for i in range(len(pairs)):
        try:
            correlated(pairs[: i + 1])
        except ValueError:
            message = "no random numbers have these correlations together: the matrix is not positive semidefinite"
            yield Problem(
                (*path, i), message, "this pair contradicts the ones above it; weaken one of them", code="correlation"
            )
            return


def _events(context: Context) -> Iterator[Problem]:
    for name, signal in context.scenario.signals.items():
        yield from (context.under(("signals", name), p) for p in context.dated(("at",), signal.at))
        yield from (context.under(("signals", name), p) for p in context.effects(("if_true",), signal.if_true))
        yield from (context.under(("signals", name), p) for p in context.effects(("if_false",), signal.if_false))
    for name, risk in context.scenario.risks.items():
        yield from (context.under(("risks", name), p) for p in context.effects(("effect",), risk.effect))


def _valuation(context: Context) -> Iterator[Problem]:
    valuation = context.scenario.valuation
    yield from (
        context.under(("valuation", "enterprise_value"), p) for p in valuation.enterprise_value.problems(context)
    )
    yield from (context.under(("valuation", "multiple"), p) for p in valuation.multiple.problems(context))
    if valuation.multiple.level_unit != ONE:
        yield Problem(
            ("valuation", "multiple"), f"a multiple is a plain number, got {valuation.multiple.level_unit}", code="unit"
        )


def _cap_table(scenario: Scenario) -> Iterator[Problem]:
    yield from cap_table_problems(scenario.captable.classes, scenario.captable.positions)
    priced = [c for c in scenario.captable.classes.values() if c.issued is not None]
    if scenario.valuation.anchor == "last_round" and not priced:
        message = "the anchor needs a class with the date and the price of its issue"
        yield Problem(("classes",), message, "say when each was issued, or anchor: none", "key")
    for name, security in scenario.captable.classes.items():
        if security.issued is not None and security.issued > scenario.as_of:
            yield Problem(
                ("classes", name, "issued"), f"{security.issued} is after the scenario's {scenario.as_of}", code="date"
            )


def _calendar(context: Context) -> Iterator[Problem]:
    for i, terms in enumerate(context.scenario.rounds):
        for j, closing in enumerate(terms.closings):
            path = ("rounds", i, "closings", j)
            days = [("at", closing.at)] if closing.at else [("between", day) for day in closing.between or ()]
            for key, day in days:
                yield from context.dated((*path, key), day)


def _named(unit: Unit) -> str:
    return "a condition" if unit == BOOL else "a plain number" if unit == ONE else str(unit)
