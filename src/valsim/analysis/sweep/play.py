"""One case of a sweep, played and measured: numbers come back, never paths."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from valsim.analysis.comparison.chosen import fits
from valsim.analysis.measured import Measured
from valsim.analysis.sweep.cases import Case
from valsim.analysis.sweep.plan import Plan
from valsim.core.errors import SimulationError
from valsim.execution.executor import Elsewhere
from valsim.result import Anchor, Estimate, Manifest
from valsim.scenario.load import judged_before
from valsim.simulate import simulate

Values = Mapping[str, Measured | None]
"""Measured numbers by formula; one that the case does not know is nothing."""


class Task(NamedTuple):
    """A case to play, and the scale of its opening multiple if another case was played at it before."""

    case: Case
    anchor: Anchor | None = None


@dataclass(frozen=True)
class Swept:
    """A case that was played: its numbers by formula, how far each is from that of the base, and at which scale it was played.

    A number that does not exist is nothing. ``failed`` says why a case has none at all.
    """

    case: Case
    values: Mapping[str, Estimate | None] = field(default_factory=dict)
    differences: Mapping[str, Estimate | None] = field(default_factory=dict)
    anchor: Anchor | None = None
    input_hash: str = ""
    seconds: float = 0.0
    failed: str = ""


def swept(plan: Plan, base: Values, task: Task, threads: int = 1, executor: Elsewhere | None = None) -> Swept:
    """Play a case and compare it with the base, path by path; one that cannot be played says why."""
    return _swept(plan, base, task, threads, executor)[0]


def swept_as_base(plan: Plan, task: Task, threads: int, executor: Elsewhere | None) -> tuple[Swept, Values]:
    """Play the case that the others are compared with; give its rows too, or none where it cannot be played."""
    return _swept(plan, None, task, threads, executor)


def _swept(
    plan: Plan, base: Values | None, task: Task, threads: int, executor: Elsewhere | None
) -> tuple[Swept, Values]:
    started = time.perf_counter()
    try:
        manifest, values = _played(plan, task, threads, executor)
    except SimulationError as error:
        return Swept(task.case, failed=_why(plan, task.case, error), seconds=time.perf_counter() - started), {}
    other = values if base is None else base
    away = {text: _less(value, other.get(text)) for text, value in values.items()}
    estimates, differences = ({text: _estimate(value) for text, value in each.items()} for each in (values, away))
    seconds = time.perf_counter() - started
    return Swept(task.case, estimates, differences, manifest.anchor, manifest.input_hash, seconds), values


def _played(plan: Plan, task: Task, threads: int, executor: Elsewhere | None) -> tuple[Manifest, Values]:
    scenario = plan.scenario(task.case, judged_before)
    result = simulate(
        scenario,
        paths=plan.paths,
        seed=plan.seed,
        sampler=plan.sampler,
        threads=threads,
        executor=executor,
        anchor=task.anchor,
        kept=0,
    )
    values = {each.text: each(result) if fits(each, scenario) else None for each in plan.formulas}
    return result.manifest, values


def _less(value: Measured | None, base: Measured | None) -> Measured | None:
    return None if value is None or base is None else value - base


def _estimate(value: Measured | None) -> Estimate | None:
    return None if value is None else Estimate(float(value.value), value.standard_error)


def _why(plan: Plan, case: Case, error: SimulationError) -> str:
    if not error.path:
        return str(error)
    document = plan.document(case)
    region = document.locate(error.path, "key")
    return f"{document.sources[region.source].place(region.start)}  {error}"
