"""Execution: paths are played in chunks of whole batches, by several workers. It changes no bit of any result."""

import multiprocessing
import os
import pickle
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple, TypeVar

from valsim.core.errors import SimulationError
from valsim.core.heap import hold_memory
from valsim.core.policy import CONTRACTUAL, Policy
from valsim.core.shelf import Shelf
from valsim.core.streams import BATCH, Streams

LARGEST = 13
"""Batches in a chunk at most: large enough that the fixed cost of a step is small beside its arithmetic."""

T = TypeVar("T")


class Copy(NamedTuple):
    """One of the ways in which the same paths are played side by side: the scale of the opening multiple, and who decides."""

    scale: float = 1.0
    policy: Policy = CONTRACTUAL


@dataclass(frozen=True)
class Chunk:
    """Some whole batches of a run, the last one cut to the paths of the run; for which job, in which copies, and from which seed
    if it is not that of the job.
    """

    first: int
    paths: int
    job: str = ""
    copies: tuple[Copy, ...] = (Copy(),)
    seed: int | None = None

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
        with _forked(size, do) as workers:
            yield lambda parts: _shared_out(parts, workers, done)
    else:
        with ThreadPoolExecutor(size) as pool:
            yield lambda parts: [
                _told(result, part, done) for result, part in zip(pool.map(do, parts), parts, strict=True)
            ]


def _told(result: T, part: Chunk, done: Callable[[int], None]) -> T:
    done(part.paths)
    return result


@dataclass(frozen=True)
class _Worker:
    """A process that does chunks: the pipe to it, the shelf on which it leaves results, and the process itself."""

    pipe: Connection
    shelf: Shelf
    process: BaseProcess

    def fileno(self) -> int:
        """Say where the system tells that it has answered, or that it is no more."""
        return self.pipe.fileno()

    def ask(self, part: Chunk) -> None:
        """Give it a chunk to do; one that is no more is found out when its answer is waited for."""
        with suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send(part)

    def answer(self) -> Any:
        """Wait for the result of its chunk; raise here what was raised there, or tell that it is no more."""
        try:
            note, error = pickle.loads(self.pipe.recv_bytes())  # noqa: S301 - packed by `_serve`
        except (EOFError, ConnectionResetError):
            self.process.join()
            raise SimulationError(_ended(self.process.exitcode)) from None
        if error is not None:
            raise error
        return self.shelf.taken(note)


def _ended(code: int | None) -> str:
    if code is not None and code < 0:
        return f"a worker process was ended by the system ({signal.Signals(-code).name}){ADVICE.get(-code, '')}"
    return f"a worker process left with exit code {code} before its paths were done"


ADVICE: dict[int, str] = {signal.SIGKILL: "; perhaps the memory did not suffice: try fewer threads or paths"}


@contextmanager
def _forked(size: int, do: Callable[[Chunk], Any]) -> Iterator[list[_Worker]]:
    with ExitStack() as kept:
        workers = list[_Worker]()
        for _ in range(size):
            workers.append(_started(kept, [worker.pipe for worker in workers], do))
        yield workers


def _started(kept: ExitStack, others: Sequence[Connection], do: Callable[[Chunk], Any]) -> _Worker:
    """Fork a worker. Each end of a pipe stays open in one process alone, so that either side learns when the other is no more."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    shelf = kept.enter_context(Shelf())
    process = context.Process(target=_serve, args=(there, (*others, here), shelf, do), daemon=True)
    with warnings.catch_warnings():
        # Python warns of forks beside other threads; the child takes no lock of theirs, it only computes and writes back.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    there.close()
    kept.callback(here.close)
    kept.callback(process.join)
    kept.callback(process.terminate)
    return _Worker(here, shelf, process)


def _serve(pipe: Connection, others: Sequence[Connection], shelf: Shelf, do: Callable[[Chunk], Any]) -> None:
    hold_memory()
    for end in others:
        end.close()
    with suppress(KeyboardInterrupt, EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            part = pipe.recv()
            try:
                answer = pickle.dumps((shelf.put(do(part)), None))
            except Exception as error:  # noqa: BLE001 - it is raised again where the result is waited for
                answer = pickle.dumps((None, sent(error)))
            pipe.send_bytes(answer)


def sent(error: Exception) -> Exception:
    """Give an error as another process can raise it: the same, or one that says it in words where it cannot be sent.

    >>> sent(ValueError("too large"))
    ValueError('too large')
    """
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - written here
    except Exception:  # noqa: BLE001 - how it cannot be sent is of no interest, what it says is
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _shared_out(parts: list[Chunk], workers: Sequence[_Worker], done: Callable[[int], None]) -> list[Any]:
    results: list[Any] = [None] * len(parts)
    left, busy = list(reversed(range(len(parts)))), dict[Any, int]()
    free: list[Any] = list(workers)
    while left or busy:
        while left and free:
            worker, index = free.pop(), left.pop()
            worker.ask(parts[index])
            busy[worker] = index
        for ready in wait(list(busy)):
            index = busy.pop(ready)
            results[index] = _told(ready.answer(), parts[index], done)  # type: ignore[union-attr]
            free.append(ready)
    return results


def processors() -> int:
    """Give the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
