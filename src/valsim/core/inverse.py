"""The inverse of a rising function that has none in closed form: exact to the last bit, or fast from a checked table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self, TypeAlias

import numpy as np
import numpy.typing as npt

from valsim.core.rows import Row
from valsim.core.special import normal_cumulative
from valsim.core.table import REACH, STEP, Table, place

Rising: TypeAlias = Callable[[Row], Row]
"""A function that does not fall, entry by entry."""

_Whole: TypeAlias = npt.NDArray[np.int64]
_SIGN, _SIZE = np.int64(np.iinfo(np.int64).min), np.int64(np.iinfo(np.int64).max)


def first_above(rising: Rising, u: Row | float, low: float = -np.inf, high: float = np.inf) -> Row:
    """Give the smallest double in ``[low, high]`` at which ``rising`` is above ``u``, or ``high``; shape of ``u``.

    Doubles in their order are halved, not the numbers: 64 halvings end at one double, wherever it is and however far the
    ends, so that a jump is found exactly. Where ``rising`` is a cumulative probability this is its quantile function.

    >>> float(first_above(lambda x: x**3, 8.0, 0.0, 10.0)) == np.nextafter(2.0, 3.0)
    True
    """
    shape = np.shape(u)
    below, above = (_rank(np.full(shape, end)) for end in (low, high))
    for _ in range(64):
        middle = (below >> 1) + (above >> 1) + (below & above & 1)
        passed = rising(_double(middle)) > u
        below, above = np.where(passed, below, np.minimum(middle + 1, above)), np.where(passed, middle, above)
    return _double(above)


def _rank(x: Row) -> _Whole:
    bits = np.asarray(x, dtype=np.float64).view(np.int64)
    return np.where(bits < 0, -(bits & _SIZE), bits)


def _double(rank: _Whole) -> Row:
    return np.asarray(np.where(rank < 0, -rank | _SIGN, rank)).view(np.float64)


@dataclass(frozen=True)
class Inverse:
    """The quantile function of a cumulative one: from a table where the table is right, elsewhere found anew.

    A table between two probabilities knows nothing of a jump there. Each of its cells is tried in its middle; the paths of
    a cell that is off by more than a billionth, and a millionth of the cell, are found by :func:`first_above`.
    """

    cumulative: Rising
    table: Table
    rough: npt.NDArray[np.bool_]
    ends: tuple[float, float]

    @classmethod
    def of(cls, cumulative: Rising, ends: tuple[float, float]) -> Self:
        """Tabulate the inverse of a cumulative probability whose values lie between ``ends``."""
        table = Table.of(lambda z: first_above(cumulative, _probability(z), *ends))
        middles = _probability(np.arange(-REACH, REACH, STEP) + STEP / 2)
        exact = first_above(cumulative, middles, *ends)
        close = 1e-9 * np.abs(exact) + 1e-6 * np.diff(table.values)
        return cls(cumulative, table, ~(np.abs(table(middles) - exact) <= close), ends)

    def __call__(self, u: Row) -> Row:
        """Give the quantile function at ``u`` in (0, 1), shape ``(n_paths,)``."""
        row = self.table(u)
        anew = self.rough[place(u)[0]]
        row[anew] = first_above(self.cumulative, u[anew], *self.ends)
        return row


def _probability(z: Row) -> Row:
    return np.minimum(normal_cumulative(z), 1 - 2**-53)
