"""Every case of a file, checked: the file as it is written and each of its variants, each problem once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from valsim.core.errors import Problem, ScenarioError
from valsim.scenario.check import warnings
from valsim.scenario.document import Document, Placed, Region
from valsim.scenario.load import as_played, scenario_of
from valsim.scenario.model import Scenario
from valsim.scenario.report_problems import Report, report, report_placed
from valsim.scenario.variant import BASE, variant_names

_OF_ALL = "unused"
"""The code of what is suspicious only where it holds in every case: a source may be cited by one variant alone."""


class Checked(NamedTuple):
    """Some cases by name, and what is suspicious in any of them."""

    scenarios: Mapping[str, Scenario]
    warnings: Report


def case_names(document: Document) -> tuple[str, ...]:
    """Give the names of all cases of a document, the file as it is written first."""
    return (BASE, *variant_names(document))


def checked(document: Document, overrides: Sequence[str], names: Sequence[str]) -> Checked:
    """Check some cases of a document that was read; raise :class:`ScenarioError` with the problems of all of them."""
    scenarios: dict[str, Scenario] = {}
    wrong: dict[str, Report] = {}
    suspicious: dict[str, Report] = {}
    for name in names:
        try:
            played = as_played(document, overrides, name)
            scenarios[name] = scenario_of(played)
            suspicious[name] = report(warnings(scenarios[name]), played)
        except ScenarioError as error:
            wrong[name] = error.report
    if wrong:
        told = _together(wrong, names)
        raise ScenarioError(tuple(item.problem for item in told.placed), told)
    return Checked(scenarios, _together(suspicious, names))


def _together(reports: Mapping[str, Report], names: Sequence[str]) -> Report:
    """Give each problem of several cases once; one that the first case has not says which have."""
    found: dict[tuple[Problem, Region], list[str]] = {}
    for name, each in reports.items():
        for placed in each.placed:
            found.setdefault((placed.problem, placed.region), []).append(name)
    kept = {placed: cases for placed, cases in found.items() if _counts(placed[0], placed[1], cases, names)}
    told = [Placed(_said_of(problem, cases, names), region) for (problem, region), cases in kept.items()]
    return report_placed(told, next(iter(reports.values())).sources)


def _counts(problem: Problem, region: Region, cases: list[str], names: Sequence[str]) -> bool:
    # What a file extends may hold more than one scenario needs.
    return problem.code != _OF_ALL or (len(cases) == len(names) and region.source == 0)


def _said_of(problem: Problem, cases: list[str], names: Sequence[str]) -> Problem:
    if names[0] in cases:
        return problem
    word = "variant" if len(cases) == 1 else "variants"
    return replace(problem, message=f"{problem.message} ({word} {', '.join(cases)})")
