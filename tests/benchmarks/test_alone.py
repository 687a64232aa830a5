"""A function in a process of its own is timed, and its memory is that of all its processes together."""

import mmap
import multiprocessing
import os
import time

import numpy as np
import pytest

from benchmarks.alone import MIB, FailedError, alone

HERE = f"tests.benchmarks.{__name__.rpartition('.')[2]}"


def held(mebibytes, workers):
    """Fill an array in each of some forks at the same time."""
    processes = [multiprocessing.get_context("fork").Process(target=_fill, args=(mebibytes,)) for _ in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return mebibytes * workers


def _fill(mebibytes):
    array = np.ones(mebibytes * MIB, dtype=np.uint8)
    time.sleep(0.25)
    assert array[0] == 1


def left_for_others(mebibytes):
    """Write to memory of no file, and map nothing of it."""
    shelf = os.memfd_create("shelf")
    for _ in range(mebibytes):
        os.write(shelf, bytes(MIB))
    time.sleep(0.15)


def mapped(mebibytes):
    """Write to memory of no file, and map all of it."""
    shelf = os.memfd_create("shelf")
    for _ in range(mebibytes):
        os.write(shelf, bytes(MIB))
    memory = mmap.mmap(shelf, 0)
    assert sum(memory[at] for at in range(0, len(memory), 4096)) == 0
    time.sleep(0.15)


def fails():
    raise ValueError("out of luck")


@pytest.mark.parametrize(("place", "arguments"), [("held", (60, 2)), ("left_for_others", (120,)), ("mapped", (120,))])
def test_memory_is_that_of_all_processes_and_shelves_each_page_once(place, arguments):
    told = alone(f"{HERE}:{place}", *arguments)
    base = alone("os:getpid")
    assert 100 < (told.memory - base.memory) / MIB < 190


def test_what_is_raised_there_is_told_here():
    with pytest.raises(FailedError, match="ValueError: out of luck"):
        alone(f"{HERE}:fails")
