"""Columns of a run in pieces, one a chunk of its paths: in memory while they are small, else in a file without a name."""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import IO, Any, Protocol, Self, TypeAlias
from weakref import finalize

import numpy as np
import numpy.typing as npt

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

    def write_to(self, row: Values) -> None:
        """Write it to a row of its size."""

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

    def write_to(self, row: Values) -> None:
        """Write it everywhere."""
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

    def write_to(self, row: Values) -> None:
        """Copy them."""
        row[:] = self.row

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

    def write_to(self, row: Values) -> None:
        """Read them."""
        self.file.read(self.place, row)

    def filed(self, file: "Unnamed") -> Self:
        """Give them where they are."""
        del file
        return self


class Unnamed:
    """A file without a name in the folder for temporary files: it is gone with the process, whatever becomes of that."""

    def __init__(self, folder: str | None = None) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder, prefix="valsim-")  # noqa: SIM115 - it stays open
        finalize(self, self._file.close)
        self._turn = Lock()
        self.size = 0
        """How many bytes are in it."""

    def write(self, row: Values) -> int:
        """Add numbers at its end and give their place.

        Raises:
            OSError: there is no room for them.
        """
        with self._turn:
            place, self.size = self.size, self.size + row.nbytes
            self._file.seek(place)
            self._file.write(np.ascontiguousarray(row).data)
            self._file.flush()
        return place

    def read(self, place: int, row: Values) -> None:
        """Read numbers into a row; several threads may, and processes that have the file too."""
        left = row.view(np.uint8).data
        while left:  # not from where the file stands: that is one place for all who have it
            left = left[os.preadv(self._file.fileno(), [left], place + row.nbytes - len(left)) :]


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


@dataclass(frozen=True, eq=False)
class Table(Mapping[Key, Values]):
    """Columns by key, in the order of their keys, each joined from its pieces when it is asked for.

    ``sizes`` says how many rows each piece has; one without a column has zeros there. A column is kept once it was joined, unless
    its pieces are in a file: then it is read each time, so that the memory is that of the columns at hand.

    >>> table = Table([pieced({("paid",): np.array([1.0, 2.0])}), {}], [2, 1])
    >>> table["paid",]
    array([1., 2., 0.])
    """

    pieces: Sequence[Piece]
    sizes: Sequence[int]
    _joined: dict[Key, Values] = field(default_factory=dict)

    @cached_property
    def kinds(self) -> Mapping[Key, np.dtype[Any]]:
        """The kind of number of each column."""
        found = {key: part.kind for piece in self.pieces for key, part in piece.items()}
        return {key: found[key] for key in sorted(found)}

    @cached_property
    def _in_file(self) -> bool:
        return any(isinstance(part, Filed) for piece in self.pieces for part in piece.values())

    def __getitem__(self, key: Key) -> Values:
        if self._in_file:
            return self._join(key)
        if key not in self._joined:
            self._joined[key] = self._join(key)
        return self._joined[key]

    def _join(self, key: Key) -> Values:
        row = np.zeros(sum(self.sizes), self.kinds[key])
        first = 0
        for piece, size in zip(self.pieces, self.sizes, strict=True):
            if key in piece:
                piece[key].write_to(row[first : first + size])
            first += size
        return row

    def __iter__(self) -> Iterator[Key]:
        return iter(self.kinds)

    def __len__(self) -> int:
        return len(self.kinds)

    def __contains__(self, key: object) -> bool:
        return key in self.kinds


class Pieces:
    """Takes the pieces of several tables as they come, in the order of their rows: in memory up to ``room`` bytes, then in a file.

    >>> pieces = Pieces(room=8)
    >>> pieces.add([pieced({("paid",): np.array([1.0, 2.0])})], [2])
    >>> pieces.filed, pieces.tables()[0]["paid",].tolist()
    (16, [1.0, 2.0])
    """

    def __init__(self, room: int, folder: str | None = None) -> None:
        self._room, self._folder = room, folder
        self._pieces, self._sizes = list[list[Piece]](), list[list[int]]()
        self._held, self._file = 0, None if room else Unnamed(folder)

    @property
    def filed(self) -> int:
        """How many bytes are in a file."""
        return 0 if self._file is None else self._file.size

    def add(self, pieces: Sequence[Piece], sizes: Sequence[int]) -> None:
        """Add what the next chunk has of each table, and how many rows that are.

        Raises:
            OSError: the file has no room for it.
        """
        self._pieces.append([self._kept(piece) for piece in pieces])
        self._sizes.append([*sizes])
        self._held += sum(part.held for piece in self._pieces[-1] for part in piece.values())
        if self._file is None and self._held > self._room:
            self._file, self._held = Unnamed(self._folder), 0
            self._pieces = [[self._kept(piece) for piece in each] for each in self._pieces]

    def _kept(self, piece: Piece) -> Piece:
        file = self._file
        return piece if file is None else {key: part.filed(file) for key, part in piece.items()}

    def tables(self) -> list[Table]:
        """Give the tables of all that came."""
        return [
            Table(pieces, sizes)
            for pieces, sizes in zip(zip(*self._pieces, strict=True), zip(*self._sizes, strict=True), strict=True)
        ]
