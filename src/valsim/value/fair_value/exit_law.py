"""The law of the exit value: how much of it, discounted to today, lies between two values.

The value of the company is a geometric Brownian motion that grows at the risk-free rate, ``dX = r X dt + s X dW``. What a
valuation needs of an exit is, for values of it between two edges,

    E[exp(-r T) z^j exp(k z); low <= z < high],    z = ln X_T,    j, k in {0, 1}

because inside a segment every payout is a line in ``X`` and the chance of a listing a line in ``ln X``.
"""

from typing import NamedTuple, Protocol

import numpy as np

from valsim.core.rows import Row
from valsim.core.special import normal_cumulative

ENDLESS = 1e200
"""A logarithm that no value has, and whose products are still numbers."""
FARTHEST = 40.0
"""So many standard deviations away a normal density is 0."""


class Moments(NamedTuple):
    """Discounted moments of the exit value by segment; each has the shape ``(segments, n)``.

    ``one`` is ``E[.]``, ``log`` is ``E[. ln X]``, ``value`` is ``E[. X]`` and ``both`` is ``E[. X ln X]``, where the dot stands for
    the discount and "the exit value lies in the segment".
    """

    one: Row
    log: Row
    value: Row
    both: Row


class ExitLaw(Protocol):
    """When the exit comes, and so what it may pay."""

    def moments(self, edges: Row, start: Row) -> Moments:
        """Give the moments between edges of the log exit value, from a log value today of shape ``(n,)``."""
        ...


class ExponentialExit(NamedTuple):
    """An exit that comes at a constant rate.

    The log growth ``y`` up to it, each exit discounted, has the two-sided exponential density

        rate / D exp((m y - |y| D) / s^2),    m = r - s^2 / 2,    D = sqrt(m^2 + 2 s^2 (rate + r))

    so all moments have closed forms. It is a martingale: the mean of ``exp(y)`` is 1. Source: the Laplace transform of the
    heat kernel (Borodin and Salminen, Handbook of Brownian Motion, part II, 2.1.0.5).
    """

    volatility: float
    risk_free: float
    rate: float

    @property
    def decays(self) -> tuple[float, float]:
        """How fast the density falls below today's value, and above it."""
        variance = self.volatility**2
        mean = self.risk_free - variance / 2
        root = self._root
        whole = 2 * (self.rate + self.risk_free)
        # Of the two the one that is a difference is worked out from the other, whose digits it would lose.
        if mean >= 0:
            return (root + mean) / variance, whole / (root + mean)
        return whole / (root - mean), (root - mean) / variance

    @property
    def _root(self) -> float:
        mean = self.risk_free - self.volatility**2 / 2
        return float(np.sqrt(mean**2 + 2 * self.volatility**2 * (self.rate + self.risk_free)))

    def moments(self, edges: Row, start: Row) -> Moments:
        """Give the moments, each side of today's value by its own exponential."""
        edges = np.clip(edges, -ENDLESS, ENDLESS)[:, None]
        down, up = np.minimum(edges, start) - start, np.maximum(edges, start) - start
        below, above = self.decays
        height, found = self.rate / self._root, []
        for power, size in ((0.0, height), (1.0, height * np.exp(start))):
            sides = _primitives(down, power + below, start), _primitives(up, power - above, start)
            found += [size * np.diff(one + other, axis=0) for one, other in zip(*sides, strict=True)]
        return Moments(*found)


def _primitives(growth: Row, decay: float, start: Row) -> tuple[Row, Row]:
    """Give what ``exp(decay y)`` and ``(start + y) exp(decay y)`` are the derivatives of."""
    grown = np.exp(decay * growth) / decay
    return grown, grown * (start + growth - 1 / decay)


class DatedExit(NamedTuple):
    """An exit some years from now, at which the log value is normal with mean ``z + (r - s^2 / 2) t`` and variance ``s^2 t``."""

    volatility: float
    risk_free: float
    years: float

    def moments(self, edges: Row, start: Row) -> Moments:
        """Give the moments, under the measure of money and under that of the company's own value."""
        spread = self.volatility * np.sqrt(self.years)
        mean = start + (self.risk_free - self.volatility**2 / 2) * self.years
        found = []
        for centre, size in ((mean, np.exp(-self.risk_free * self.years)), (mean + spread**2, np.exp(start))):
            away = np.clip((edges[:, None] - centre) / spread, -FARTHEST, FARTHEST)
            inside = _between(away)
            tilt = np.diff(np.exp(-(away**2) / 2), axis=0) / np.sqrt(2 * np.pi)
            found += [size * inside, size * (centre * inside - spread * tilt)]
        return Moments(*found)


def _between(away: Row) -> Row:
    """Give how much of a normal law lies between neighbours, from the nearer tail, whose digits the other would lose."""
    below, above = (np.diff(normal_cumulative(side), axis=0) for side in (away, -away))
    return np.where(away[:-1] > 0, -above, below)
