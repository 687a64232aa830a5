"""Execution: paths are played in chunks of whole batches, by several workers. It changes no bit of any result."""

import multiprocessing
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from valsim.core.errors import SimulationError
from valsim.core.heap import hold_memory
from valsim.core.shelf import Shelf
from valsim.core.streams import BATCH, Streams

LARGEST = 13
"""Batches in a chunk at most: large enough that the fixed cost of a step is small beside its arithmetic."""

T = TypeVar("T")


@dataclass(frozen=True)
class Chunk:
    """Some whole batches of a run, the last one cut to the paths of the run; for which job, at which scale to play them."""

    first: int
    paths: int
    job: str = ""
    scale: float = 1.0

    def streams(self, seed: int, copies: int = 1) -> Streams:
        """Give the random streams of its paths, each in so many copies."""
        return Streams(seed, self.first // BATCH, self.batches, self.paths, copies)

    @property
    def batches(self) -> int:
        """How many batches its paths are, the last one perhaps cut short."""
        return -(-self.paths // BATCH)


def chunks(paths: int, threads: int = 1, size: int | None = None) -> list[Chunk]:
    """Cut a run into chunks of whole batches: of ``size`` paths, or as even over the threads as batches allow.

    >>> [(c.first, c.paths) for c in chunks(10_000, size=8_192)]
    [(0, 8192), (8192, 1808)]
    >>> [c.paths for c in chunks(100_000, threads=2)]
    [49152, 50848]
    """
    edges = _even(paths, threads) if size is None else range(0, paths, max(size // BATCH, 1) * BATCH)
    return [Chunk(first, last - first) for first, last in pairwise((*edges, paths))]


def _even(paths: int, threads: int) -> list[int]:
    batches = -(-paths // BATCH)
    parts = min(threads * -(-batches // (threads * LARGEST)), batches)
    # rounded down: a later chunk is the larger, and the last batch, which is cut short, is in the last
    return [part * batches // parts * BATCH for part in range(parts)]


@contextmanager
def team(
    size: int, do: Callable[[Chunk], T], done: Callable[[int], None]
) -> Iterator[Callable[[list[Chunk]], list[T]]]:
    """Gather workers who ``do`` chunks; what it gives takes a list of chunks and returns their results in that order.

    Workers are processes where the system can fork them at once (many short array operations would fight over the
    interpreter's lock), else threads. ``done`` is told the paths of each chunk that is finished.
    """
    if size == 1:
        yield lambda parts: [_told(do(part), part, done) for part in parts]
    elif sys.platform == "linux":
        with _forked(size, do) as shelves:
            yield lambda parts: _shared_out(parts, shelves, done)
    else:
        with ThreadPoolExecutor(size) as pool:
            yield lambda parts: [
                _told(result, part, done) for result, part in zip(pool.map(do, parts), parts, strict=True)
            ]


def _told(result: T, part: Chunk, done: Callable[[int], None]) -> T:
    done(part.paths)
    return result


@contextmanager
def _forked(size: int, do: Callable[[Chunk], Any]) -> Iterator[Mapping[Any, Shelf]]:
    context = multiprocessing.get_context("fork")
    with ExitStack() as shelves:
        ends = [(*context.Pipe(), shelves.enter_context(Shelf())) for _ in range(size)]
        processes = [context.Process(target=_serve, args=(there, shelf, do), daemon=True) for _, there, shelf in ends]
        with warnings.catch_warnings():
            # Python warns of forks beside other threads; the child takes no lock of theirs, it only computes and writes back.
            warnings.simplefilter("ignore", DeprecationWarning)
            for process in processes:
                process.start()
        try:
            yield {here: shelf for here, _, shelf in ends}
        finally:
            for process in processes:
                process.terminate()
                process.join()


def _serve(pipe: Connection, shelf: Shelf, do: Callable[[Chunk], Any]) -> None:
    hold_memory()
    with suppress(KeyboardInterrupt, EOFError):
        while True:
            part = pipe.recv()
            try:
                pipe.send((shelf.put(do(part)), None))
            except Exception as error:  # noqa: BLE001 - it is raised again where the result is waited for
                pipe.send((None, error))


def _shared_out(parts: list[Chunk], shelves: Mapping[Any, Shelf], done: Callable[[int], None]) -> list[Any]:
    results: list[Any] = [None] * len(parts)
    left, busy = list(reversed(range(len(parts)))), dict[Any, int]()
    free: list[Any] = list(shelves)
    while left or busy:
        while left and free:
            pipe, index = free.pop(), left.pop()
            pipe.send(parts[index])
            busy[pipe] = index
        for pipe in wait(list(busy)):
            index = busy.pop(pipe)
            results[index] = _told(shelves[pipe].taken(_received(pipe)), parts[index], done)
            free.append(pipe)
    return results


def _received(pipe: Any) -> Any:
    try:
        result, error = pipe.recv()
    except (EOFError, ConnectionResetError):
        raise SimulationError("a worker process ended before its paths did: out of memory?") from None
    if error is not None:
        raise error
    return result


def processors() -> int:
    """Give the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
