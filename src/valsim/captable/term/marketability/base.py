"""The base of every discount for lack of marketability."""

from abc import abstractmethod

import numpy as np

from valsim.core.block import Kind
from valsim.core.parameter import PositiveDuration, Volatility
from valsim.core.rows import Row
from valsim.core.special import normal_cumulative


class Marketability(Kind, member_of="discount for lack of marketability"):
    """What a position is worth less than its present value because it cannot be sold before the exit.

    Paths hold the position until it pays, so their present value knows when the money comes, but not what the right to sell
    earlier would be worth. That is a choice of whoever values the position, so nothing is taken off where nothing is said.
    """

    @property
    @abstractmethod
    def taken_off(self) -> Row:
        """The discount, a fraction of the present value, shape ``(n_paths,)``."""


class OptionModel(Marketability):
    """A discount that is the price of a put, which would make the shares as good as ones that can be sold."""

    volatility: Volatility
    """The volatility of the shares, per square root of a year."""
    term: PositiveDuration
    """How long the shares cannot be sold."""

    @property
    def variance(self) -> Row:
        """The variance of the logarithm of the price over the term, shape ``(n_paths,)``."""
        return self.volatility**2 * self.term


def two_sided(deviation: Row) -> Row:
    """Give the chance that a standard normal number is within so many deviations of zero, shape ``(n_paths,)``."""
    return np.asarray(normal_cumulative(deviation) - normal_cumulative(-deviation))
