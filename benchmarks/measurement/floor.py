"""The time of a run over that in which NumPy's fastest generator draws just its random numbers, on the same cores.

No run can be quicker than its draws. They are counted in the run itself; as many are drawn by as many processes, each into one
row that stays in the nearest cache. Both times are the least of several, taken in turn. The paths of the anchor are not counted
among the draws, so that the ratio of a run that solves its anchor is that of all it does over what the asked paths need.
"""

from collections.abc import Iterator

from benchmarks.clock import cost, least_of
from benchmarks.documents import BLOCK, FLAGSHIP, SMALL, anchor, document, shipped
from benchmarks.draws import GENERATORS, Draws, floor, of_a_path, seconds_for_one
from benchmarks.effort import Effort
from benchmarks.table import Cell, Table, table
from valsim.execution.team import processors
from valsim.simulate import simulate

AT_MOST = 2.0
COLUMNS = (
    "scenario",
    "paths",
    "normals a path",
    "uniforms a path",
    "floor, s",
    "anchor given, s",
    "over floor",
    "processors over floor",
    "anchor solved, s",
    "over floor, solved",
)


def measure(effort: Effort) -> Iterator[Table]:
    """Measure the generators, then every scenario."""
    rows = effort.of(200, 5_000)
    speed = {name: seconds_for_one(name, rows) for name in GENERATORS}
    nanoseconds = [(name, 1e9 * each.normals, 1e9 * each.uniforms) for name, each in speed.items()]
    yield table("A random number on one core", ("generator", "normal, ns", "uniform, ns"), nanoseconds)
    runs = [(name, paths) for paths in _paths(effort) for name in _names(effort, paths)]
    note = f"The target is {AT_MOST:g} for {FLAGSHIP} at a million paths, on {processors()} cores."
    yield table("A run over its floor", COLUMNS, (_row(name, paths, speed, effort) for name, paths in runs), note)


def _paths(effort: Effort) -> tuple[int, ...]:
    return effort.of((8_192,), (100_000,), (100_000, 1_000_000))


def _names(effort: Effort, paths: int) -> list[str]:
    every = effort.of([SMALL], [SMALL, BLOCK, *shipped()])
    return every if paths <= 100_000 else [BLOCK, FLAGSHIP]


def _row(name: str, paths: int, speed: dict[str, Draws], effort: Effort) -> tuple[Cell, ...]:
    scenario, known, workers = document(name), anchor(name), processors()
    needed = of_a_path(scenario)
    fastest = min(speed, key=lambda each: sum(map(float.__mul__, needed, speed[each])))
    turns = [
        (floor(fastest, needed, paths, workers), cost(lambda: simulate(scenario, paths=paths, anchor=known)))
        for _ in range(effort.of(1, 2 if paths <= 100_000 else 1))
    ]
    lowest, run = (least_of(each) for each in zip(*turns, strict=True))
    over = lowest.seconds, run.seconds, run.seconds / lowest.seconds, run.processor / lowest.processor
    solved = _solved(name, paths)
    return name, paths, needed.normals, needed.uniforms, *over, solved, solved and solved / lowest.seconds


def _solved(name: str, paths: int) -> float | None:
    """Give the seconds of a run that solves its anchor; nothing where none is solved."""
    return cost(lambda: simulate(document(name), paths=paths)).seconds if anchor(name) else None
