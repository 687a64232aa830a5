"""A sweep: a grid or a list of cases, each played on the same random numbers, and what each is measured to be."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatch
from pathlib import Path
from typing import Any, TypeAlias, get_args

from valsim.analysis.formula import Formula
from valsim.analysis.several import by_name
from valsim.analysis.sweep.ask import Ready, Request, expect_enough_paths, expect_known, ready, with_measures
from valsim.analysis.sweep.cases import Case, Start, cases_of, chosen
from valsim.analysis.sweep.order import in_order
from valsim.analysis.sweep.plan import Held, Plan
from valsim.analysis.sweep.play import Swept
from valsim.analysis.sweep.table import Row, read_table
from valsim.analysis.sweep.values import Over
from valsim.analysis.sweep.workers import Workers
from valsim.core.arguments import expect_one_of, expect_whole
from valsim.core.progress import Meter, Progress, untold
from valsim.core.sampler import SamplerName
from valsim.core.shown import Shown
from valsim.execution.executor import Elsewhere
from valsim.scenario.dump import dump
from valsim.scenario.load import parse_document, read_file
from valsim.scenario.model import Scenario
from valsim.scenario.text.document import Document

Source: TypeAlias = Path | str | Scenario
"""A scenario or its file."""


@dataclass(frozen=True)
class Sweep(Shown):
    """Cases that were played on the same random numbers, in the order of the grid; ``base`` is what the others are compared with."""

    plan: Plan
    inputs: tuple[str, ...]
    """The paths that are swept."""
    base: Case
    cases: tuple[Swept, ...]
    first: Scenario
    """The scenario of the base."""
    seconds: float

    @property
    def measures(self) -> tuple[Formula, ...]:
        """What is measured of each case."""
        return self.plan.formulas

    @property
    def failed(self) -> tuple[Swept, ...]:
        """The cases that could not be played."""
        return tuple(case for case in self.cases if case.failed)

    def order(self, measure: str) -> tuple[Swept, ...]:
        """Give the cases by a measure, the largest first; those that do not have it come last."""
        return tuple(sorted(self.cases, key=lambda case: -_known(case, measure)))


def _known(case: Swept, measure: str) -> float:
    found = case.values.get(measure)
    return -float("inf") if found is None or found.mean != found.mean else found.mean


def sweep(
    source: Source | Sequence[Source] | Mapping[str, Source],
    over: Mapping[str, str | Sequence[str | float]] | None = None,
    *,
    cases: Path | str | Sequence[Mapping[str, str | float]] = (),
    measures: Sequence[str] = (),
    holder: str = "",
    base: str | int = "",
    anchor: Held = "solved",
    overrides: Sequence[str] = (),
    paths: int | None = None,
    seed: int | None = None,
    sampler: SamplerName | None = None,
    threads: int | None = None,
    executor: Elsewhere | None = None,
    progress: Progress | None = None,
) -> Sweep:
    """Play every case of a grid or of a list on the same random numbers, and measure each.

    ``source`` is a scenario or its file, or several. ``over`` gives the values of inputs by path, in a list or as a text such as
    ``"3B USD, 4B USD"`` or ``"10% to 50% by 10%"``; every combination is a case. ``cases`` are rows of inputs by path, or a
    file of them. ``measures`` are formulas such as ``moic(me)``; without any a few of ``holder``, of ``me`` or of who leads the
    last closing. Each case is compared path by path with ``base``, its name or its number, the first where none is named. With
    ``anchor`` ``solved`` each is scaled to its own last price, as :func:`~valsim.simulate.simulate` does alone; with ``held`` it keeps the
    scale of its scenario as that stands. ``overrides`` change every case first. Cases are played on so many ``threads``, or by an
    ``executor`` as of :func:`~valsim.simulate.simulate`, to the same bits. A case that cannot be played says so and leaves
    the others alone. Raises :class:`~valsim.core.errors.ScenarioError` with the problems of all cases before anything is played,
    :class:`~valsim.core.errors.ExpressionError` for a measure that no case knows, :class:`~valsim.core.errors.ValsimError` for
    inputs, cases and holders that are not there, for cases in different currencies, and for fewer paths than a sampler needs.
    """
    expect_one_of(get_args(Held), anchor=anchor)
    expect_whole(1, paths=paths, threads=threads)
    documents = {name: document(each) for name, each in _named(source).items()}
    starts = [Start(name, name) for name in documents]
    every = cases_of(starts, _rows(cases), [Over.of(path, values) for path, values in (over or {}).items()])
    request = Request(
        documents=documents,
        cases=every,
        base=chosen(every, str(base)),
        measures=tuple(Formula.parse(measure).text for measure in measures),
        anchor=anchor,
        overrides=tuple(overrides),
        paths=paths,
        seed=seed,
        sampler=sampler,
        workers=Workers.of(threads, executor),
    )
    found = ready(request, untold)
    expect_enough_paths(found)
    for measure in request.measures:
        expect_known(found, measure)
    return played(with_measures(found, holder), request.workers, progress or untold)


def played(found: Ready, workers: Workers, tell: Progress) -> Sweep:
    """Play a sweep in which nothing is wrong; ``tell`` is told how many cases are done, of how many."""
    started = time.perf_counter()
    swept = in_order(found, workers, Meter(tell, len(found.cases)))
    inputs = tuple(dict.fromkeys(path for case in found.cases for path in case.values))
    return Sweep(found.plan, inputs, found.base, swept, found.first, time.perf_counter() - started)


def document(source: Source) -> Document:
    """Read a scenario as a document whose values can be set."""
    return parse_document(dump(source), source.name) if isinstance(source, Scenario) else read_file(Path(source))


@singledispatch
def _named(source: Any) -> dict[str, Source]:
    """Name scenarios: by their keys, in a list by what they are called or else counted."""
    return {_name(source): source}


@_named.register(Mapping)
def _(source: Mapping[str, Source]) -> dict[str, Source]:
    return {**source}


@_named.register(list | tuple)
def _(source: Sequence[Source]) -> dict[str, Source]:
    return by_name([*map(_name, source)], source)


def _name(source: Source) -> str:
    return source.name if isinstance(source, Scenario) else Path(source).stem


def _rows(cases: Path | str | Sequence[Mapping[str, str | float]]) -> tuple[Row, ...]:
    if isinstance(cases, Path | str):
        return read_table(Path(cases))
    return tuple(Row.of(number, row) for number, row in enumerate(cases, start=1))
