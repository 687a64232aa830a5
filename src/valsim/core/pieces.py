"""Columns of a run in pieces, one a chunk of its paths: in memory while they are small, else in a file without a name."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, islice
from typing import Any

import numpy as np

from valsim.core.part import Filed, Key, Piece, Unnamed, Values, pieced


@dataclass(frozen=True, eq=False)
class Table(Mapping[Key, Values]):
    """Columns by key, in the order of their keys, each joined from its pieces when it is asked for.

    ``sizes`` says how many rows each piece has; one without a column has zeros there. A column is kept once it was joined, unless
    its pieces are in a file: then it is read each time, so that the memory is that of the columns at hand.

    >>> from valsim.core.part import pieced
    >>> table = Table([pieced({("paid",): np.array([1.0, 2.0])}), {}], [2, 1])
    >>> table["paid",]
    array([1., 2., 0.])
    """

    pieces: Sequence[Piece]
    sizes: Sequence[int]
    _joined: dict[Key, Values] = field(default_factory=dict)

    @classmethod
    def of(cls, columns: Mapping[Key, Values]) -> "Table":
        """Give columns as a table; one that is a table is itself."""
        sizes = [len(row) for row in islice(columns.values(), 1)]
        return columns if isinstance(columns, cls) else cls([pieced(dict(columns))] * len(sizes), sizes)

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
            return self.cut(key, 0, self.size)
        if key not in self._joined:
            self._joined[key] = self.cut(key, 0, self.size)
        return self._joined[key]

    @cached_property
    def size(self) -> int:
        """How many rows it has."""
        return sum(self.sizes)

    def cut(self, key: Key, first: int, last: int) -> Values:
        """Give some rows of a column, from the first to before the last; nothing else is read."""
        row = np.zeros(last - first, self.kinds[key])
        for index in range(bisect_right(self._starts, first) - 1, bisect_left(self._starts, last)):
            piece, place = self.pieces[index], self._starts[index]
            begin, end = max(first - place, 0), min(last - place, self.sizes[index])
            if key in piece:
                piece[key].write_to(row[place + begin - first : place + end - first], begin)
        return row

    @cached_property
    def _starts(self) -> list[int]:
        return [*accumulate(self.sizes[:-1], initial=0)]

    def __iter__(self) -> Iterator[Key]:
        return iter(self.kinds)

    def __len__(self) -> int:
        return len(self.kinds)

    def __contains__(self, key: object) -> bool:
        return key in self.kinds


class Pieces:
    """Takes the pieces of several tables as they come, in the order of their rows: in memory up to ``room`` bytes, then in a file.

    ``told`` is told the tables so far whenever a piece has come; ``rows`` says how many rows of the first table will come in all, where
    that is known: what would not stay in memory then goes to the file at once.

    >>> from valsim.core.part import pieced
    >>> pieces = Pieces(room=8)
    >>> pieces.add([pieced({("paid",): np.array([1.0, 2.0])})], [2])
    >>> pieces.filed, pieces.tables()[0]["paid",].tolist()
    (16, [1.0, 2.0])
    """

    def __init__(
        self, room: int, folder: str | None = None, told: Callable[[Sequence[Table]], None] | None = None, rows: int = 0
    ) -> None:
        self._room, self._folder = room, folder
        self._told, self._rows, self._so_far = told, rows, 0
        self._pieces, self._sizes = list[list[Piece]](), list[list[int]]()
        self._held, self._file = 0, None if room else Unnamed(folder)

    @property
    def filed(self) -> int:
        """How many bytes are in a file."""
        return 0 if self._file is None else self._file.size

    def add(self, pieces: Sequence[Piece], sizes: Sequence[int]) -> None:
        """Add what the next chunk has of each table, and how many rows that are.

        Raises:
            SimulationError: the file has no room for it.
        """
        self._pieces.append([self._kept(piece) for piece in pieces])
        self._sizes.append([*sizes])
        self._held += sum(part.held for piece in self._pieces[-1] for part in piece.values())
        self._so_far += sizes[0]
        if self._file is None and self._held * max(self._rows / self._so_far, 1.0) > self._room:
            self._file, self._held = Unnamed(self._folder), 0
            self._pieces = [[self._kept(piece) for piece in each] for each in self._pieces]
        if self._told is not None:
            self._told(self.tables())

    def _kept(self, piece: Piece) -> Piece:
        file = self._file
        return piece if file is None else {key: part.filed(file) for key, part in piece.items()}

    def tables(self) -> list[Table]:
        """Give the tables of all that came."""
        return [
            Table(pieces, sizes)
            for pieces, sizes in zip(zip(*self._pieces, strict=True), zip(*self._sizes, strict=True), strict=True)
        ]
