"""A number that is known."""

from typing import Literal

import numpy as np

from valsim.core.distribution.base import Distribution
from valsim.core.rows import Row


class Constant(Distribution):
    """A number that is known: every path has the same."""

    example = "{family: constant, value: 12%}"

    family: Literal["constant"] = "constant"
    """Names this family; a plain number in the document means the same."""
    value: float
    """The number."""

    def at(self, u: Row) -> Row:
        """Give the number itself, which its bounds hold, as a scalar that broadcasts."""
        return self.quantile(u)

    def quantile(self, u: Row) -> Row:
        """Give the number itself, as a scalar that broadcasts."""
        del u
        return np.asarray(self.value)

    def cumulative(self, x: Row | float) -> Row:
        """Give 0 below the number and 1 from it on."""
        return np.where(np.asarray(x) >= self.value, 1.0, 0.0)

    def limits(self) -> tuple[float, float]:
        """Give the number twice."""
        return self.value, self.value
