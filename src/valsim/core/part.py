"""Parts of columns, one a chunk of the paths of a run: the same number throughout, numbers in memory, or numbers in a file without a name."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Lock
from typing import IO, Any, Protocol, Self, TypeAlias
from weakref import finalize

import numpy as np
import numpy.typing as npt

from valsim.core.errors import SimulationError

Key: TypeAlias = tuple[str, ...]
Values: TypeAlias = npt.NDArray[Any]
"""A column or a part of it, shape ``(n,)``, of any kind of number."""


class Part(Protocol):
    """What a piece has of a column."""

    @property
    def kind(self) -> np.dtype[Any]:
        """The kind of its numbers."""

    @property
    def held(self) -> int:
        """How many bytes of memory it takes."""

    def write_to(self, row: Values, first: int = 0) -> None:
        """Write it to a row of its size, or what it has from a place on to a smaller one."""

    def filed(self, file: "Unnamed") -> "Part":
        """Give the same with its numbers in a file."""


Piece: TypeAlias = Mapping[Key, Part]
"""What a chunk of rows has of each column."""


@dataclass(frozen=True)
class Constant:
    """The same number throughout, which takes no room."""

    value: np.generic
    held: int = 0

    @property
    def kind(self) -> np.dtype[Any]:
        """The kind of the number."""
        return self.value.dtype

    def write_to(self, row: Values, first: int = 0) -> None:
        """Write it everywhere."""
        del first
        row[:] = self.value

    def filed(self, file: "Unnamed") -> Self:
        """Give it as it is."""
        del file
        return self


@dataclass(frozen=True, eq=False)
class Held:
    """Numbers in memory."""

    row: Values

    @property
    def kind(self) -> np.dtype[Any]:
        """The kind of the numbers."""
        return self.row.dtype

    @property
    def held(self) -> int:
        """How many bytes they are."""
        return self.row.nbytes

    def write_to(self, row: Values, first: int = 0) -> None:
        """Copy them."""
        row[:] = self.row[first : first + row.size]

    def filed(self, file: "Unnamed") -> "Filed":
        """Write them to a file."""
        return Filed(file, file.write(self.row), self.kind)


@dataclass(frozen=True, eq=False)
class Filed:
    """Numbers in a file, from a place on."""

    file: "Unnamed"
    place: int
    kind: np.dtype[Any]
    held: int = 0

    def write_to(self, row: Values, first: int = 0) -> None:
        """Read them."""
        self.file.read(self.place + first * self.kind.itemsize, row)

    def filed(self, file: "Unnamed") -> Self:
        """Give them where they are."""
        del file
        return self


class Unnamed:
    """A file without a name in the folder for temporary files: it is gone with the process, whatever becomes of that."""

    def __init__(self, folder: str | None = None) -> None:
        self._folder = folder or tempfile.gettempdir()
        with _refused(self._folder):
            self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder, prefix="valsim-")  # noqa: SIM115 - it stays open
        finalize(self, _given_up, self._file)
        self._turn = Lock()
        self.size = 0
        """How many bytes are in it."""

    def write(self, row: Values) -> int:
        """Add numbers at its end and give their place.

        Raises:
            SimulationError: there is no room for them.
        """
        with self._turn, _refused(self._folder):
            place, self.size = self.size, self.size + row.nbytes
            self._file.seek(place)
            self._file.write(np.ascontiguousarray(row).data)
            self._file.flush()
        return place

    def read(self, place: int, row: Values) -> None:
        """Read numbers into a row; several threads may, and processes that have the file too."""
        if not hasattr(os, "preadv"):  # as on Windows, where no other process has it
            with self._turn:
                self._file.seek(place)
                self._file.readinto(row.view(np.uint8).data)  # type: ignore[attr-defined]
            return
        left = row.view(np.uint8).data
        while left:  # not from where the file stands: that is one place for all who have it
            left = left[os.preadv(self._file.fileno(), [left], place + row.nbytes - len(left)) :]


def _given_up(file: IO[bytes]) -> None:
    with suppress(OSError):  # what is still to be written has no room, as was said, and nobody asks for it now
        file.close()


@contextmanager
def _refused(folder: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        said = (error.strerror or str(error)).lower()
        raise SimulationError(
            f"what the paths come to cannot be written to {folder}: {said}; the variable TMPDIR names another folder"
        ) from None


def pieced(columns: Mapping[Key, Values]) -> Piece:
    """Make a piece of columns.

    >>> pieced({("exit",): np.zeros(3, dtype=np.int8)})
    {('exit',): Constant(value=np.int8(0), held=0)}
    """
    return {key: _part(row) for key, row in columns.items()}


def _part(row: Values) -> Part:
    # Compared by bits: minus zero is not zero, and NaN is itself.
    bits = row[:1] if row.strides == (0,) else row.view(f"u{row.itemsize}")
    if bits.size and bits[0] == bits[-1] and (bits == bits[0]).all():
        return Constant(row[0])
    # A slice would keep all that it is a slice of.
    return Held(row if row.base is None or row.base.nbytes == row.nbytes else row.copy())
