"""The peak memory of a command with all its processes, read from Linux while it runs.

``python -m benchmarks.peak valsim run FILE --paths 1_000_000 --quiet --json out.json`` runs a command and prints its peak.
"""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")
EVERY = 0.05
"""Seconds between two readings."""


@dataclass
class Peak:
    """What a command took: ``together`` is the largest sum over its processes of the memory that was theirs at a time, each page
    that several share counted once (the proportional set size); ``largest`` the peak resident size of each process by its number,
    in which shared pages count for each. Bytes and seconds.
    """

    together: int = 0
    largest: dict[int, int] = field(default_factory=dict)
    seconds: float = 0.0

    def read(self, process: int) -> None:
        """Read what a process and all that descend from it have now."""
        family = list(_family(process))
        self.together = max(self.together, sum(map(_proportional, family)))
        for each in family:
            self.largest[each] = max(self.largest.get(each, 0), _sizes(each, "status", "VmHWM:"))


def peak(command: Sequence[str], every: float = EVERY) -> Peak:
    """Run a command to its end and give its peak memory; Linux only.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    found, started = Peak(), time.perf_counter()
    with subprocess.Popen(command) as process:
        while process.poll() is None:
            found.read(process.pid)
            time.sleep(every)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    found.seconds = time.perf_counter() - started
    return found


def _family(process: int) -> Iterator[int]:
    yield process
    with suppress(OSError):  # it may end while it is looked at
        for task in (PROC / str(process) / "task").iterdir():
            for child in (task / "children").read_text("ascii").split():
                yield from _family(int(child))


def _proportional(process: int) -> int:
    """Give the proportional set size, with what workers left in memory of no file and nobody has read yet: it takes memory all the same."""
    size, anonymous_file = 0, False
    with suppress(OSError):
        for line in (PROC / str(process) / "smaps").read_text("ascii", "replace").splitlines():
            word, *rest = line.split()
            anonymous_file = "memfd:" in line if not word.endswith(":") else anonymous_file
            size += int(rest[0]) * 1024 if word == ("Size:" if anonymous_file else "Pss:") else 0
    return size


def _sizes(process: int, file: str, word: str) -> int:
    with suppress(OSError):
        for line in (PROC / str(process) / file).read_text("ascii").splitlines():
            if line.startswith(word):
                return int(line.split()[1]) * 1024
    return 0


if __name__ == "__main__":
    told = peak(sys.argv[1:])
    each = ", ".join(f"{size / 2**20:,.0f}" for size in told.largest.values())
    print(f"{told.together / 2**20:,.0f} MiB together (processes: {each}) in {told.seconds:.1f} s")
