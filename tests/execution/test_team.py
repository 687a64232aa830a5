"""Paths are played in chunks of whole batches by several workers; whoever does them, results come in order."""

import copyreg
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable

import pytest

from valsim.core.errors import SimulationError
from valsim.core.streams import BATCH
from valsim.execution.chunks import Chunk, chunks
from valsim.execution.team import processors, team


def first_of(part: Chunk) -> tuple[int, int]:
    return part.first, os.getpid()


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_results_come_in_the_order_of_the_paths(workers: int) -> None:
    parts, told = chunks(6 * BATCH, size=BATCH), list[Chunk]()
    with team(workers, first_of, told.append) as work:
        for _ in range(2):
            assert [first for first, _ in work(parts)] == [part.first for part in parts]
    assert sorted(part.first for part in told) == sorted(2 * [part.first for part in parts])


@pytest.mark.skipif(sys.platform != "linux", reason="workers are threads elsewhere")
def test_a_worker_is_started_only_when_there_is_an_item_for_it() -> None:
    before = len(multiprocessing.active_children())
    with team(999, first_of, lambda _: None) as work:
        list(work(chunks(2 * BATCH, size=BATCH)))
        assert len(multiprocessing.active_children()) - before == 2


def test_one_worker_is_this_process() -> None:
    with team(1, first_of, lambda _: None) as work:
        assert list(work([Chunk(0, 1)])) == [(0, os.getpid())]


def broken(part: Chunk) -> int:
    raise SimulationError(f"effects of {part.paths} paths")


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_a_worker_is_raised_here(workers: int) -> None:
    with team(workers, broken, lambda _: None) as work, pytest.raises(SimulationError, match="effects of 5 paths"):
        list(work([Chunk(0, 5), Chunk(BATCH, 5)]))


class FussyError(ValueError):
    """An error that is made of two things, so that it is not what comes out of a pickle."""

    def __init__(self, part: Chunk, why: str) -> None:
        super().__init__(f"{part.paths} paths are {why}")


def fussy(part: Chunk) -> int:
    raise FussyError(part, "too odd")


def local(part: Chunk) -> int:
    class LocalError(ValueError):
        pass

    raise LocalError(f"{part.paths} paths are too odd")


def unsendable(part: Chunk) -> object:
    return lambda: part


def left(part: Chunk) -> int:
    sys.exit(part.paths)


def killed(part: Chunk) -> int:
    if part.first == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return part.paths


PARTS = [Chunk(0, 5), Chunk(BATCH, 5)]
forked = pytest.mark.skipif(sys.platform != "linux", reason="workers are threads here, which cannot end by themselves")


@forked
@pytest.mark.parametrize(("do", "name"), [(fussy, "FussyError"), (local, "LocalError")])
def test_an_error_that_cannot_be_sent_from_a_process_is_told_in_words(
    do: Callable[[Chunk], int], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Dask lets every error be sent, once it was imported.
    monkeypatch.delitem(copyreg.dispatch_table, FussyError, raising=False)
    with team(2, do, lambda _: None) as work, pytest.raises(RuntimeError, match=f"{name}: 5 paths are too odd"):
        list(work(PARTS))


@forked
def test_a_result_that_cannot_be_sent_is_an_error() -> None:
    with team(2, unsendable, lambda _: None) as work, pytest.raises(Exception, match="pickle"):
        list(work(PARTS))


@forked
def test_a_worker_that_the_system_ends_is_told_in_words() -> None:
    told = r"ended by the system \(SIGKILL\); perhaps the memory did not suffice: try fewer threads or paths"
    with team(2, killed, lambda _: None) as work, pytest.raises(SimulationError, match=told):
        list(work(PARTS))


@forked
def test_a_worker_that_leaves_is_told_with_its_exit_code() -> None:
    with team(2, left, lambda _: None) as work, pytest.raises(SimulationError, match="left with exit code 5 before"):
        list(work(PARTS))


@forked
def test_a_worker_that_is_no_more_when_it_is_asked_is_found_out() -> None:
    with team(2, first_of, lambda _: None) as work:
        (_, worker), _ = work(PARTS)
        os.kill(worker, signal.SIGTERM)
        with pytest.raises(SimulationError, match=r"ended by the system \(SIGTERM\)$"):
            list(work(PARTS))


def test_there_is_a_processor() -> None:
    assert 1 <= processors() <= (os.cpu_count() or 1)
