"""Shelves: memory in which one process leaves arrays for another."""

import mmap
import os
import pickle
from typing import Any, Self

ALIGNED = 64
"""Arrays start at multiples of so many bytes, as those that NumPy makes."""


class Shelf:
    """Memory of no file, made before a process is forked, in which it leaves results for the one that forked it; Linux only.

    Through a pipe an array would be copied several times; here it is written once, and read where it stands. What was put
    stays: nothing is written over, so what was taken may be kept.

    >>> import numpy as np
    >>> with Shelf() as shelf:
    ...     shelf.taken(shelf.put({"exit": np.array([1.0, 2.0])}))
    {'exit': array([1., 2.])}
    """

    def __init__(self) -> None:
        self._file = open(os.memfd_create("valsim"), "wb")  # noqa: PTH123, SIM115 - it has no path, and stays open

    def put(self, result: Any) -> bytes:
        """Leave a result; give the note with which it is taken."""
        arrays = list[pickle.PickleBuffer]()
        rest = pickle.dumps(result, protocol=5, buffer_callback=arrays.append)
        places = [self._written(array.raw()) for array in arrays]
        self._file.flush()
        return pickle.dumps((rest, places))

    def _written(self, array: memoryview) -> tuple[int, int]:
        first = self._file.tell()
        self._file.write(array)
        self._file.write(bytes(-array.nbytes % ALIGNED))
        return first, first + array.nbytes

    def taken(self, note: bytes) -> Any:
        """Take what was put under a note; its arrays stay where they are."""
        rest, places = pickle.loads(note)  # noqa: S301 - written by `put`
        memory = memoryview(mmap.mmap(self._file.fileno(), 0)) if places else memoryview(b"")
        return pickle.loads(rest, buffers=[memory[first:last] for first, last in places])  # noqa: S301 - as above

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Close it; arrays that were taken stay."""
        self._file.close()
