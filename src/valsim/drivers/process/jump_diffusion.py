"""A level that grows with small shocks and, now and then, jumps."""

from typing import Literal, Self

import numpy as np

from valsim.core.parameter import Change, Frequency, Growth, PositiveLevel, Volatility
from valsim.core.rows import Row, Rows
from valsim.drivers.process.base import Process, lognormal_factor
from valsim.drivers.process.jumps import log_jumps, mean_of_jumps


class JumpDiffusion(Process):
    """A level that grows with small shocks and, now and then, jumps (Merton 1976, equations 1 to 3).

    ``dS = drift S dt + volatility S dW + (Y - 1) S dN``: jumps come as a Poisson process, ``jump_frequency`` a year, and each
    multiplies the level by a lognormal ``Y`` with ``E[Y] = 1 + jump_mean`` and ``sd(log Y) = jump_volatility``. Stepped exactly.
    ``growth_of: mean`` takes from the drift what jumps add on average, ``drift = log(1 + growth) - jump_frequency jump_mean``, so
    that ``E[S_t] = start (1 + growth)^t``; with ``growth_of: between_jumps`` the drift is ``log(1 + growth)`` and jumps come on top,
    ``E[S_t] = start (1 + growth)^t exp(jump_frequency jump_mean t)``. ``Var(log S_t)`` is
    ``(volatility^2 + jump_frequency (m^2 + jump_volatility^2)) t`` with ``m = log(1 + jump_mean) - jump_volatility^2 / 2``. The price of risk is that of the
    small shocks alone: jumps, as Merton takes them, are risks of one company that a portfolio spreads.
    """

    shocks = 3

    example = "{kind: jump_diffusion, start: 20M USD/year, growth: 40%, growth_of: mean, volatility: 25%, jump_frequency: 0.5 per year, jump_mean: -20%, jump_volatility: 30%}"

    kind: Literal["jump_diffusion"]
    """Names this process."""
    start: PositiveLevel
    """The level at the start."""
    growth: Growth
    """Effective growth per year, a fraction."""
    growth_of: Literal["mean", "between_jumps"]
    """What grows by ``growth``: the mean of the level, with its jumps, or the level while nothing jumps."""
    volatility: Volatility
    """Standard deviation of the logarithm per square root of a year, without jumps."""
    jump_frequency: Frequency
    """How many jumps there are per year on average."""
    jump_mean: Change
    """By what part of itself a jump changes the level on average, such as -20%."""
    jump_volatility: Volatility
    """Standard deviation of the logarithm of what a jump multiplies the level by, a fraction; 0 makes all jumps alike."""

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Grow and jump by one step."""
        del rows
        jumped = log_jumps(self.jump_frequency, self.jump_mean, self.jump_volatility, dt, shock[1:])
        drift = np.log1p(self.growth) * dt - self._compensation(dt)
        return self.but(start=self.start * np.exp(drift + jumped) * lognormal_factor(self.volatility, dt, shock[0]))

    def _compensation(self, dt: float) -> Row:
        by_jumps = mean_of_jumps(self.jump_frequency, self.jump_mean, dt)
        return by_jumps if self.growth_of == "mean" else np.zeros(())
