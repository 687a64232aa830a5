"""The most memory that a run holds, its workers included, against the number of its paths.

Each run is in a process of its own. Memory is the proportional set size of the whole process tree, looked at many times a second,
so that what workers share counts once; what a run keeps in files is not counted. The anchor is given.
"""

from collections.abc import Iterator

from benchmarks.alone import MIB, alone
from benchmarks.documents import FLAGSHIP, SMALL, anchor, file
from benchmarks.effort import Effort
from benchmarks.table import Cell, Table, table

PLAY, COMMAND = "benchmarks.as_valsim:kept", "benchmarks.as_valsim:command"
COLUMNS = ("scenario", "what", "paths", "memory, MiB", "more for each further path, bytes", "seconds")


def measure(effort: Effort) -> Iterator[Table]:
    """Simulate ever more paths, then the whole command."""
    sizes = effort.of((4_096,), (10_000, 100_000, 1_000_000), (10_000, 100_000, 1_000_000, 5_000_000))
    names = effort.of([SMALL], [SMALL, FLAGSHIP])
    rows = [row for name in names for row in _simulated(name, sizes)]
    rows += [row for name in names for row in _commanded(name, sizes[:-1])]
    note = "The target is 2,048 MiB at 5,000,000 paths (with `--full`)."
    yield table("Memory", COLUMNS, rows, note)


def _simulated(name: str, sizes: tuple[int, ...]) -> Iterator[tuple[Cell, ...]]:
    known = anchor(name)
    given = None if known is None else (known.scale, known.standard_error)
    before: tuple[int, int] | None = None
    for paths in sizes:
        told = alone(PLAY, name, paths, given)
        yield name, "simulate", paths, told.memory / MIB, _further(before, paths, told.memory), told.seconds
        before = paths, told.memory


def _commanded(name: str, sizes: tuple[int, ...]) -> Iterator[tuple[Cell, ...]]:
    before: tuple[int, int] | None = None
    for paths in sizes:
        told = alone(COMMAND, "run", str(file(name)), "--paths", str(paths))
        yield name, "valsim run", paths, told.memory / MIB, _further(before, paths, told.memory), told.seconds
        before = paths, told.memory


def _further(before: tuple[int, int] | None, paths: int, memory: int) -> float | None:
    return None if before is None else float(memory - before[1]) / (paths - before[0])
