"""How long the command takes to start: help, version, a check, and a run of few paths, each in a process of its own.

The time is that of a person at a terminal, from the start of Python on; the first call, which compiles, is not counted.
"""

import statistics
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.clock import cost
from benchmarks.documents import FLAGSHIP, ROOT, SMALL, file
from benchmarks.effort import Effort
from benchmarks.table import Table, table

COMMANDS: tuple[tuple[str, tuple[str, ...], float | None], ...] = (
    ("valsim --version", ("--version",), None),
    ("valsim --help", ("--help",), 0.3),
    ("valsim run --help", ("run", "--help"), None),
    (f"valsim check {FLAGSHIP}.yaml", ("check", str(file(FLAGSHIP))), 0.6),
    (f"valsim check {SMALL}.yaml", ("check", str(file(SMALL))), 0.6),
    (f"valsim run {SMALL}.yaml --paths 1000", ("run", str(file(SMALL)), "--paths", "1000"), None),
)
"""What is called, and in how many seconds it should answer."""
COLUMNS = ("command", "least, s", "middle, s", "processors, s", "at most, s")


def measure(effort: Effort) -> Iterator[Table]:
    """Call every command several times."""
    commands, times = effort.of(COMMANDS[:2], COMMANDS), effort.of(1, 5)
    rows = [_row(words, arguments, times, limit) for words, arguments, limit in commands]
    empty = _taken([sys.executable, "-c", "import numpy"], times)
    rows.append(("python -c 'import numpy'", *empty, None))
    yield table("From the command to its end", COLUMNS, rows)


def _row(words: str, arguments: tuple[str, ...], times: int, limit: float | None) -> tuple[str | float | None, ...]:
    return words, *_taken([sys.executable, "-m", "valsim", *arguments], times), limit


def _taken(command: list[str], times: int) -> tuple[float, float, float]:
    """Give the least and the middle seconds on the clock, and the least of processors."""

    def run() -> None:
        subprocess.run(command, capture_output=True, check=True, cwd=ROOT)

    run()
    taken = [cost(run) for _ in range(times)]
    seconds = [each.seconds for each in taken]
    return min(seconds), statistics.median(seconds), min(each.processor for each in taken)
