"""Every case of a file, checked: the file as it is written and each of its variants, each problem once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from valsim.core.errors import Problem, ScenarioError
from valsim.scenario.compose.variant import BASE, variant_names
from valsim.scenario.load import Judged, as_played, judged, scenario_of
from valsim.scenario.model import Scenario
from valsim.scenario.report_problems import Report, once, report, report_placed
from valsim.scenario.rules.thousands import thousands_problems
from valsim.scenario.text.document import Document, Placed, Region

_OF_ALL = "unused"
"""The code of what is suspicious only where every case was looked at and it holds in each: one variant alone may cite a source."""


class Checked(NamedTuple):
    """Some cases by name, and what is suspicious in any of them."""

    scenarios: Mapping[str, Scenario]
    documents: Mapping[str, Document]
    warnings: Report


def case_names(document: Document) -> tuple[str, ...]:
    """Give the names of all cases of a document, the file as it is written first."""
    return (BASE, *variant_names(document))


def checked(document: Document, overrides: Sequence[str], names: Sequence[str]) -> Checked:
    """Check some cases of a document that was read; raise :class:`ScenarioError` with the problems of all of them."""
    scenarios: dict[str, Scenario] = {}
    documents: dict[str, Document] = {}
    wrong: dict[str, Report] = {}
    suspicious: dict[str, Report] = {}

    @cache
    def base() -> Scenario:
        return scenarios.get(BASE) or scenario_of(as_played(document, overrides))

    for name in names:
        try:
            documents[name] = replace(as_played(document, overrides, name), base=base)
            case = judged(documents[name])
            scenarios[name] = case.scenario
            found = _suspicious(case, documents[name], overrides)
            suspicious[name] = report(once(found, documents[name]), documents[name])
        except ScenarioError as error:
            wrong[name] = error.report
    if wrong:
        told = _together(wrong, names, case_names(document))
        raise ScenarioError(tuple(item.problem for item in told.placed), told)
    return Checked(scenarios, documents, _together(suspicious, names, case_names(document)))


def _suspicious(case: Judged, document: Document, overrides: Sequence[str]) -> list[Problem]:
    found = [*case.warnings, *thousands_problems(case.scenario, document)]
    # A number that is changed on the command line no longer cites its source, and the file is right all the same.
    return [warning for warning in found if not (overrides and warning.code == _OF_ALL)]


def _together(reports: Mapping[str, Report], names: Sequence[str], every: Sequence[str]) -> Report:
    """Give each problem of several cases once; one that the first case has not says which have."""
    found: dict[tuple[Problem, Region], list[str]] = {}
    # A case may read files that another does not, so a source has not the same index in each report.
    sources = tuple(dict.fromkeys(source for each in reports.values() for source in each.sources))
    for name, each in reports.items():
        for problem, region in each.placed:
            moved = region._replace(source=sources.index(each.sources[region.source]))
            found.setdefault((problem, moved), []).append(name)
    kept = {placed: cases for placed, cases in found.items() if _counts(*placed, cases, every)}
    told = [Placed(_said_of(problem, cases, names), region) for (problem, region), cases in kept.items()]
    return report_placed(told, sources)


def _counts(problem: Problem, region: Region, cases: list[str], every: Sequence[str]) -> bool:
    # What a file extends may hold more than one scenario needs.
    return problem.code != _OF_ALL or (len(cases) == len(every) and region.source == 0)


def _said_of(problem: Problem, cases: list[str], names: Sequence[str]) -> Problem:
    if names[0] in cases:
        return problem
    word = "variant" if len(cases) == 1 else "variants"
    return replace(problem, message=f"{problem.message} ({word} {', '.join(cases)})")
