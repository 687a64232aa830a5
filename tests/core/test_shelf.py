"""What one process leaves on a shelf another takes, as it was."""

import multiprocessing
import os
from pathlib import Path

import numpy as np
import pytest

from valsim.core.shelf import ALIGNED, Shelf

COLUMNS = {("exit",): np.array([-1, 0, 1], dtype=np.int8), ("proceeds",): np.array([0.0, 2.5, 7.0])}


def test_a_result_is_taken_as_it_was_put() -> None:
    for result in ([COLUMNS, {}], (3, os.getpid()), None, [np.zeros(0), np.broadcast_to(np.asarray(2.0), 4)]):
        np.testing.assert_equal(Shelf.put(result).taken(), result)


def test_arrays_keep_their_type_and_start_where_numpy_likes_them() -> None:
    taken = Shelf.put(COLUMNS).taken()
    assert {key: row.dtype for key, row in taken.items()} == {key: row.dtype for key, row in COLUMNS.items()}
    assert {row.ctypes.data % ALIGNED for row in taken.values()} == {0}


def test_what_was_taken_stays_when_more_is_put() -> None:
    first = Shelf.put(np.full(5_000, 1.0)).taken()
    second = Shelf.put(np.full(5_000, 2.0)).taken()
    assert (first.sum(), second.sum()) == (5_000.0, 10_000.0)


def test_the_note_is_small_however_large_the_arrays_are() -> None:
    shelf = Shelf.put([np.zeros(100_000)] * 3)
    assert len(shelf.note) < 2_000
    shelf.taken()


def test_its_memory_is_given_back_with_the_last_array() -> None:
    def mapped() -> int:
        return Path("/proc/self/maps").read_text("ascii").count("memfd:valsim")

    before, taken = mapped(), Shelf.put([np.zeros(100_000), np.ones(100_000)]).taken()
    kept = taken.pop()
    assert mapped() == before + 1
    del taken, kept
    assert mapped() == before


@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_a_forked_process_leaves_results_for_the_one_that_forked_it() -> None:
    here, there = multiprocessing.Pipe()
    if os.fork() == 0:
        Shelf.put(np.arange(4.0)).send(there)
        os._exit(0)
    assert Shelf.received(here).taken().tolist() == [0.0, 1.0, 2.0, 3.0]
    os.wait()
