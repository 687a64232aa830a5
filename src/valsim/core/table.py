"""A quantile function from a table: for families whose own is a root, too slow to find for every path."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from valsim.core.rows import Row
from valsim.core.special import normal_quantile

REACH, STEP = 8.5, 1 / 256
"""The table covers normal scores from -8.5 to 8.5, which uniform numbers of 53 bits do not leave, in steps of 1/256."""
CELLS = round(2 * REACH / STEP)
"""Steps of the table."""


@dataclass(frozen=True)
class Table:
    """A quantile function at equally spaced normal scores, with its slopes there; between them a cubic.

    The cubic through values and slopes (Hermite) errs by at most ``STEP^4 / 384`` times the fourth derivative.
    """

    values: Row
    slopes: Row

    @classmethod
    def of(cls, function: Callable[[Row], Row]) -> Self:
        """Tabulate a function of the normal score; slopes are central differences of sixth order."""
        z = np.arange(-REACH - 3 * STEP, REACH + 3.5 * STEP, STEP)
        value = function(z)
        near, mid, far = (value[3 + k : -3 + k or None] - value[3 - k : len(value) - 3 - k] for k in (1, 2, 3))
        return cls(value[3:-3], (45 * near - 9 * mid + far) / 60)

    def __call__(self, u: Row) -> Row:
        """Give the quantile function at ``u`` in (0, 1), shape ``(n_paths,)``."""
        left, t = place(u)
        low, high = self.values[left], self.values[left + 1]
        rise, fall = self.slopes[left], self.slopes[left + 1]
        bend = t * (1 - t) * ((1 - t) * (rise - (high - low)) - t * (fall - (high - low)))
        row: Row = low + t * (high - low) + bend
        return row


def place(u: Row) -> tuple[npt.NDArray[np.intp], Row]:
    """Give the cell of a table in which ``u`` lies, and how far into it, from 0 to 1; shapes of ``u``."""
    steps = (np.clip(normal_quantile(u), -REACH, REACH) + REACH) / STEP
    left = np.minimum(steps.astype(np.intp), CELLS - 1)
    return left, steps - left
