"""A level whose growth fades year by year and saturates against its market."""

from collections.abc import Iterator
from typing import Any, Literal, Self

import numpy as np

from valsim.core.choose import choose
from valsim.core.errors import Problem
from valsim.core.parameter import Growth, Persistence, PositiveLevel, Volatility
from valsim.core.rows import Row, Rows
from valsim.core.special import dilogarithm
from valsim.drivers.process.base import Process, ceiling_problems, lognormal_factor, saturating


class DecayingGrowth(Process):
    """A level whose growth fades year by year and saturates against the size of its market.

    ``dS = log(1 + g_t) S (1 - S / market_size) dt + volatility S dW`` with ``g_t = growth persistence^t``: both the fading
    and the saturation are stepped exactly, then the shock. At volatility 0,
    ``S_t = market_size / (1 + (market_size / start - 1) exp(-G_t))`` with ``G_t`` of :func:`grown`. A negative growth is a
    decline that fades, whatever the size of the market: ``S_t = start exp(G_t)``.
    """

    example = "{kind: decaying_growth, start: 8M USD/year, growth: {family: lognormal, p10: 30%, p90: 100%, at_most: 200%}, persistence: 75%, market_size: 400M USD/year, volatility: 25%}"

    kind: Literal["decaying_growth"]
    """Names this process."""
    start: PositiveLevel
    """The level at the start."""
    growth: Growth
    """Effective growth per year at the start, a fraction."""
    persistence: Persistence
    """This year's growth over last year's, a fraction; 100% keeps it steady."""
    market_size: PositiveLevel
    """The level at which growth stops."""
    volatility: Volatility
    """Standard deviation of the logarithm per square root of a year."""

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Grow by one step, with less growth left."""
        level = saturating(self.start, self.market_size, grown(self.growth, self.persistence, dt))
        level = level * lognormal_factor(self.volatility, dt, shock)
        return self.aged(dt, shock, rows).but(start=level)

    def aged(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Leave less growth."""
        del shock, rows
        return self.but(growth=self.growth * np.exp(np.log(self.persistence) * dt))

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report levels in another unit, and warn of a market size below the start."""
        yield from super().problems(context)
        yield from ceiling_problems("market_size", self.market_size, self.start)


def grown(growth: Row, persistence: Row, dt: float) -> Row:
    """Give the log growth over ``dt`` years of a growth that fades: ``int_0^dt log(1 + growth persistence^s) ds``.

    In closed form ``(Li2(-growth) - Li2(-growth persistence^dt)) / log(persistence)``. Within a thousandth of
    persistence 1, where this is zero over zero, and for steps up to a quarter while growth is above -30 %, five nodes of
    Gauss and Legendre are as exact as doubles, and faster. Shapes ``(n_paths,)``.

    >>> round(float(grown(np.asarray(1.5), np.asarray(1.0), 2.0)), 12) == round(2 * float(np.log(2.5)), 12)
    True
    """
    fading = np.log(persistence)
    smooth = np.abs(fading) < 1e-3
    if dt <= SHORT:
        smooth = smooth | (growth > -0.3)
    total = _by_nodes(growth, fading, dt) if np.any(smooth) else np.asarray(0.0)
    return total if np.all(smooth) else choose(smooth, total, _closed(growth, fading, dt))


def _closed(growth: Row, fading: Row, dt: float) -> Row:
    left = growth * np.exp(fading * dt)
    area: Row = (dilogarithm(-growth) - dilogarithm(-left)) / choose(fading == 0, 1.0, fading)
    return area


def _by_nodes(growth: Row, fading: Row, dt: float) -> Row:
    # The nodes lie alike on both sides of the middle and share a weight, so that two of them take one logarithm.
    whole = np.exp(fading * dt)
    total = MIDDLE * np.log1p(growth * np.sqrt(whole))
    for at, weight in PAIRS:
        early = np.exp(fading * dt * at)
        total = total + weight * np.log1p(growth * (early + whole / early) + growth * growth * whole)
    return total * dt


SHORT = 0.26
"""A quarter, in years."""
MIDDLE = 0.28444444444444444
"""The weight of the node of Gauss and Legendre in the middle of the unit interval."""
PAIRS = ((0.04691007703066802, 0.11846344252809454), (0.23076534494715845, 0.23931433524968324))
"""The nodes below the middle, with their weights; each has its like above it."""
