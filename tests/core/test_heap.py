"""A worker holds on to the memory of the arrays that it frees; what it computes stays the same."""

import os
import resource
import sys

import numpy as np
import pytest

from valsim.core import heap

ARRAYS, ROUNDS, PAGES = 20, 50, 196
"""How many arrays live at a time, how often they are replaced, and the small pages of one."""


def faults() -> int:
    """How often a worker asks the system for a page while it makes and frees arrays."""
    here, there = os.pipe()
    if os.fork() == 0:
        heap.hold_memory()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        kept = [np.ones(100_000) for _ in range(ARRAYS)]
        for _ in range(ROUNDS):
            kept = [row + 1 for row in kept]
        os.write(there, str(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before).encode())
        os._exit(0)
    os.wait()
    return int(os.read(here, 100))


@pytest.mark.skipif(sys.platform != "linux", reason="the workers are processes on Linux alone")
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_memory_that_was_freed_is_not_asked_for_again() -> None:
    living, made = (ARRAYS + 2) * PAGES, ARRAYS * ROUNDS * PAGES
    assert faults() < 2 * living < 0.05 * made


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heap.ctypes, "CDLL", lambda _: object())
    heap.hold_memory()
