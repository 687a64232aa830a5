"""The random numbers of a run: how many it draws, and how quickly NumPy draws as many."""

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np

from benchmarks.clock import Cost
from valsim.core import streams
from valsim.core.streams import BATCH
from valsim.result import Anchor
from valsim.scenario.model import Scenario
from valsim.simulate import simulate

GENERATORS = ("SFC64", "PCG64DXSM", "PCG64", "Philox", "MT19937")
"""Those that NumPy has; valsim uses the second."""


class Draws(NamedTuple):
    """Random numbers by kind: how many, or seconds for one."""

    normals: float
    uniforms: float


def of_a_path(scenario: Scenario, paths: int = BATCH) -> Draws:
    """Count what a path draws, its parameters and both measures included, the anchor given."""
    with counted() as sizes:
        simulate(scenario, paths=paths, threads=1, anchor=Anchor(1.0, 0.0))
    batches = -(-paths // BATCH)
    return Draws(*(size / (batches * BATCH) for size in sizes))


@contextmanager
def counted() -> Iterator[list[int]]:
    """Count the normal and the uniform numbers that the streams draw in this process."""
    sizes, plain = [0, 0], streams._generator

    class Counting:
        def __init__(self, *key: Any) -> None:
            self.generator = plain(*key)

        def standard_normal(self, *args: Any, **options: Any) -> Any:
            return _added(sizes, 0, self.generator.standard_normal(*args, **options))

        def random(self, *args: Any, **options: Any) -> Any:
            return _added(sizes, 1, self.generator.random(*args, **options))

    with patch.object(streams, "_generator", Counting):
        yield sizes


def _added(sizes: list[int], kind: int, drawn: Any) -> Any:
    sizes[kind] += np.size(drawn)
    return drawn


def seconds_for_one(name: str, rows: int) -> Draws:
    """Say how long one core takes for a number, drawn into the same row over and over, the least of five."""
    generator, row = _generator(name), np.empty(BATCH)
    draws = (generator.standard_normal, generator.random)
    return Draws(*(min(_drawn(draw, row, rows) for _ in range(5)) / (rows * BATCH) for draw in draws))


def floor(name: str, draws: Draws, paths: int, workers: int) -> Cost:
    """Say what so many processes take that draw the numbers of so many paths, and do nothing else.

    They begin together and draw into one row each, which stays in the nearest cache; the last one counts.
    """
    rows = [round(kind * paths / workers / BATCH) for kind in draws]
    context = multiprocessing.get_context("fork")
    ready, results = context.Barrier(workers), context.SimpleQueue()
    processes = [context.Process(target=_draw, args=(name, rows, ready, results)) for _ in range(workers)]
    for process in processes:
        process.start()
    ends = [results.get() for _ in processes]
    for process in processes:
        process.join()
    starts, stops, used = zip(*ends, strict=True)
    return Cost(max(stops) - min(starts), sum(used))


def _draw(name: str, rows: Sequence[int], ready: Any, results: Any) -> None:
    generator, row = _generator(name), np.empty(BATCH)
    ready.wait()
    started = time.perf_counter()
    used = _drawn(generator.standard_normal, row, rows[0]) + _drawn(generator.random, row, rows[1])
    results.put((started, time.perf_counter(), used))


def _drawn(draw: Callable[..., Any], row: Any, times: int) -> float:
    """Draw, and give the seconds of the processor."""
    started = time.thread_time()
    for _ in range(times):
        draw(out=row)
    return time.thread_time() - started


def _generator(name: str) -> np.random.Generator:
    return np.random.Generator(getattr(np.random, name)(1))
