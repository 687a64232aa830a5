"""The problems of many cases told together: each once, with the cases that have it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from valsim.analysis.sweep.cases import Case
from valsim.core.errors import Problem, ScenarioError
from valsim.scenario.report_problems import Report, report_placed
from valsim.scenario.text.document import Placed, Region, Source

NAMED = 3
"""So many of the cases that share a problem are named."""


def told_together(wrong: Mapping[int, Report], cases: Sequence[Case]) -> ScenarioError:
    """Make the error that carries the problems of cases, given by the place of the case."""
    found: dict[tuple[Problem, Region], list[str]] = {}
    sources: dict[Source, int] = {}
    for place, each in wrong.items():
        moved = [sources.setdefault(source, len(sources)) for source in each.sources]
        for problem, region in each.placed:
            found.setdefault((problem, region._replace(source=moved[region.source])), []).append(cases[place].name)
    placed = [Placed(_said(problem, names, len(cases)), region) for (problem, region), names in found.items()]
    report = report_placed(placed, [*sources])
    return ScenarioError(tuple(item.problem for item in report.placed), report)


def _said(problem: Problem, names: Sequence[str], cases: int) -> Problem:
    if len(names) == cases:
        return problem
    word = "case" if len(names) == 1 else "cases"
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return replace(problem, message=f"{problem.message} ({word} {'; '.join(names[:NAMED])}{more})")
