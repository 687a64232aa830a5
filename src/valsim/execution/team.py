"""A team: workers who do items and give their results in order."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from valsim.execution.finishing import Item, T, in_order
from valsim.execution.processes import forked
from valsim.execution.threads import alone, threads


@contextmanager
def team(
    size: int, do: Callable[[Item], T], done: Callable[[Item], None]
) -> Iterator[Callable[[Sequence[Item]], Iterator[T]]]:
    """Gather workers who ``do`` items; what it gives takes items and gives their results, in that order, as they come.

    Workers are processes where the system can fork them at once (many short array operations would fight over the
    interpreter's lock), else threads. ``done`` is told each item that is finished, in any order. What ``do`` raises is raised
    where its result is taken.

    >>> with team(1, abs, print) as work:
    ...     list(work([-1, 2]))
    -1
    2
    [1, 2]
    """
    gathered = alone if size == 1 else forked if sys.platform == "linux" else threads
    with gathered(size, do) as finishing:
        yield lambda items: in_order(finishing(items), items, done)


def processors() -> int:
    """Give the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
