"""A number between two ends whose density rises to a mode and falls in straight lines."""

from typing import Literal

import numpy as np

from valsim.core.distribution.three_point import ThreePoint
from valsim.core.rows import Row


class Triangular(ThreePoint):
    """A number between two ends whose density rises to the mode and falls in straight lines.

    With ``c = (mode - low) / (high - low)``, ``at(u) = low + (high - low) q`` where ``q = sqrt(u c)`` for ``u`` up to ``c`` and
    ``1 - sqrt((1 - u)(1 - c))`` above. The mean is ``(low + mode + high) / 3``; the variance is
    ``(low^2 + mode^2 + high^2 - low mode - low high - mode high) / 18``. Given by its ends and mode, or by three quantiles.

    >>> float(Triangular(low=0.0, mode=1.0, high=4.0).at(0.25))
    1.0
    """

    example = "{family: triangular, low: 3 months, mode: 6 months, high: 18 months}"

    family: Literal["triangular"] = "triangular"
    """Names this family."""

    def of_unit(self, u: Row, place: Row | float) -> Row:
        """Give the quantile function between 0 and 1 with the mode at ``place``."""
        c = np.asarray(place)
        row: Row = np.where(u <= c, np.sqrt(u * c), 1 - np.sqrt((1 - u) * (1 - c)))
        return row

    def places(self, first: float, last: float) -> tuple[float, float]:
        """Give the outer two probabilities: quantiles on one side of the mode do not tell how far away it is."""
        return first, last

    def quantile(self, u: Row) -> Row:
        """Give the quantile function."""
        low, _, high = self.fitted
        return low + (high - low) * self.of_unit(np.asarray(u), self.place)

    def cumulative(self, x: Row | float) -> Row:
        """Give the probability of a value at or below ``x``, shape of ``x``."""
        (low, _, high), c = self.fitted, self.place
        t = (np.clip(x, low, high) - low) / (high - low)
        rising = np.minimum(t, c) ** 2 / (c or 1.0)
        falling = 1 - (1 - np.maximum(t, c)) ** 2 / (1 - c or 1.0)
        return np.where(t < c, rising, falling)
