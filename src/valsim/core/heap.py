"""The heap of a worker: memory that was given back is kept, since the next step needs as much again."""

import ctypes
from contextlib import suppress
from pathlib import Path

import numpy as np

TRIM_THRESHOLD, TOP_PAD, MMAP_THRESHOLD = -1, -2, -3
"""Parameters of ``mallopt`` of the GNU C library."""
MADV_HUGEPAGE = 14
"""Advice to ``madvise`` of Linux: use large pages here."""

ROOM = 1 << 30
"""By how much the heap grows at a time; only what is written to takes memory."""
LARGEST = 1 << 25
"""Arrays up to this size come from the heap, the most that the library allows."""
PAGE = 1 << 21
"""A large page."""


def hold_memory() -> None:
    """Let this process keep the memory of the arrays that it frees, in large pages where the system has them.

    A step makes and frees some thousand arrays. As the library comes, their memory goes back to the system and is mapped
    and cleared again, page by page: some hundred thousand times in a run. It changes no result. Without the GNU C library,
    or where the system refuses, nothing happens.
    """
    with suppress(AttributeError, OSError):
        library = ctypes.CDLL(None)
        library.mallopt(TRIM_THRESHOLD, 2**31 - 1)
        library.mallopt(MMAP_THRESHOLD, LARGEST)
        library.mallopt(TOP_PAD, ROOM)
        np.empty(LARGEST // 2, dtype=np.uint8)  # makes the heap grow
        _in_large_pages(library)


def _in_large_pages(library: ctypes.CDLL) -> None:
    maps = Path("/proc/self/maps").read_text("utf-8").splitlines()
    heaps = [line.split()[0] for line in maps if line.endswith("[heap]")]
    for heap in heaps:
        first, last = (int(end, 16) for end in heap.split("-"))
        whole = -(-first // PAGE) * PAGE
        library.madvise(ctypes.c_void_p(whole), ctypes.c_size_t(max(last - whole, 0)), MADV_HUGEPAGE)
