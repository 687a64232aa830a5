"""A level that is pulled back to its long-run mean."""

from typing import Literal, Self

import numpy as np

from valsim.core.parameter import PositiveDuration, PositiveLevel, Volatility
from valsim.core.rows import Row, Rows
from valsim.drivers.process.base import Process, pulled_back


class MeanReverting(Process):
    """A positive level that is pulled back to its long-run mean.

    ``d log S = k (m - log S) dt + volatility dW`` with ``k = log(2) / half_life`` and
    ``m = log(mean) - volatility^2 / (4 k)``, so that the mean of the level in the long run is ``mean``. Stepped exactly:
    ``log S_t`` is normal with mean ``m + (log start - m) exp(-k t)`` and variance
    ``volatility^2 (1 - exp(-2 k t)) / (2 k)`` (the model of Schwartz 1997, equation 1).
    """

    example = "{kind: mean_reverting, start: {family: lognormal, p10: 12, p90: 30}, mean: 7, half_life: 1.3 years, volatility: 33%}"

    kind: Literal["mean_reverting"]
    """Names this process."""
    start: PositiveLevel
    """The level at the start."""
    mean: PositiveLevel
    """The mean of the level in the long run."""
    half_life: PositiveDuration
    """The time in which half of the distance to the long run is gone, on the log scale."""
    volatility: Volatility
    """Standard deviation of the logarithm per square root of a year, before the pull."""

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Pull back by one step."""
        del rows
        speed = np.log(2) / self.half_life
        center = np.log(self.mean) - self.volatility**2 / (4 * speed)
        return self.but(start=pulled_back(self.start, center, speed, self.volatility, dt, shock))

    def aged(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Stay: only the level moves."""
        del dt, shock, rows
        return self
