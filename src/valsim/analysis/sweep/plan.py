"""What all cases of a sweep share, and how one is made from it; and a look at a case before anything is played."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

from valsim.analysis.comparison.chosen import fits
from valsim.analysis.formula import Formula
from valsim.analysis.sweep.cases import Case, Start
from valsim.core.errors import ScenarioError
from valsim.core.sampler import SamplerName
from valsim.scenario.load import as_played, scenario_of
from valsim.scenario.model import Scenario
from valsim.scenario.report_problems import Report
from valsim.scenario.text.document import Document

Held: TypeAlias = Literal["solved", "held"]
"""Whether each case is scaled to its own last price, or keeps the scale of its scenario as it stands without the swept values."""


@dataclass(frozen=True)
class Plan:
    """What all cases share. It is small and travels to whoever plays them; a case is made where it is played."""

    documents: Mapping[str, Document]
    overrides: tuple[str, ...]
    measures: tuple[str, ...]
    """What is measured of each case, as formulas are written."""
    anchor: Held
    paths: int
    seed: int
    sampler: SamplerName | None
    origins: dict[Start, Scenario] = field(default_factory=dict, repr=False, compare=False)
    """The scenarios without swept values that were made already."""

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """What is measured, read."""
        return tuple(map(_read, self.measures))

    def document(self, case: Case) -> Document:
        """Give the document of a case."""
        return self._played(case.start, *case.settings)

    def scenario(self, case: Case, made: Callable[[Document], Scenario] = scenario_of) -> Scenario:
        """Give the scenario of a case as it is ``made``; raise :class:`~valsim.core.errors.ScenarioError` with every problem of it.

        With ``anchor`` ``held`` it is one that is anchored by its scenario as it stands, as a variant with ``anchor: base`` is.
        """
        found = made(self.document(case))
        if self.anchor == "solved" or found.valuation.anchor == "none":
            return found
        return found.anchored_by(self.origin(case.start).anchored_as)

    def origin(self, start: Start) -> Scenario:
        """Give a scenario without swept values."""
        if start not in self.origins:
            self.origins[start] = scenario_of(self._played(start))
        return self.origins[start]

    def _played(self, start: Start, *settings: str) -> Document:
        return as_played(self.documents[start.source], (*self.overrides, *settings), start.variant)


@cache
def _read(measure: str) -> Formula:
    return Formula.parse(measure)


class Looked(NamedTuple):
    """What is known of a case before it is played: what is wrong in it, or its currency, how its random numbers are drawn, which
    formulas it knows, and what its scale is solved on, as a mark that is equal for equal scenarios; nothing where nothing is scaled.
    """

    wrong: Report | None
    currency: str = ""
    sampler: SamplerName = "pseudo"
    fits: tuple[bool, ...] = ()
    scaled_as: str = ""


def look(plan: Plan, case: Case) -> Looked:
    """Look at a case."""
    try:
        scenario = plan.scenario(case)
    except ScenarioError as error:
        return Looked(error.report)
    known = tuple(fits(formula, scenario) for formula in plan.formulas)
    return Looked(None, scenario.currency, plan.sampler or scenario.simulation.sampler, known, _mark(scenario))


def _mark(scenario: Scenario) -> str:
    if scenario.valuation.anchor == "none":
        return ""
    return hashlib.sha256(scenario.anchored_as.in_full.encode()).hexdigest()
