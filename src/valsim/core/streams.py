"""Random numbers by name: each block owns its stream, and a batch is the same whoever draws it."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from valsim.core.rows import Row
from valsim.core.special import normal_cumulative

Paths: TypeAlias = npt.NDArray[np.intp]
"""Some of the paths, by index."""

BATCH = 4096
"""Paths in a batch. It is part of the algorithm: another size gives other numbers."""
FEWEST_BATCHES = 8
"""So many batches at least tell an error from how they differ: of eight it is itself uncertain by a quarter."""


@dataclass(frozen=True)
class Streams:
    """The random numbers of some whole batches, cut to the first ``paths``.

    With ``copies`` above 1 each path stands in so many rows, all with the same numbers: row ``k paths + i`` is copy k of path
    i, which is how the same path is played under several measures at once.

    A stream is keyed by (seed, name, batch): adding a block shifts no other draw, and more paths keep the first ones. Each
    call for a name gives that name's next numbers, so a block that always asks once a step stays aligned with itself.

    >>> short, long = Streams(7, 0, 1, 4), Streams(7, 0, 2, 5000)
    >>> bool((short.normal("users") == long.normal("users")[:4]).all())
    True
    """

    seed: int
    first_batch: int
    batches: int
    paths: int
    copies: int = 1
    open: "_Open" = field(default_factory=lambda: _Open({}, {}), repr=False)
    only: Paths | None = None
    """The paths of the rows that are asked for, where these are not all."""

    def normal(self, name: str) -> Row:
        """Give the next standard normal numbers of this stream, shape ``(n_paths,)``."""
        out = np.empty(self.batches * BATCH)
        for generator, part in zip(self._generators(name), self._parts(out), strict=True):
            generator.standard_normal(out=part)
        return self._cut(out)

    def uniform(self, name: str) -> Row:
        """Give the next uniform numbers of this stream, in [0, 1), shape ``(n_paths,)``."""
        return self._cut(self._uniform(name))

    def once(self, name: str) -> Row:
        """Give uniform numbers that are drawn once a path and kept, whenever they are asked for, shape ``(n_paths,)``."""
        if name not in self.open.kept:
            self.open.kept[name] = self._uniform(name)
        return self._cut(self.open.kept[name])

    @property
    def single(self) -> "Streams":
        """The same streams with each path in one row: what is drawn from one is drawn from the other."""
        return replace(self, copies=1)

    def on(self, rows: Paths) -> "Streams":
        """Give the same streams for some of the rows alone; what is drawn is drawn for all."""
        return replace(self, only=rows % self.paths if self.only is None else self.only[rows])

    @property
    def rows(self) -> int:
        """How many rows the numbers of all paths have."""
        return self.paths * self.copies if self.only is None else self.only.size

    def _cut(self, out: Row) -> Row:
        if self.only is not None:
            return out[self.only]
        return out[: self.paths] if self.copies == 1 else np.tile(out[: self.paths], self.copies)

    def _uniform(self, name: str) -> Row:
        out = np.empty(self.batches * BATCH)
        for generator, part in zip(self._generators(name), self._parts(out), strict=True):
            generator.random(out=part)
        return out

    def _parts(self, out: Row) -> Iterator[Row]:
        return (out[i * BATCH : (i + 1) * BATCH] for i in range(self.batches))

    def _generators(self, name: str) -> list[np.random.Generator]:
        if name not in self.open.generators:
            batches = range(self.first_batch, self.first_batch + self.batches)
            self.open.generators[name] = [_generator(self.seed, name, batch) for batch in batches]
        return self.open.generators[name]


class _Open(NamedTuple):
    """Where every stream stands, and what was drawn once."""

    generators: dict[str, list[np.random.Generator]]
    kept: dict[str, Row]


def _generator(seed: int, name: str, batch: int) -> np.random.Generator:
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    return np.random.Generator(np.random.PCG64DXSM(np.random.SeedSequence(entropy=(seed, key), spawn_key=(batch,))))


@dataclass(frozen=True)
class Correlated:
    """Correlates some of the names of a set of streams: ``z = L w`` with ``L`` the Cholesky factor of the matrix.

    The product is written out, entry by entry: a matrix product of a library changes bits with the shape of its input.
    """

    names: tuple[str, ...]
    factor: tuple[tuple[float, ...], ...]

    def normals(self, independent: Mapping[str, Row]) -> dict[str, Row]:
        """Give correlated normals for the names of this set; the first keeps its own draws."""
        result = {}
        for i, name in enumerate(self.names):
            result[name] = self.factor[i][i] * independent[name]
            for j in range(i):
                if self.factor[i][j] != 0.0:
                    result[name] = result[name] + self.factor[i][j] * independent[self.names[j]]
        return result


def correlated(pairs: Sequence[tuple[str, str, float]], first: Sequence[str] = ()) -> Correlated:
    """Build the factor from pairs of names; names that share no pair are independent.

    Those of ``first`` come before the others, so that none of these changes what they draw.
    Raises ``ValueError`` when the matrix is not positive semidefinite.

    >>> correlated([("a", "b", 0.6)]).factor
    ((1.0, 0.0), (0.6, 0.8))
    """
    paired = dict.fromkeys(name for a, b, _ in pairs for name in (a, b))
    names = tuple(sorted(paired, key=lambda name: first.index(name) if name in first else len(first)))
    if not names:
        return Correlated((), ())
    matrix = np.eye(len(names))
    for a, b, rho in pairs:
        i, j = names.index(a), names.index(b)
        matrix[i, j] = matrix[j, i] = rho
    return Correlated(names, tuple(tuple(row) for row in _cholesky(matrix).tolist()))


LOST = 1e-8
"""The square root of the precision of doubles: a smaller pivot holds no digit that those after it could be told by."""


def _cholesky(matrix: Row) -> Row:
    if np.linalg.eigvalsh(matrix)[0] < -LOST:
        raise ValueError("not positive semidefinite")
    # Written out so that a singular matrix (correlation 1) has a factor too: where a pivot is lost, its column is zero.
    factor = np.zeros_like(matrix)
    for i in range(len(matrix)):
        for j in range(i):
            left = matrix[i, j] - sum(factor[i, k] * factor[j, k] for k in range(j))
            factor[i, j] = left / factor[j, j] if factor[j, j] else 0.0
        left = matrix[i, i] - sum(factor[i, k] ** 2 for k in range(i))
        factor[i, i] = np.sqrt(left) if left > LOST else 0.0
    return factor


@dataclass(frozen=True)
class ParameterDraws:
    """Gives each parameter its uniform numbers, one a path, with a Gaussian copula between correlated ones."""

    streams: Streams
    copula: Correlated

    def parameter(self, name: str) -> Row:
        """Give the uniform numbers of a parameter, shape ``(n_paths,)``."""
        z = self._normals[name] if name in self.copula.names else self.streams.normal(stream_of(name))
        return np.clip(normal_cumulative(z), 1e-300, 1 - 2**-53)

    @cached_property
    def _normals(self) -> dict[str, Row]:
        return self.copula.normals({name: self.streams.normal(stream_of(name)) for name in self.copula.names})


def stream_of(parameter: str) -> str:
    """Name the stream of a parameter."""
    return f"parameter {parameter}"
