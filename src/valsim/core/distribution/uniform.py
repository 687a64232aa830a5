"""Every value between two ends is equally likely."""

from typing import Literal

import numpy as np

from valsim.core.block import custom_error
from valsim.core.distribution.base import Distribution
from valsim.core.rows import Row


class Uniform(Distribution):
    """Every value between ``low`` and ``high`` is equally likely: ``at(u) = low + u (high - low)``.

    Its mean is ``(low + high) / 2`` and its variance ``(high - low)^2 / 12``. Given by its two ends; it takes no
    quantiles.

    >>> float(Uniform(low=4.8e9, high=10e9).at(0.5))
    7400000000.0
    """

    example = "{family: uniform, low: 4.8B USD, high: 10B USD}"

    family: Literal["uniform"] = "uniform"
    """Names this family."""
    low: float
    """The lower end."""
    high: float
    """The upper end."""

    def quantile(self, u: Row) -> Row:
        """Give the quantile function."""
        return self.low + u * (self.high - self.low)

    def cumulative(self, x: Row | float) -> Row:
        """Give the probability of a value at or below ``x``, shape of ``x``."""
        return (np.clip(x, self.low, self.high) - self.low) / (self.high - self.low)

    def limits(self) -> tuple[float, float]:
        """Give the two ends."""
        return self.low, self.high

    def expect_one_member(self) -> None:
        """Raise the error that says why there is nothing between the ends."""
        if not self.low < self.high:
            raise custom_error("family", f"low must be below high, got {self.low:g} and {self.high:g}")
