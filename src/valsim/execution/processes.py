"""Processes forked from this one: they have all that it has, and leave results where it reads them. Linux only."""

import multiprocessing
import pickle
import signal
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from valsim.core.errors import SimulationError
from valsim.core.heap import hold_memory
from valsim.core.shelf import Shelf
from valsim.execution.finishing import Finishing


@dataclass(frozen=True)
class _Worker:
    """A process that does items: the pipe to it, and the process itself."""

    pipe: Connection
    process: BaseProcess

    def fileno(self) -> int:
        """Say where the system tells that it has answered, or that it is no more."""
        return self.pipe.fileno()

    def ask(self, item: Any) -> None:
        """Give it an item to do; one that is no more is found out when its answer is waited for."""
        with suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send(item)

    def answer(self) -> Any:
        """Wait for the result of its item; raise here what was raised there, or tell that it is no more."""
        try:
            error = pickle.loads(self.pipe.recv_bytes())  # noqa: S301 - packed by `_serve`
            if error is None:
                return Shelf.received(self.pipe).taken()
        except (EOFError, ConnectionResetError):
            self.process.join()
            raise SimulationError(_ended(self.process.exitcode)) from None
        raise error


def _ended(code: int | None) -> str:
    if code is not None and code < 0:
        return f"a worker process was ended by the system ({signal.Signals(-code).name}){ADVICE.get(-code, '')}"
    return f"a worker process left with exit code {code} before its paths were done"


ADVICE: dict[int, str] = {signal.SIGKILL: "; perhaps the memory did not suffice: try fewer threads or paths"}


@contextmanager
def forked(size: int, do: Callable[[Any], Any]) -> Iterator[Finishing]:
    """Fork up to so many processes, once there are items for them, which do items until the end; each shares all that this one
    has, at no cost.
    """
    with ExitStack() as kept:
        workers = list[_Worker]()

        def enough(items: int) -> Sequence[_Worker]:
            while len(workers) < min(size, items):
                workers.append(_started(kept, [worker.pipe for worker in workers], do))
            return workers

        yield lambda items: _shared_out(items, enough(len(items)))


def _started(kept: ExitStack, others: Sequence[Connection], do: Callable[[Any], Any]) -> _Worker:
    """Fork a worker. Each end of a pipe stays open in one process alone, so that either side learns when the other is no more."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, (*others, here), do), daemon=True)
    with warnings.catch_warnings():
        # Python warns of forks beside other threads; the child takes no lock of theirs, it only computes and writes back.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    there.close()
    kept.callback(here.close)
    kept.callback(process.join)
    kept.callback(process.terminate)
    return _Worker(here, process)


def _serve(pipe: Connection, others: Sequence[Connection], do: Callable[[Any], Any]) -> None:
    hold_memory()
    for end in others:
        end.close()
    with suppress(KeyboardInterrupt, EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            item = pipe.recv()
            try:
                shelf = Shelf.put(do(item))
            except Exception as error:  # noqa: BLE001 - it is raised again where the result is waited for
                pipe.send_bytes(pickle.dumps(sent(error)))
            else:
                pipe.send_bytes(pickle.dumps(None))
                shelf.send(pipe)


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


def _shared_out(items: Sequence[Any], workers: Sequence[_Worker]) -> Iterator[tuple[int, Any]]:
    left, busy = list(reversed(range(len(items)))), dict[Any, int]()

    def ask(worker: Any) -> None:
        if left:
            busy[worker] = left.pop()
            worker.ask(items[busy[worker]])

    for worker in workers:
        ask(worker)
    while busy:
        for ready in wait(list(busy)):
            index = busy.pop(ready)
            result = ready.answer()  # type: ignore[union-attr]
            ask(ready)  # before what it did is handed on, so that it works meanwhile
            yield index, result
