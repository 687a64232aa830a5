"""Paths are played in chunks of whole batches by several workers; whoever does them, results come in order."""

import os

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


def test_there_is_a_processor() -> None:
    assert 1 <= processors() <= (os.cpu_count() or 1)
