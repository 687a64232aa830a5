"""What one process leaves on a shelf another takes, as it was."""

import os
from collections.abc import Iterator

import numpy as np
import pytest

from valsim.core.shelf import ALIGNED, Shelf

COLUMNS = {("exit",): np.array([-1, 0, 1], dtype=np.int8), ("proceeds",): np.array([0.0, 2.5, 7.0])}


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    with Shelf() as made:
        yield made


def test_a_result_is_taken_as_it_was_put(shelf: Shelf) -> None:
    for result in ([COLUMNS, {}], (3, os.getpid()), None, [np.zeros(0), np.broadcast_to(np.asarray(2.0), 4)]):
        np.testing.assert_equal(shelf.taken(shelf.put(result)), result)


def test_arrays_keep_their_type_and_start_where_numpy_likes_them(shelf: Shelf) -> None:
    taken = shelf.taken(shelf.put(COLUMNS))
    assert {key: row.dtype for key, row in taken.items()} == {key: row.dtype for key, row in COLUMNS.items()}
    assert {row.ctypes.data % ALIGNED for row in taken.values()} == {0}


def test_what_was_taken_stays_when_more_is_put(shelf: Shelf) -> None:
    first = shelf.taken(shelf.put(np.full(5_000, 1.0)))
    second = shelf.taken(shelf.put(np.full(5_000, 2.0)))
    assert (first.sum(), second.sum()) == (5_000.0, 10_000.0)


def test_the_note_is_small_however_large_the_arrays_are(shelf: Shelf) -> None:
    assert len(shelf.put([np.zeros(100_000)] * 3)) < 2_000


@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_a_forked_process_leaves_results_for_the_one_that_forked_it(shelf: Shelf) -> None:
    here, there = os.pipe()
    if os.fork() == 0:
        os.write(there, shelf.put(np.arange(4.0)))
        os._exit(0)
    assert shelf.taken(os.read(here, 10_000)).tolist() == [0.0, 1.0, 2.0, 3.0]
    os.wait()
