"""A team: workers who do items and give their results in order."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from valsim.execution.executor import Elsewhere, elsewhere
from valsim.execution.finishing import Item, T, in_order
from valsim.execution.processes import forked
from valsim.execution.threads import alone, threads


@contextmanager
def team(
    size: int, do: Callable[[Item], T], done: Callable[[Item], None], executor: Elsewhere | None = None
) -> Iterator[Callable[[Sequence[Item]], Iterator[T]]]:
    """Gather workers who ``do`` items; what it gives takes items and gives their results, in that order, as they come.

    Workers are processes where the system can fork them at once (many short array operations would fight over the
    interpreter's lock), else threads. An ``executor``, or a function that makes one, does the items in their place: it may be
    on other machines, so ``do`` and the items are plain data then, such as a function of a module; what is lost with a worker
    is done again, and no result comes twice. ``done`` is told each item that is finished, in any order. What ``do`` raises
    is raised where its result is taken.

    >>> with team(1, abs, print) as work:
    ...     list(work([-1, 2]))
    -1
    2
    [1, 2]
    """
    here = alone if size == 1 else forked if sys.platform == "linux" else threads
    with here(size, do) if executor is None else elsewhere(executor, size, do) as finishing:
        yield lambda items: in_order(finishing(items), items, done)


def processors() -> int:
    """Give the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
