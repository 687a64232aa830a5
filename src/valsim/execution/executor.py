"""An executor of `concurrent.futures`: a pool of threads or processes, or a cluster; what breaks is done again."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from valsim.core.arguments import expect_callable
from valsim.core.errors import SimulationError
from valsim.execution import dask
from valsim.execution.dask import Client, client_of, expect_valsim, workers_of
from valsim.execution.finishing import Finishing
from valsim.execution.parcel import packed, unpacked
from valsim.execution.processes import sent

Elsewhere: TypeAlias = Executor | Callable[[], Executor]
"""An executor, or what makes one: from that a broken one is made anew."""
BROKEN = (BrokenExecutor, CancelledError)
"""What is raised where an executor has lost what it was to do."""
TRIES = 4
"""An executor is made so many times, with nothing done in between, before it is given up."""
AHEAD = 2
"""So many items a worker are handed over at a time: enough that none waits, and no more than memory need hold."""


class Answer(NamedTuple):
    """What an item came to, or the error that doing it raised."""

    result: Any
    error: Exception | None

    def taken(self) -> Any:
        """Give the result; raise here what was raised there."""
        if self.error is not None:
            raise self.error
        return self.result


def answer(parcel: bytes, item: Any) -> Answer:
    """Do an item where this is called; what it raises is told apart from what befalls the executor."""
    try:
        return Answer(unpacked(parcel)(item), None)
    except Exception as error:  # noqa: BLE001 - it is raised again where the result is waited for
        return Answer(None, sent(error))


@contextmanager
def elsewhere(executor: Elsewhere, size: int, do: Callable[[Any], Any]) -> Iterator[Finishing]:
    """Let an executor do items, of which about ``size`` at the same time; one that was made here is shut down at the end.

    ``do`` travels with each item, packed once, so it is plain data that can be pickled. Raises
    :class:`~valsim.core.errors.SimulationError` where the executor breaks and cannot be made anew.
    """
    expect_callable("an executor of concurrent.futures, or a function that makes one", executor=_made(executor))
    pool = _Pool(None, executor) if isinstance(executor, Executor) else _Pool(executor, _made_by(executor))
    parcel, client = packed(do), client_of(pool.current)
    if client is not None:
        expect_valsim(client)
    try:
        yield lambda items: _finishing(pool, parcel, items, AHEAD * size)
    except BaseException:
        pool.close(wait=False)
        raise
    pool.close(wait=True)


def _made(executor: Elsewhere) -> Any:
    return None if isinstance(executor, Executor) else executor


def _made_by(make: Callable[[], Executor]) -> Executor:
    made = make()
    if not isinstance(made, Executor):
        raise SimulationError(
            f"executor: expected a function that makes an executor of concurrent.futures, got one that makes {made!r}"
        )
    return made


@dataclass
class _Pool:
    """An executor, how another one is made, and how often that was done since something was last finished."""

    make: Callable[[], Executor] | None
    current: Executor
    broken: int = 0

    def renew(self, why: BaseException) -> None:
        """Make another executor in place of one that broke."""
        if self.make is None:
            raise SimulationError(f"{_lost(why)}: {self._remedy}")
        self.broken += 1
        if self.broken == TRIES:
            raise SimulationError(
                f"{_lost(why)}, {TRIES} times in a row; perhaps their memory did not suffice: try fewer of them"
            )
        self.close(wait=False)
        self.current = _made_by(self.make)

    @property
    def _remedy(self) -> str:
        if client_of(self.current) is not None:
            return "the scheduler of the cluster is gone, or somebody cancelled the work there; start it and run again"
        return "give a function that makes one in its place, and what is missing is done again"

    def close(self, *, wait: bool) -> None:
        """Shut down what was made here; an executor that was given is its owner's."""
        if self.make is not None:
            self.current.shutdown(wait=wait)


def _finishing(pool: _Pool, parcel: bytes, items: Sequence[Any], ahead: int) -> Iterator[tuple[int, Any]]:
    left, busy = deque(range(len(items))), dict[Future[Answer], int]()
    try:
        while left or busy:
            try:
                while left and len(busy) < ahead:
                    busy[pool.current.submit(answer, parcel, items[left[0]])] = left[0]
                    left.popleft()
                done = _first_done(busy, client_of(pool.current))
                result, pool.broken = _result(done), 0
            except BROKEN as error:
                lost = [future for future in busy if not _answered(future)]
                left.extendleft(busy.pop(future) for future in lost)
                pool.renew(error)
            else:
                yield busy.pop(done), result
    finally:
        for future in busy:
            future.cancel()


def _first_done(busy: "Iterable[Future[Answer]]", client: Client | None) -> "Future[Answer]":
    """Wait for one of several; where it is a cluster that does them, as long as somebody works there."""
    patience = None if client is None else dask.PATIENCE
    while not (done := wait(busy, patience, FIRST_COMPLETED).done):
        dask.expect_workers(client)
    return next(iter(done))


def _lost(why: BaseException) -> str:
    said = f"{type(why).__name__}: {why}" if str(why) else type(why).__name__
    return f"the executor lost its workers ({said})"


def _answered(future: "Future[Answer]") -> bool:
    """Say whether a future has its answer; one that has none is not going to be waited for."""
    return not future.cancel() and future.done() and future.exception() is None


def _result(future: "Future[Answer]") -> Any:
    try:
        found = future.result()
    except BROKEN:
        raise
    except Exception as error:
        raise SimulationError(_failed(error)) from error
    return found.taken()


def _failed(error: Exception) -> str:
    if isinstance(error, ModuleNotFoundError) and error.name == "valsim":
        return "the workers of the executor do not have valsim: install the same version there as here"
    return f"the executor could not do its part ({type(error).__name__}: {error})"


def at_once(executor: Elsewhere | None, otherwise: int) -> int:
    """Say how many items an executor does at the same time, as far as it says so."""
    client = client_of(executor)
    if client is not None:
        return workers_of(client) or otherwise
    return getattr(executor, "_max_workers", otherwise)  # `concurrent.futures` has no public word for it


def name_of(executor: Elsewhere) -> str:
    """Name what does the items."""
    return type(executor).__name__ if isinstance(executor, Executor) else "made anew where it breaks"
