"""Sources that conflict: each path believes one of them."""

import numpy as np
from pydantic import model_validator

from valsim.core.block import custom_error
from valsim.core.distribution.base import Distribution
from valsim.core.rows import Row


class Readings(Distribution):
    """Several readings of one number, each with a weight: a path believes reading i with probability ``weights[i]``.

    ``at(u)`` picks the reading by the cumulative weights and reuses what is left of ``u`` inside it; it rises with ``u``
    where the readings are listed in rising order.

    A document writes ``conflict:``, so this family has no name there.

    >>> from valsim.core.distribution.constant import Constant
    >>> price = Readings(parts=(Constant(value=4.8e9), Constant(value=10e9)), weights=(0.4, 0.6))
    >>> price.at(np.array([0.39, 0.41])).tolist()
    [4800000000.0, 10000000000.0]
    """

    parts: tuple[Distribution, ...]
    """The readings."""
    weights: tuple[float, ...]
    """The probability of each reading; they add up to 1."""

    def quantile(self, u: Row) -> Row:
        """Give the quantile function."""
        u = np.asarray(u)
        ends = np.cumsum(self.weights)
        chosen = np.searchsorted(ends[:-1], u, side="right")
        left = np.clip((u - (ends - self.weights)[chosen]) / np.asarray(self.weights)[chosen], 1e-12, 1 - 1e-12)
        return np.choose(chosen, [part.at(left) for part in self.parts])

    def cumulative(self, x: Row | float) -> Row:
        """Give the probability of a value at or below ``x``, shape of ``x``."""
        parts = (w * part.probability(x) for w, part in zip(self.weights, self.parts, strict=True))
        return sum(parts, np.zeros(()))

    def limits(self) -> tuple[float, float]:
        """Give the ends of the widest reading."""
        ends = [part.support() for part in self.parts]
        return min(low for low, _ in ends), max(high for _, high in ends)

    @model_validator(mode="after")
    def _weights_are_probabilities(self) -> "Readings":
        if len(self.parts) != len(self.weights) or min(self.weights) <= 0:
            raise custom_error("conflict", "each reading has a weight above 0")
        return self
