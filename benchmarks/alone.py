"""A function in a process of its own: what it gives, what it takes, and the most memory that it and its workers held at once.

Memory is counted as the system shares it out: a page that several processes hold counts in equal parts (the proportional set
size), and memory that workers left for others to map counts once, mapped or not. It is looked at many times a second; the
process itself also knows its largest size, which is taken where that is more.
"""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, NamedTuple

EVERY = 0.02
"""Seconds between two looks at the memory."""
MIB = 2**20
ROOT = Path(__file__).parents[1]
SHELVES = "/memfd:"
"""How the system names memory of no file."""


class Told(NamedTuple):
    """What a function gave, the seconds that it took on the clock and of all processors, and its most memory in bytes."""

    given: Any
    seconds: float
    processor: float
    memory: int


class FailedError(Exception):
    """A function that raised in a process of its own, with what it said there."""


def alone(place: str, *arguments: Any) -> Told:
    """Call ``module:function`` in a new process; what it takes and gives is plain data. Raises :class:`FailedError`."""
    command = [sys.executable, "-m", "benchmarks.alone", place, json.dumps(arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
        most = 0
        while process.poll() is None:
            most = max(most, _held(process.pid))
            time.sleep(EVERY)
        printed, said = process.communicate()
    if process.returncode:
        raise FailedError(said.strip().splitlines()[-1] if said.strip() else f"exit code {process.returncode}")
    told = Told(*json.loads(printed.splitlines()[-1]))
    return told._replace(memory=max(most, told.memory))


def main(place: str, arguments: str) -> None:
    """Call the function, and print what it gives and takes."""
    from benchmarks.clock import timed

    function, given = resolve_name(place), json.loads(arguments)
    result, taken = timed(lambda: function(*given))
    print(json.dumps([result, taken.seconds, taken.processor, _largest()]))


def _largest() -> int:
    """Give the most memory that this process ever held, in bytes."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("utf-8"))
    return int(found[1]) * 1024 if found else 0


def _held(root: int) -> int:
    """Give what a process and all that descend from it hold now, in bytes; one that ends meanwhile counts for nothing."""
    whole, shelves = 0, dict[int, int]()
    for process in _tree(root):
        with suppress(OSError):
            found = dict(_shelves(process))
            shelves |= found
            # One look at what is mapped: a process that ends between two would count twice.
            whole += _shared_out(process, "smaps" if found else "smaps_rollup")
    return whole + sum(shelves.values())


def _tree(root: int) -> Iterator[int]:
    yield root
    with suppress(OSError):
        for task in Path(f"/proc/{root}/task").iterdir():
            for child in (task / "children").read_text("utf-8").split():
                yield from _tree(int(child))


def _shelves(process: int) -> Iterator[tuple[int, int]]:
    """Give the memory of no file that a process has open: which, and how much of it is filled."""
    for link in Path(f"/proc/{process}/fd").iterdir():
        with suppress(OSError):
            if str(link.readlink()).startswith(SHELVES):
                known = link.stat()
                yield known.st_ino, known.st_blocks * 512


def _shared_out(process: int, table: str) -> int:
    """Add up the proportional sizes of a process's mappings in bytes, but for those of memory of no file."""
    size, counts = 0, True
    for line in Path(f"/proc/{process}/{table}").read_text("utf-8").splitlines():
        if line.startswith("Pss:") and counts:
            size += int(line.split()[1]) * 1024
        elif "-" in line.split()[0]:
            counts = SHELVES not in line
    return size


if __name__ == "__main__":
    main(*sys.argv[1:])
