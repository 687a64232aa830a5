"""A level that is pulled back to its long-run mean, and jumps."""

from typing import Literal, Self

import numpy as np

from valsim.core.parameter import Change, Frequency, PositiveDuration, PositiveLevel, Volatility
from valsim.core.rows import Row, Rows
from valsim.core.special import normal_cumulative, poisson_quantile
from valsim.drivers.process.base import Process, mean_left, pulled_back

NODES, WEIGHTS = np.polynomial.legendre.leggauss(24)
"""Gauss and Legendre's points between -1 and 1; so many give the integrals here to twelve digits."""


class MeanRevertingJumps(Process):
    """A positive level that is pulled back to its long-run mean and jumps at times that nobody knows.

    ``d log S = k (m - log S) dt + volatility dW + log J dN`` with ``k = log(2) / half_life``: jumps come ``jump_frequency`` times a
    year, and each multiplies the level by a lognormal ``J`` with mean ``1 + jump_mean`` and log deviation ``jump_volatility``.
    A jump fades as any distance to the long run does. With ``c = log(1 + jump_mean) - jump_volatility^2 / 2``, ``log S_t`` has
    the mean ``m + (log start - m) exp(-k t) + jump_frequency c (1 - exp(-k t)) / k`` and the variance
    ``(volatility^2 + jump_frequency (c^2 + jump_volatility^2)) (1 - exp(-2 k t)) / (2 k)``; both hold whatever the steps. ``m`` is
    ``log(mean) - volatility^2 / (4 k) - jump_frequency / k int_0^1 (E[J^x] - 1) / x dx``, so that the mean of the level in the long
    run is ``mean`` (a jump-diffusion as Merton 1976, pulled back as Schwartz 1997, equation 1).
    """

    shocks = 3

    example = (
        "{kind: mean_reverting_jumps, start: 30, mean: 7, half_life: 1.3 years, volatility: 33%, "
        "jump_frequency: 0.6 per year, jump_mean: 0%, jump_volatility: 80%}"
    )

    kind: Literal["mean_reverting_jumps"]
    """Names this process."""
    start: PositiveLevel
    """The level at the start."""
    mean: PositiveLevel
    """The mean of the level in the long run, jumps included."""
    half_life: PositiveDuration
    """The time in which half of the distance to the long run is gone, on the log scale; half of a jump, too."""
    volatility: Volatility
    """Standard deviation of the logarithm per square root of a year, before the pull and without the jumps."""
    jump_frequency: Frequency
    """How many jumps are expected per unit of time, such as ``0.6 per year``."""
    jump_mean: Change
    """By which fraction a jump changes the level on average; ``0%`` for jumps that go up and down alike."""
    jump_volatility: Volatility
    """Standard deviation of the logarithm of what a jump multiplies the level by; 0 for jumps that are all alike."""

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Pull back by one step, and add what is left of its jumps at its end."""
        del rows
        calm = pulled_back(self.start, self.center, self.speed, self.volatility, dt, shock[0])
        return self.but(start=calm * np.exp(self._jumped(dt, shock[1:])))

    @property
    def speed(self) -> Row:
        """The rate per year at which a distance to the long run fades, on the log scale."""
        speed: Row = np.log(2) / self.half_life
        return speed

    def _jumped(self, dt: float, shocks: Row) -> Row:
        """Give what is left of the logarithms of a step's jumps; each came at some moment of it and has faded since."""
        number = poisson_quantile(self.jump_frequency * dt, normal_cumulative(shocks[0]))
        left, squared = mean_left(self.speed * dt), mean_left(2 * self.speed * dt)
        variance = (self.jump_center**2 + self.jump_volatility**2) * squared - (self.jump_center * left) ** 2
        jumped: Row = number * self.jump_center * left + np.sqrt(number * np.maximum(variance, 0.0)) * shocks[1]
        return jumped

    @property
    def jump_center(self) -> Row:
        """The mean of the logarithm of what a jump multiplies the level by."""
        center: Row = np.log1p(self.jump_mean) - 0.5 * self.jump_volatility**2
        return center

    @property
    def center(self) -> Row:
        """The log level that it is pulled to, lower by what jumps add to the mean in the long run."""
        at = [0.5 + node / 2 for node in NODES]
        gains = [np.expm1(x * self.jump_center + 0.5 * (x * self.jump_volatility) ** 2) / x for x in at]
        gain = sum((weight / 2 * each for weight, each in zip(WEIGHTS, gains, strict=True)), np.asarray(0.0))
        calm = np.log(self.mean) - self.volatility**2 / (4 * self.speed)
        return np.asarray(calm - self.jump_frequency / self.speed * gain)
