"""What a sweep is asked for, and the look at all its cases before anything is played."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from valsim.analysis.comparison.chosen import asked, formulas, main_holders
from valsim.analysis.several import expect_one_currency
from valsim.analysis.sweep.cases import Case
from valsim.analysis.sweep.plan import Held, Looked, Plan, look
from valsim.analysis.sweep.together import told_together
from valsim.analysis.sweep.workers import Workers
from valsim.core.progress import Meter, Progress
from valsim.core.sampler import SAMPLERS, SamplerName
from valsim.scenario.model import Scenario
from valsim.scenario.text.document import Document

OF_HOLDER = ("present_value", "moic", "probability_of_loss")
"""What is measured where nothing is asked for."""
FEW = 8
"""So few cases are looked at sooner than workers are started."""


@dataclass(frozen=True)
class Request:
    """Which cases of which documents are played, what is measured, and how; as of :func:`~valsim.analysis.sweep.sweep.sweep`."""

    documents: Mapping[str, Document]
    cases: tuple[Case, ...]
    base: Case
    measures: tuple[str, ...]
    anchor: Held
    overrides: tuple[str, ...]
    paths: int | None
    seed: int | None
    sampler: SamplerName | None
    workers: Workers


class Ready(NamedTuple):
    """A sweep in which nothing is wrong: what its cases share, the cases, the base among them, and what is known of each."""

    plan: Plan
    cases: tuple[Case, ...]
    base: Case
    looked: tuple[Looked, ...]
    first: Scenario
    """The scenario of the base."""


def ready(request: Request, tell: Progress) -> Ready:
    """Look at each case; nothing is played. ``tell`` is told how many were looked at, of how many.

    Raises :class:`~valsim.core.errors.ScenarioError` with the problems of all cases, each told once, and
    :class:`~valsim.core.errors.ValsimError` for cases in different currencies.
    """
    cases = request.cases
    plan = Plan(request.documents, request.overrides, request.measures, request.anchor, 1, 0, request.sampler)
    looked = _looked(plan, cases, request.workers, tell)
    wrong = {place: each.wrong for place, each in enumerate(looked) if each.wrong is not None}
    if wrong:
        raise told_together(wrong, cases)
    expect_one_currency((case.name, each.currency) for case, each in zip(cases, looked, strict=True))
    first = plan.scenario(request.base)
    paths = first.simulation.paths if request.paths is None else request.paths
    seed = first.simulation.seed if request.seed is None else request.seed
    return Ready(replace(plan, paths=paths, seed=seed), cases, request.base, looked, first)


def with_measures(found: Ready, holder: str) -> Ready:
    """Give the same with something to measure, those of a holder where nothing is asked for.

    Raises :class:`~valsim.core.errors.ValsimError` where there is no such holder.
    """
    if found.plan.measures:
        return found
    formulas([found.first], [], holder)
    whose = holder or main_holders(found.first)[0]
    measures = tuple(asked(measure, whose) for measure in OF_HOLDER)
    return found._replace(plan=replace(found.plan, measures=measures))


def expect_enough_paths(found: Ready) -> None:
    """Raise :class:`~valsim.core.errors.SimulationError` for fewer paths than the sampler of a case needs."""
    for sampler in dict.fromkeys(each.sampler for each in found.looked):
        SAMPLERS[sampler].check(found.plan.paths)


def expect_known(found: Ready, measure: str) -> None:
    """Raise :class:`~valsim.core.errors.ExpressionError` for a formula that was asked for and that no case knows."""
    place = found.plan.measures.index(measure)
    if not any(each.fits[place] for each in found.looked):
        found.plan.formulas[place].unit(found.first)


def _looked(plan: Plan, cases: Sequence[Case], workers: Workers, tell: Progress) -> tuple[Looked, ...]:
    meter = Meter(tell, len(cases))
    with (workers if len(cases) > FEW else Workers(1)).team(partial(look, plan), meter) as work:
        return tuple(work(cases))
