"""Shelves: memory in which one process leaves arrays for another."""

import mmap
import os
import pickle
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle, send_handle
from typing import Any, NamedTuple, Self

ALIGNED = 64
"""Arrays start at multiples of so many bytes, as those that NumPy makes."""


class Shelf(NamedTuple):
    """Memory of no file in which a process leaves one result for another, which is sent the number of its opening; Linux only.

    Through a pipe an array would be copied several times; here it is written once, and read where it stands. The memory is given
    back with the last of the arrays that were taken.

    >>> import numpy as np
    >>> Shelf.put({"exit": np.array([1.0, 2.0])}).taken()
    {'exit': array([1., 2.])}
    """

    note: bytes
    """All but the arrays, and where those stand."""
    opening: int
    """The number under which the process has the memory open, until it is taken or sent."""

    @classmethod
    def put(cls, result: Any) -> Self:
        """Leave a result."""
        arrays = list[pickle.PickleBuffer]()
        rest = pickle.dumps(result, protocol=5, buffer_callback=arrays.append)
        opening = os.memfd_create("valsim")
        with open(opening, "wb", closefd=False) as file:
            places = [_written(file, array.raw()) for array in arrays]
        return cls(pickle.dumps((rest, places)), opening)

    def taken(self) -> Any:
        """Take what was put; its arrays stay where they are."""
        rest, places = pickle.loads(self.note)  # noqa: S301 - written by `put`
        try:
            memory = memoryview(mmap.mmap(self.opening, 0) if os.fstat(self.opening).st_size else b"")
        finally:
            os.close(self.opening)
        return pickle.loads(rest, buffers=[memory[first:last] for first, last in places])  # noqa: S301 - as above

    def send(self, pipe: Connection) -> None:
        """Hand it to the process at the other end of a pipe."""
        try:
            pipe.send_bytes(self.note)
            send_handle(pipe, self.opening, None)  # only Windows asks for whom it is
        finally:
            os.close(self.opening)

    @classmethod
    def received(cls, pipe: Connection) -> Self:
        """Take it out of a pipe."""
        return cls(pipe.recv_bytes(), recv_handle(pipe))


def _written(file: Any, array: memoryview) -> tuple[int, int]:
    first = file.tell()
    file.write(array)
    file.write(bytes(-array.nbytes % ALIGNED))
    return first, first + array.nbytes
