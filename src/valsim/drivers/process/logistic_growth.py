"""A level that grows until it fills its capacity."""

from collections.abc import Iterator
from typing import Any, Literal, Self

import numpy as np

from valsim.core.errors import Problem
from valsim.core.parameter import Growth, PositiveLevel, Volatility
from valsim.core.rows import Row, Rows
from valsim.drivers.process.base import Process, ceiling_problems, lognormal_factor, saturating


class LogisticGrowth(Process):
    """A level that grows until it fills its capacity.

    ``dS = log(1 + growth) S (1 - S / capacity) dt + volatility S dW``: the growth is stepped exactly, then the shock.
    At volatility 0, ``S_t = capacity / (1 + (capacity / start - 1) (1 + growth)^-t)``.
    """

    example = "{kind: logistic_growth, start: 9.9M users, growth: 60%, capacity: 40M users, volatility: 30%}"

    kind: Literal["logistic_growth"]
    """Names this process."""
    start: PositiveLevel
    """The level at the start."""
    growth: Growth
    """Effective growth per year while the level is small beside the capacity, a fraction."""
    capacity: PositiveLevel
    """The level at which growth stops."""
    volatility: Volatility
    """Standard deviation of the logarithm per square root of a year."""

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Grow by one step."""
        del rows
        grown = saturating(self.start, self.capacity, np.log1p(self.growth) * dt)
        return self.but(start=grown * lognormal_factor(self.volatility, dt, shock))

    def aged(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Stay: only the level moves."""
        del dt, shock, rows
        return self

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report levels in another unit, and warn of a capacity below the start."""
        yield from super().problems(context)
        yield from ceiling_problems("capacity", self.capacity, self.start)
