"""Scrambled Sobol points for the numbers that are drawn once a path; those of every step stay pseudo-random.

The 4,096 points of a batch fill the space of the parameters evenly, and each batch is scrambled anew, so that batches are
independent and how they differ tells the error: randomised quasi-Monte Carlo (Owen 1997, "Monte Carlo variance of scrambled net
quadrature", SIAM Journal on Numerical Analysis 34; L'Ecuyer and Lemieux 2002, "Recent advances in randomized quasi-Monte
Carlo methods").
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from valsim.core.rows import Row
from valsim.core.sampler.base import Sampler
from valsim.core.special import normal_quantile
from valsim.core.streams import BATCH, FEWEST_BATCHES, Streams

Cells: TypeAlias = npt.NDArray[np.int64]
"""Whole numbers below 4,096, one a path of a batch: in which part of ``1 / 4096`` its number lies."""
CANDIDATES = 1024
"""Dimensions of the points, of which those are used that are even together."""
EVEN = 6
"""Of any two dimensions, all rectangles with an area of ``2^-6``, cut by halving sides again and again, hold as many points."""
LEVELS = 12
"""Binary digits that tell the points of a batch apart."""


@dataclass(frozen=True)
class Sobol(Streams):
    """Random numbers of which those drawn once a path are evenly spread over each batch.

    The normal numbers of the streams in ``dimensions`` are those of a Sobol point of that dimension, scrambled by the name of the
    stream: nested uniform scrambling (Owen 1995, "Randomly permuted (t,m,s)-nets and (t,s)-sequences"). Those without a dimension
    left, and uniform ones that are asked for with ``once``, as it is not known before which are, are a Latin hypercube: one in
    each part of ``1 / 4096``, in random order (McKay, Beckman and Conover 1979). All others are pseudo-random.

    >>> z = Sobol(7, 0, 1, 4096, dimensions={"growth": 3}).normal("growth")
    >>> bool(abs(z.mean()) < 1e-3), bool(abs(Streams(7, 0, 1, 4096).normal("growth").mean()) < 1e-3)
    (True, False)
    """

    dimensions: dict[str, int | None] = field(default_factory=dict)

    def normal(self, name: str) -> Row:
        """Give the next standard normal numbers of this stream, shape ``(n_paths,)``; those of a parameter are always the same."""
        if name not in self.dimensions:
            return super().normal(name)
        dimension = self.dimensions[name]
        if dimension is None:
            return normal_quantile(self.once(name))
        if name not in self.open.kept:
            cells = points()[dimension]
            self.open.kept[name] = normal_quantile(self._in_cells(name, lambda draw: scrambled(cells, draw)))
        return self._cut(self.open.kept[name])

    def once(self, name: str) -> Row:
        """Give uniform numbers that are drawn once a path and kept, whenever they are asked for, shape ``(n_paths,)``."""
        if name not in self.open.kept:
            self.open.kept[name] = self._in_cells(name, lambda draw: draw.permutation(BATCH))
        return self._cut(self.open.kept[name])

    def _in_cells(self, name: str, cells: Callable[[np.random.Generator], Cells]) -> Row:
        """Draw a number in each cell of ``1 / 4096``, never 0 nor 1, in the order of the cells of each batch."""
        parts = [(cells(draw) + draw.random(BATCH)) / BATCH for draw in self._generators(name)]
        return np.clip(np.concatenate(parts), 2.0**-54, 1 - 2.0**-53)


def dimensions(names: Sequence[str]) -> dict[str, int | None]:
    """Give each name a dimension of its own: the first free one from where its hash points, and none where none is left.

    A name that is added moves another only where it takes its place.

    >>> dimensions(["growth", "multiple"])["growth"] == dimensions(["growth"])["growth"]
    True
    """
    count, found = len(points()), dict[int, str]()
    for name in names[:count]:
        place = int.from_bytes(hashlib.sha256(name.encode()).digest()[8:12], "big") % count
        while place in found:
            place = (place + 1) % count
        found[place] = name
    return dict.fromkeys(names) | {name: place for place, name in found.items()}


@cache
def points() -> Cells:
    """Give the unscrambled points in each dimension as whole numbers below 4,096, shape ``(dimensions, 4096)``.

    They are those dimensions of Joe and Kuo (2008, "Constructing Sobol sequences with better two-dimensional projections") that are
    even together. Of those that are not, two may move together in every batch, and what hangs on both of them has many times
    the error of pseudo-random numbers.
    """
    from scipy.stats import qmc

    found: Cells = np.rint(qmc.Sobol(CANDIDATES, scramble=False).random(BATCH).T * BATCH).astype(np.int64)
    return found[even_together(found)]


def even_together(cells: Cells) -> list[int]:
    """Choose dimensions of which any two are a (6, 12, 2)-net: the first, then each that is so with all chosen before.

    Two are, where no sum of the first ``k`` binary digits of one is a sum of the first ``6 - k`` of the other: sums modulo 2,
    of any of them, as functions of the number of the point (Niederreiter, Random Number Generation and Quasi-Monte Carlo
    Methods, 1992, theorem 4.28).
    """
    chosen, taken = list[int](), dict[int, int]()
    for dimension, powers in enumerate(cells[:, 1 << np.arange(LEVELS)]):
        sums = _sums_of_digits(powers)
        if all(taken.get(each, EVEN) + digits > EVEN for each, digits in sums.items()):
            chosen.append(dimension)
            taken |= {each: min(digits, taken.get(each, digits)) for each, digits in sums.items()}
    return chosen


def _sums_of_digits(powers: Cells) -> dict[int, int]:
    """Give each sum of the first digits of a coordinate, by its values at the points 1, 2, 4 and so on, and the last digit in it."""
    found = {0: 0}
    for digits in range(1, EVEN):
        digit = int(np.sum((powers >> (LEVELS - digits) & 1) << np.arange(LEVELS)))
        found |= {each ^ digit: digits for each in found}
    del found[0]
    return found


def scrambled(cells: Cells, generator: np.random.Generator) -> Cells:
    """Flip each binary digit of whole numbers, or not, as is drawn for all that share the digits before it."""
    flips = generator.integers(0, 2, BATCH)
    found = np.zeros_like(cells)
    for level in range(LEVELS):
        left = LEVELS - 1 - level
        digit = (cells >> left) & 1
        found |= (digit ^ flips[(1 << level) + (cells >> (left + 1))]) << left
    return found


def sobol(streams: Streams, parameters: Sequence[str]) -> Sobol:
    """Give the same batches with the numbers of parameters evenly spread."""
    kept = {each.name: getattr(streams, each.name) for each in fields(Streams)}
    return Sobol(**kept, dimensions=dimensions(parameters))


SOBOL = Sampler("sobol", together=BATCH, least=FEWEST_BATCHES * BATCH, drawn=sobol)
