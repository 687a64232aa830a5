"""Paths are played in chunks of whole batches by several workers; whoever does them, results come in order."""

import os
import signal
import sys
from collections.abc import Callable

import pytest

from valsim.core.errors import SimulationError
from valsim.core.streams import BATCH
from valsim.execution import LARGEST, Chunk, chunks, processors, team


@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize("paths", [1, BATCH - 1, BATCH, 5 * BATCH + 1, 100_000])
def test_chunks_hold_every_path_once_in_whole_batches(paths: int, threads: int) -> None:
    parts = chunks(paths, threads)
    assert sum(part.paths for part in parts) == paths
    assert [part.first for part in parts] == [sum(p.paths for p in parts[:i]) for i in range(len(parts))]
    assert all(part.first % BATCH == 0 for part in parts)


@pytest.mark.parametrize("paths", [3 * BATCH, 100_000, 400_000])
def test_chunks_are_even_over_the_workers_and_not_too_large(paths: int) -> None:
    parts = chunks(paths, threads=2)
    assert len(parts) % 2 == 0
    assert max(part.paths for part in parts) <= LARGEST * BATCH
    assert max(part.paths for part in parts) - min(part.paths for part in parts) <= BATCH


@pytest.mark.parametrize(("size", "largest"), [(1, BATCH), (BATCH, BATCH), (2 * BATCH + 5, 2 * BATCH)])
def test_a_size_is_rounded_down_to_whole_batches(size: int, largest: int) -> None:
    assert max(part.paths for part in chunks(10 * BATCH, size=size)) == largest


def test_a_chunk_has_the_random_numbers_of_its_own_batches() -> None:
    whole, second = Chunk(0, 2 * BATCH).streams(7), Chunk(BATCH, 10).streams(7)
    assert second.uniform("exits").tolist() == whole.uniform("exits")[BATCH : BATCH + 10].tolist()


def first_of(part: Chunk) -> tuple[int, int]:
    return part.first, os.getpid()


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_results_come_in_the_order_of_the_paths(workers: int) -> None:
    parts, told = chunks(6 * BATCH, size=BATCH), list[int]()
    with team(workers, first_of, told.append) as work:
        for _ in range(2):
            assert [first for first, _ in work(parts)] == [part.first for part in parts]
    assert told == [BATCH] * 12


def test_one_worker_is_this_process() -> None:
    with team(1, first_of, lambda _: None) as work:
        assert work([Chunk(0, 1)]) == [(0, os.getpid())]


def broken(part: Chunk) -> int:
    raise SimulationError(f"effects of {part.paths} paths")


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_a_worker_is_raised_here(workers: int) -> None:
    with team(workers, broken, lambda _: None) as work, pytest.raises(SimulationError, match="effects of 5 paths"):
        work([Chunk(0, 5), Chunk(BATCH, 5)])


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
def test_an_error_that_cannot_be_sent_from_a_process_is_told_in_words(do: Callable[[Chunk], int], name: str) -> None:
    with team(2, do, lambda _: None) as work, pytest.raises(RuntimeError, match=f"{name}: 5 paths are too odd"):
        work(PARTS)


@forked
def test_a_result_that_cannot_be_sent_is_an_error() -> None:
    with team(2, unsendable, lambda _: None) as work, pytest.raises(Exception, match="pickle"):
        work(PARTS)


@forked
def test_a_worker_that_the_system_ends_is_told_in_words() -> None:
    told = r"ended by the system \(SIGKILL\); perhaps the memory did not suffice: try fewer threads or paths"
    with team(2, killed, lambda _: None) as work, pytest.raises(SimulationError, match=told):
        work(PARTS)


@forked
def test_a_worker_that_leaves_is_told_with_its_exit_code() -> None:
    with team(2, left, lambda _: None) as work, pytest.raises(SimulationError, match="left with exit code 5 before"):
        work(PARTS)


@forked
def test_a_worker_that_is_no_more_when_it_is_asked_is_found_out() -> None:
    with team(2, first_of, lambda _: None) as work:
        (_, worker), _ = work(PARTS)
        os.kill(worker, signal.SIGTERM)
        with pytest.raises(SimulationError, match=r"ended by the system \(SIGTERM\)$"):
            work(PARTS)


def test_there_is_a_processor() -> None:
    assert 1 <= processors() <= (os.cpu_count() or 1)
