"""A run is cut into chunks of whole batches."""

import pytest

from valsim.core.streams import BATCH
from valsim.execution.chunks import LARGEST, Chunk, chunks


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


def test_a_later_part_of_a_run_is_cut_from_its_first_path_on() -> None:
    assert [(c.first, c.paths) for c in chunks(2 * BATCH + 7, size=BATCH, first=3 * BATCH)] == [
        (3 * BATCH, BATCH),
        (4 * BATCH, BATCH),
        (5 * BATCH, 7),
    ]
