"""The time to a standard error of 0.5 % of a class's present value, by sampler and with the parameters drawn where the value is.

The error of some paths and their time are measured; both tell the time to the error that is asked for, as an error falls with the
square root of the paths. What is drawn where the value is solves the scale of the opening multiple as well, within its time; for the
samplers it is given.
"""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from benchmarks.clock import Cost, timed
from benchmarks.documents import BLOCK, FLAGSHIP, SMALL, anchor, document
from benchmarks.effort import Effort
from benchmarks.table import Cell, Table, table
from valsim.core.clusters import ALONE
from valsim.core.sampler import SAMPLERS
from valsim.core.streams import BATCH
from valsim.decide.root import Paths, a_class, solved
from valsim.execution.team import processors
from valsim.result import Estimate, estimate
from valsim.run import last_round
from valsim.simulate import simulate

ASKED = 0.005
"""One standard error, of the estimate."""
BATCHES = 32
COLUMNS = (
    "scenario",
    "class",
    "drawn",
    "paths",
    "standard error, %",
    "us a path",
    "paths to 0.5 %",
    "seconds to 0.5 %",
    "over pseudo-random",
)


class _Known(NamedTuple):
    """A class's present value as far as some paths tell it, and what they took."""

    drawn: str
    value: Estimate
    taken: Cost


def measure(effort: Effort) -> Iterator[Table]:
    """Measure every way of drawing on each scenario."""
    paths = effort.of(8 * BATCH, BATCHES * BATCH)
    rows = [row for name in effort.of([SMALL], [SMALL, BLOCK, FLAGSHIP]) for row in _rows(name, paths, effort)]
    note = (
        f"Seconds are those of {processors()} cores. The error of Sobol points is told by how {paths // BATCH} batches "
        "differ, each with a scramble of its own, and so is known to about "
        f"{100 / (2 * (paths // BATCH - 1)) ** 0.5:.0f} % of itself."
    )
    yield table("Time to a standard error of 0.5 % of a class's present value", COLUMNS, rows, note)


def _rows(name: str, paths: int, effort: Effort) -> Iterator[tuple[Cell, ...]]:
    series = last_round(document(name)).name
    ways = [partial(_sampled, name, series, sampler, paths) for sampler in SAMPLERS]
    known = [way() for way in [*ways, *effort.of([], [partial(_where_the_value_is, name, series, paths)])]]
    first = _to_asked(known[0], paths)[1]
    for each in known:
        needed, seconds = _to_asked(each, paths)
        error = 100 * each.value.standard_error / each.value.mean
        micros = 1e6 * each.taken.seconds / paths
        yield name, series, each.drawn, paths, error, micros, needed, seconds, seconds / first


def _sampled(name: str, series: str, sampler: str, paths: int) -> _Known:
    known = anchor(name)
    result, taken = timed(lambda: simulate(document(name), paths=paths, sampler=sampler, anchor=known))
    row = result.valued["class", series, "present value"]
    return _Known(sampler, estimate(row, result.clusters), taken)


def _where_the_value_is(name: str, series: str, paths: int) -> _Known:
    scenario = document(name)
    played = Paths(paths, scenario.simulation.seed, processors())
    root, taken = timed(lambda: solved(scenario, last_round(scenario), played))
    return _Known("parameters where the value is", estimate(a_class(series, root.below), ALONE), taken)


def _to_asked(known: _Known, paths: int) -> tuple[int, float]:
    """Give how many paths, and how many seconds, bring the standard error down to the one asked for."""
    times = (known.value.standard_error / known.value.mean / ASKED) ** 2
    return round(paths * times), known.taken.seconds * times
