"""A number in another unit: a distribution times a constant."""

import numpy as np

from valsim.core.distribution.base import Distribution
from valsim.core.distribution.constant import Constant
from valsim.core.rows import Row
from valsim.core.unit import Unit


class Scaled(Distribution):
    """A distribution of which every draw is multiplied by ``factor``, above 0.

    A document never names it: it stands for an amount in another currency.

    >>> from valsim.core.distribution.uniform import Uniform
    >>> Scaled(whole=Uniform(low=1.0, high=3.0), factor=0.5).at(np.array([0.25, 0.75])).tolist()
    [0.75, 1.25]
    """

    whole: Distribution
    """The distribution as it was stated."""
    factor: float
    """What one of its unit is worth."""

    def at(self, u: Row) -> Row:
        """Give the quantile function within the bounds of what was stated."""
        return self.factor * self.whole.at(u)

    def quantile(self, u: Row) -> Row:
        """Give the quantile function."""
        return self.at(u)

    def cumulative(self, x: Row | float) -> Row:
        """Give the probability of a value at or below ``x``, shape of ``x``."""
        return self.whole.probability(np.asarray(x) / self.factor)

    def limits(self) -> tuple[float, float]:
        """Give the ends of what was stated."""
        low, high = self.whole.support()
        return self.factor * low, self.factor * high

    def distance_from_stated(self, unit: Unit) -> str:
        """Say how far what is drawn lies from what was stated, in the unit that it was stated in."""
        return self.whole.distance_from_stated(unit)


def scaled(distribution: Distribution, factor: float) -> Distribution:
    """Give a distribution times a constant; a known number stays one."""
    if isinstance(distribution, Constant):
        return Constant(value=distribution.value * factor)
    return Scaled(whole=distribution, factor=factor)
