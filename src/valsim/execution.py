"""Execution: paths are played in chunks of whole batches, on threads. It changes no bit of any result."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from valsim.core.streams import BATCH, Streams

LARGEST = 13
"""Batches in a chunk at most: large enough that the fixed cost of a step is small beside its arithmetic."""

T = TypeVar("T")


@dataclass(frozen=True)
class Chunk:
    """Some whole batches of a run, the last one cut to the paths of the run."""

    first: int
    paths: int

    def streams(self, seed: int) -> Streams:
        """Give the random streams of its paths."""
        return Streams(seed, self.first // BATCH, -(-self.paths // BATCH), self.paths)


def chunks(paths: int, threads: int = 1, size: int | None = None) -> list[Chunk]:
    """Cut a run into chunks of whole batches: of ``size`` paths, or as even over the threads as batches allow.

    >>> [(c.first, c.paths) for c in chunks(10_000, size=8_192)]
    [(0, 8192), (8192, 1808)]
    >>> [c.paths for c in chunks(100_000, threads=2)]
    [53248, 46752]
    """
    whole = BATCH * (_even(paths, threads) if size is None else max(size // BATCH, 1))
    return [Chunk(first, min(whole, paths - first)) for first in range(0, paths, whole)]


def _even(paths: int, threads: int) -> int:
    batches = -(-paths // BATCH)
    rounds = -(-batches // (threads * LARGEST))
    return -(-batches // (threads * rounds))


def in_chunks(parts: list[Chunk], threads: int, work: Callable[[Chunk], T], done: Callable[[int], None]) -> list[T]:
    """Do the work of every chunk on some threads and give the results in the order of the paths."""

    def told(part: Chunk) -> T:
        result = work(part)
        done(part.paths)
        return result

    if threads == 1 or len(parts) == 1:
        return [told(part) for part in parts]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(told, parts))


def processors() -> int:
    """Give the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
