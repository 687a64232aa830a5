"""A level that grows at a steady mean rate with proportional shocks."""

from typing import Literal, Self

import numpy as np

from valsim.core.parameter import Growth, PositiveLevel, Volatility
from valsim.core.rows import Row, Rows
from valsim.drivers.process.base import Process, lognormal_factor


class GeometricBrownian(Process):
    """A level that grows at a steady mean rate with proportional shocks.

    ``dS = log(1 + growth) S dt + volatility S dW``, stepped exactly; ``E[S_t] = start (1 + growth)^t`` and
    ``sd(log S_t) = volatility sqrt(t)``. A negative growth is a steady decline.
    """

    example = "{kind: geometric_brownian, start: 2M users, growth: 20%, volatility: 30%}"

    kind: Literal["geometric_brownian"]
    """Names this process."""
    start: PositiveLevel
    """The level at the start."""
    growth: Growth
    """Effective growth of the mean per year, a fraction."""
    volatility: Volatility
    """Standard deviation of the logarithm per square root of a year."""

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Grow by one step."""
        del rows
        factor = np.exp(np.log1p(self.growth) * dt) * lognormal_factor(self.volatility, dt, shock)
        return self.but(start=self.start * factor)

    def aged(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Stay: only the level moves."""
        del dt, shock, rows
        return self
