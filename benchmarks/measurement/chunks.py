"""Paths a second against the size of a chunk, by one process, by a process for each core and by as many threads.

Each way plays the same paths with the anchor given; a process keeps its memory as a worker does. The time is on the clock.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, TypeAlias

from benchmarks.child import forked
from benchmarks.clock import Cost, least
from benchmarks.documents import BLOCK, FLAGSHIP, SMALL, anchor, document
from benchmarks.effort import Effort
from benchmarks.table import Cell, Table, table
from valsim.core.heap import hold_memory
from valsim.core.policy import CONTRACTUAL
from valsim.core.streams import BATCH
from valsim.execution.chunks import Copy
from valsim.execution.finishing import Finishing
from valsim.execution.processes import forked as processes
from valsim.execution.team import processors
from valsim.execution.threads import alone, threads
from valsim.run import Run
from valsim.simulate import prepared

Way: TypeAlias = Callable[[int, Callable[[Any], Any]], AbstractContextManager[Finishing]]
WAYS: dict[str, tuple[Way, int]] = {
    "one process": (alone, 1),
    "processes": (processes, processors()),
    "threads": (threads, processors()),
}


def measure(effort: Effort) -> Iterator[Table]:
    """Play each scenario in chunks of every size."""
    sizes = effort.of((1, 2), (1, 2, 4, 8, 13, 20))
    for name in effort.of([SMALL], [BLOCK, FLAGSHIP]):
        batches = effort.of(2, {BLOCK: 80}.get(name, 20))
        columns = ("paths in a chunk", *(_called(way, cores) for way, (_, cores) in WAYS.items()))
        rows = [_row(name, size, batches, effort.of(1, 2 if name == BLOCK else 1)) for size in sizes]
        yield table(f"{name}, {batches * BATCH:,} paths: paths a second", columns, rows)


def _called(way: str, cores: int) -> str:
    return way if cores == 1 else f"{cores} {way}"


def _row(name: str, size: int, batches: int, times: int) -> tuple[Cell, ...]:
    paths = batches * BATCH
    run = prepared(document(name), paths=paths, chunk=size * BATCH, anchor=anchor(name))
    taken = [forked(partial(_taken, run, name, way, cores, times)) for way, cores in WAYS.values()]
    return size * BATCH, *(paths / each.seconds for each in taken)


def _taken(run: Run, name: str, way: Way, cores: int, times: int) -> Cost:
    hold_memory()
    known = anchor(name)
    tasks = run.tasks("both", 0, run.paths, Copy(1.0 if known is None else known.scale, CONTRACTUAL))

    def played() -> None:
        with way(cores, run.do) as finishing:
            for _ in finishing(tasks):
                pass

    return least(played, times)
