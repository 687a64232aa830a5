"""Whether every number is in the scenario's currency and its sources exist, dated on or before the scenario's start."""

from collections.abc import Iterator

from valsim.core.block import nearest_help
from valsim.core.errors import Path, Problem
from valsim.core.parameter import Parameter
from valsim.core.unit import ONE
from valsim.core.walk import walk
from valsim.scenario.model import Scenario


def foreign_currency(scenario: Scenario) -> str:
    """Give the one currency that all amounts are in, where there are several and it is not the scenario's; or nothing."""
    codes = [code for _, value in walk(scenario) if isinstance(value, Parameter) for code in _currencies(value)]
    return codes[0] if len(codes) > 1 and {*codes} == {codes[0]} - {scenario.currency} else ""


def currency_problem(scenario: Scenario, foreign: str) -> Problem:
    """Say once that all amounts are in another currency."""
    message = f"the file says {scenario.currency}, and every amount in it is in {foreign}"
    advice = f"write currency: {foreign}, or convert all amounts into {scenario.currency}, those in formulas too"
    return Problem(("currency",), message, advice, code="currency")


def number_problems(scenario: Scenario) -> Iterator[Problem]:
    """Report amounts in another currency and unknown sources; warn of later sources and of bounds that move a number far."""
    for path, value in walk(scenario):
        if isinstance(value, Parameter):
            yield from _currency(scenario, path, value)
            yield from _sources(scenario, path, value)
            yield from _distance(path, value)


def _currency(scenario: Scenario, path: Path, parameter: Parameter) -> Iterator[Problem]:
    foreign = [code for code in _currencies(parameter) if code != scenario.currency]
    if foreign:
        message = f"amounts are in {scenario.currency}, got {parameter.given!r}"
        yield Problem(path, message, f"convert {foreign[0]} at a dated rate and say so in a note", code="currency")


def _currencies(parameter: Parameter) -> tuple[str, ...]:
    return (*parameter.unit.currencies, *(ONE / parameter.unit).currencies)


def _distance(path: Path, parameter: Parameter) -> Iterator[Problem]:
    distance = parameter.distribution.distance_from_stated(parameter.unit)
    if distance:
        message = f"the bounds cut far into the distribution: {distance}"
        way_out = "quantiles are those before the bounds cut: state them closer together, or widen the bounds"
        yield Problem(path, message, way_out, code="bounds", severity="warning")


def _sources(scenario: Scenario, path: Path, parameter: Parameter) -> Iterator[Problem]:
    for key in parameter.sources:
        yield from _cited(scenario, (*path, "source"), key)
    for index, reading in enumerate(parameter.readings):
        yield from _sources(scenario, (*path, "conflict", index), reading)


def _cited(scenario: Scenario, path: Path, key: str) -> Iterator[Problem]:
    known = scenario.sources
    if key not in known:
        yield Problem(path, f"no source {key!r}", nearest_help(key, known), code="source")
    elif known[key].date > scenario.as_of:
        message = f"the source {key!r} is dated {known[key].date}, after the scenario's {scenario.as_of}"
        advice = "a scenario knows only what was published by then: what it says may be hindsight"
        yield Problem(path, message, advice, code="hindsight", severity="warning")
