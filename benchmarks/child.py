"""Work in a process of its own, so that what it leaves behind touches no other measurement."""

import multiprocessing
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


def forked(work: Callable[[], T]) -> T:
    """Do work in a fork of this process; raise here what was raised there."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(work, there))
    process.start()
    there.close()
    given, error = here.recv()
    process.join()
    if error is not None:
        raise error
    result: T = given
    return result


def _do(work: Callable[[], Any], pipe: Any) -> None:
    try:
        answer = work(), None
    except Exception as error:  # noqa: BLE001 - it is raised again where the result is waited for
        answer = None, RuntimeError(f"{type(error).__name__}: {error}")
    pipe.send(answer)
