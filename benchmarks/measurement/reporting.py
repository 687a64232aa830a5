"""From the command to the written report: the whole of `valsim run --html`, Python's start included, and what follows the last path."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clock import cost, timed
from benchmarks.documents import FLAGSHIP, ROOT, SMALL, anchor, document, file, shipped
from benchmarks.effort import Effort
from benchmarks.table import Cell, Table, table
from valsim.analysis.summary import summary
from valsim.report.page import render
from valsim.simulate import simulate

AT_MOST = 2.5


def measure(effort: Effort) -> Iterator[Table]:
    """Call the command for every shipped scenario, then make one report in parts."""
    paths = effort.of(1_000, 100_000)
    names = effort.of([SMALL], [SMALL, *shipped()])
    columns = ("scenario", "paths", "seconds", "processors, s", "report, kB")
    note = f"The target is {AT_MOST} seconds for {FLAGSHIP}."
    with tempfile.TemporaryDirectory() as folder:
        rows = [_whole(name, paths, Path(folder) / "report.html") for name in names]
    yield table("valsim run SCENARIO --html FILE, anchor solved", columns, rows, note)
    yield _parts(effort.of(SMALL, FLAGSHIP), paths)


def _whole(name: str, paths: int, page: Path) -> tuple[Cell, ...]:
    command = [sys.executable, "-m", "valsim", "run", str(file(name)), "--paths", str(paths), "--html", str(page)]
    taken = cost(lambda: subprocess.run(command, capture_output=True, check=True, cwd=ROOT))
    return name, paths, *taken, page.stat().st_size / 1000


def _parts(name: str, paths: int) -> Table:
    """Tell what is done after the last path is played."""
    result = simulate(document(name), paths=paths, anchor=anchor(name))
    told, summed = timed(lambda: summary(result))
    page, rendered = timed(lambda: render(told))
    _, again = timed(lambda: render(told))
    rows: list[tuple[Cell, ...]] = [
        ("summary: every statistic with its error", *summed),
        ("page: figures and HTML, the first of a process", *rendered),
        ("page: figures and HTML, once more", *again),
    ]
    note = f"The page has {len(page.encode()) / 1000:,.0f} kB."
    return table(
        f"{name}, {paths:,} paths: what follows the last path", ("what", "seconds", "processors, s"), rows, note
    )
