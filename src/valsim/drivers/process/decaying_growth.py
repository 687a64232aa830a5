"""A level whose growth fades year by year and saturates against its market."""

from typing import Literal, Self

import numpy as np
from scipy.special import spence

from valsim.core.parameter import Growth, NonNegative, Positive, PositiveLevel
from valsim.core.rows import Row, Rows
from valsim.drivers.process.base import Process, lognormal_factor, saturating


class DecayingGrowth(Process):
    """A level whose growth fades year by year and saturates against the size of its market.

    ``dS = log(1 + g_t) S (1 - S / market_size) dt + volatility S dW`` with ``g_t = growth persistence^t``: both the fading
    and the saturation are stepped exactly, then the shock. At volatility 0,
    ``S_t = market_size / (1 + (market_size / start - 1) exp(-G_t))`` with ``G_t`` of :func:`grown`.
    """

    kind: Literal["decaying_growth"]
    """Names this process."""
    start: PositiveLevel
    """The level at the start."""
    growth: Growth
    """Effective growth per year at the start, a fraction."""
    persistence: Positive
    """This year's growth over last year's, a fraction."""
    market_size: PositiveLevel
    """The level at which growth stops."""
    volatility: NonNegative
    """Standard deviation of the logarithm per square root of a year."""

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Grow by one step, with less growth left."""
        del rows
        level = saturating(self.start, self.market_size, grown(self.growth, self.persistence, dt))
        level = level * lognormal_factor(self.volatility, dt, shock)
        return self.but(start=level, growth=self.growth * np.exp(np.log(self.persistence) * dt))


def grown(growth: Row, persistence: Row, dt: float) -> Row:
    """Give the log growth over ``dt`` years of a growth that fades: ``int_0^dt log(1 + growth persistence^s) ds``.

    In closed form ``(Li2(-growth) - Li2(-growth persistence^dt)) / log(persistence)``, with ``Li2(-x) = spence(1 + x)``;
    ``log(1 + growth) dt`` where the persistence is 1. Shapes ``(n_paths,)``.

    >>> round(float(grown(np.asarray(1.5), np.asarray(1.0), 2.0)), 12) == round(2 * float(np.log(2.5)), 12)
    True
    """
    fading = np.log(persistence)
    steady = np.abs(fading) < 1e-6
    left = growth * np.exp(fading * dt)
    total = (spence(1 + growth) - spence(1 + left)) / np.where(steady, 1.0, fading)
    return np.where(steady, np.log1p(growth) * dt, total)
