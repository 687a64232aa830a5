"""The same small model written as users would without valsim: time, memory and ratio, with means that agree or the run fails.

Three geometric Brownian drivers, a round that dilutes, two preferred classes and common shares, a sale at a constant hazard or at
the horizon. Then a company of ten drivers, a closing that waits for a milestone and two exits, beside hand-written NumPy. Every
run is in a process of its own; rivals that need libraries which are not installed are left out (``requirements.txt`` names them).
"""

from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from itertools import combinations
from math import hypot
from typing import Any, NamedTuple

from benchmarks.alone import MIB, Told, alone
from benchmarks.documents import BLOCK, FLAGSHIP, SMALL
from benchmarks.effort import Effort
from benchmarks.rivals.small import mean_of_proceeds
from benchmarks.table import Table, table
from valsim.execution.team import processors

STANDARD_ERRORS = 4.5
"""Means further apart than so many of their standard errors are of different models."""
SEED = 20_260_101
WHOLE, LITTLE = "valsim, all that a result holds, both measures", "valsim, the same and no more"


class Rival(NamedTuple):
    """A way of playing a model: what it is called, the function, which library it needs, and how few paths it may have."""

    name: str
    place: str
    needs: str = "numpy"
    slower: int = 1
    """It gets so many times fewer paths, as its time is proportional to them."""


RIVALS = (
    Rival("NumPy, whole arrays", "benchmarks.rivals.whole_arrays:run"),
    Rival("NumPy, in place, block by block", "benchmarks.rivals.in_place:run"),
    Rival("a loop over paths in Python", "benchmarks.rivals.path_by_path:run", slower=25),
    Rival("squigglepy, shocks of a driver at once", "benchmarks.rivals.squiggle:run", "squigglepy", slower=50),
    Rival("squigglepy, draw by draw", "benchmarks.rivals.squiggle:run_draw_by_draw", "squigglepy", slower=500),
    Rival("QuantLib's path generator, then NumPy", "benchmarks.rivals.quantlib:run", "QuantLib", slower=25),
)


class DisagreeError(Exception):
    """Two ways of playing a model whose means are further apart than chance explains."""


class Run(NamedTuple):
    """A rival, with how many paths it played and what it told."""

    name: str
    paths: int
    told: Told

    @property
    def micros(self) -> tuple[float, float]:
        """Microseconds a path, on the clock and of processors."""
        return 1e6 * self.told.seconds / self.paths, 1e6 * self.told.processor / self.paths


def measure(effort: Effort) -> Iterator[Table]:
    """Play the small model every way, then the larger one by hand and by valsim."""
    paths, times = effort.of(20_000, 1_000_000), effort.of(1, 3)
    yield _small(paths, times)
    yield _block(effort.of(8_192, 300_000), times)


def _small(paths: int, times: int) -> Table:
    here = [rival for rival in RIVALS if find_spec(rival.needs)]
    absent = dict.fromkeys(rival.needs for rival in RIVALS if rival not in here)
    runs = [*_valsim(SMALL, paths, times), *(_run(rival, paths, times) for rival in here)]
    _agree(runs)
    for run in runs:
        _expect(run, "proceeds", mean_of_proceeds(), 0.0, "the closed form")
    whole, little = (_named(runs, f"{name}, {_cores(processors())}").micros[0] for name in (WHOLE, LITTLE))
    rows = [(*_row(run), run.micros[0] / whole, run.micros[0] / little) for run in runs]
    notes = [
        f"All means lie within {STANDARD_ERRORS} standard errors of each other and of the closed form.",
        "A rival that is slower plays fewer paths: its time is proportional to them, its memory is that of so many.",
    ]
    notes += [f"Left out, as it is not installed: {name}." for name in absent]
    over = ("time over valsim's", "over its for no more")
    return table("The small model", ("what", *COLUMNS, *over), rows, *notes)


def _block(paths: int, times: int) -> Table:
    runs = [
        _run(Rival(f"NumPy in place, by hand, {_cores(cores)}", "benchmarks.rivals.block:run"), paths, times, cores)
        for cores in _workers()
    ]
    runs += _valsim(BLOCK, paths, times)
    _agree(runs)
    by_hand = {cores: runs[place].micros for place, cores in enumerate(_workers())}
    rows = []
    for run in runs:
        hand = next(by_hand[cores] for cores in _workers() if run.name.endswith(_cores(cores)))
        rows.append((*_row(run), *(mine / its for mine, its in zip(run.micros, hand, strict=True))))
    note = (
        "Ten drivers and the multiple, six formulas, a gated closing, two exits, 24 steps. The target is 1.4. "
        f"{FLAGSHIP} has no such rival: it is some twenty times this model, and by hand it would be another valsim."
    )
    return table("A larger model", ("what", *COLUMNS, "time over by hand", "processors over by hand"), rows, note)


COLUMNS = ("paths", "us a path", "processors, us a path", "memory, MiB")


def _row(run: Run) -> tuple[str, int, float, float, float]:
    return run.name, run.paths, *run.micros, run.told.memory / MIB


def _valsim(name: str, paths: int, times: int) -> list[Run]:
    ways = ((WHOLE, "as_it_comes"), (LITTLE, "as_little"))
    return [
        Run(f"{words}, {_cores(cores)}", paths, _least(f"benchmarks.as_valsim:{way}", times, name, paths, SEED, cores))
        for words, way in ways
        for cores in _workers()
    ]


def _run(rival: Rival, paths: int, times: int, *more: Any) -> Run:
    count = max(paths // rival.slower, 200)
    return Run(rival.name, count, _least(rival.place, times, count, SEED, *more))


def _least(place: str, times: int, *arguments: Any) -> Told:
    """Give the least time of several runs, and the least memory, as what is looked at now and then is."""
    told = [alone(place, *arguments) for _ in range(times)]
    least = (min(each[i] for each in told) for i in range(1, 4))
    return Told(told[0].given, *least)


def _workers() -> Sequence[int]:
    return sorted({1, processors()})


def _cores(count: int) -> str:
    return "one core" if count == 1 else f"{count} cores"


def _named(runs: Iterable[Run], name: str) -> Run:
    return next(run for run in runs if run.name == name)


def _agree(runs: Sequence[Run]) -> None:
    """Hold the means of every two runs against each other, class by class."""
    for one, other in combinations(runs, 2):
        given = other.told.given
        for name, mean in given["means"].items():
            _expect(one, name, mean, given["errors"][name], other.name)


def _expect(run: Run, name: str, mean: float, error: float, other: str) -> None:
    given = run.told.given
    apart, by_chance = abs(given["means"][name] - mean), hypot(given["errors"][name], error)
    if apart > STANDARD_ERRORS * by_chance:
        found = f"{given['means'][name]:,.0f} and {mean:,.0f}, {apart / by_chance:.1f} standard errors apart"
        raise DisagreeError(f"{run.name} and {other} are of different models: the means of {name} are {found}")
