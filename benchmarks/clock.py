"""What something takes: seconds on the clock, and seconds of processors, which other work on the machine moves less."""

import resource
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Cost(NamedTuple):
    """Seconds on the clock, and of all processors, those of children that have ended included."""

    seconds: float
    processor: float


def cost(run: Callable[[], object]) -> Cost:
    """Say what a run takes."""
    return timed(run)[1]


def timed(run: Callable[[], T]) -> tuple[T, Cost]:
    """Give what a run gives, and what it takes."""
    started, before = time.perf_counter(), _processor()
    given = run()
    return given, Cost(time.perf_counter() - started, _processor() - before)


def least(run: Callable[[], object], times: int) -> Cost:
    """Give the least of several times: what else the machine does only adds to it."""
    return least_of(cost(run) for _ in range(times))


def least_of(costs: Iterable[Cost]) -> Cost:
    """Give the least of each."""
    taken = list(costs)
    return Cost(min(each.seconds for each in taken), min(each.processor for each in taken))


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)
