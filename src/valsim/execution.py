"""Execution: paths are played in chunks of whole batches, by several workers. It changes no bit of any result."""

import multiprocessing
import os
import sys
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from valsim.core.errors import SimulationError
from valsim.core.streams import BATCH, Streams

LARGEST = 13
"""Batches in a chunk at most: large enough that the fixed cost of a step is small beside its arithmetic."""

T = TypeVar("T")


@dataclass(frozen=True)
class Chunk:
    """Some whole batches of a run, the last one cut to the paths of the run, and the scale of their opening multiple."""

    first: int
    paths: int
    scale: float = 1.0

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
    """Do the work of every chunk on some workers and give the results in the order of the paths.

    Workers are processes where the system can fork them at once (many short array operations would fight over the
    interpreter's lock), else threads. ``done`` is told the paths of each chunk that is finished.
    """
    workers = min(threads, len(parts))
    if workers == 1:
        return [_told(work(part), part, done) for part in parts]
    if sys.platform == "linux":
        return _forked(parts, workers, work, done)
    with ThreadPoolExecutor(workers) as pool:
        return [_told(result, part, done) for result, part in zip(pool.map(work, parts), parts, strict=True)]


def _told(result: T, part: Chunk, done: Callable[[int], None]) -> T:
    done(part.paths)
    return result


def _forked(parts: list[Chunk], workers: int, work: Callable[[Chunk], T], done: Callable[[int], None]) -> list[T]:
    pipes = [_start(parts[first::workers], work) for first in range(workers)]
    return [_told(_received(pipes[index % workers]), part, done) for index, part in enumerate(parts)]


def _start(parts: list[Chunk], work: Callable[[Chunk], T]) -> Connection:
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    with warnings.catch_warnings():
        # Python warns of forks beside other threads; the child takes no lock of theirs, it only computes and writes back.
        warnings.simplefilter("ignore", DeprecationWarning)
        context.Process(target=_worked_off, args=(parts, work, there), daemon=True).start()
    there.close()
    return here


def _worked_off(parts: list[Chunk], work: Callable[[Chunk], T], there: Connection) -> None:
    try:
        for part in parts:
            there.send((work(part), None))
    except KeyboardInterrupt:
        pass
    except Exception as error:  # noqa: BLE001 - it is raised again where the result is waited for
        there.send((None, error))


def _received(pipe: Connection) -> Any:
    try:
        result, error = pipe.recv()
    except EOFError:
        raise SimulationError("a worker process ended before its paths did: out of memory?") from None
    if error is not None:
        raise error
    return result


def processors() -> int:
    """Give the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
