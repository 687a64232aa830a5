"""Exits that are drawn: two paths in each stratum of the exit time and the shock, and the law that they follow together."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from valsim.core.rows import Row
from valsim.core.special import normal_quantile
from valsim.core.streams import BATCH, Streams
from valsim.value.fair_value.exit_law import Moments


@dataclass(frozen=True)
class DrawnExit:
    """The law of exits that were drawn, two in each stratum.

    ``growth`` is ``ln X_T - ln X_0`` and ``discount`` what a dollar then is worth today, both of shape ``(strata, 2)``.

    The discounted value is a martingale: its mean over all segments is today's value, exactly. So what lies in the last
    segment, which has no end and whose sample mean may have no variance, is taken to be today's value less what was drawn
    below it. For a class that has the ``slope`` of every further dollar in the last segment this subtracts
    ``slope exp(-r T) X_T`` from each path and adds its mean, ``slope X_0``: what is left to chance is bounded.
    """

    growth: Row
    discount: Row

    @classmethod
    def at_random_times(cls, volatility: float, risk_free: float, rate: float, paths: int, seed: int) -> Self:
        """Draw exits that come at a constant rate: strata of equal probability cover exit times and shocks together."""
        times, shocks = cells(paths // 2)
        years = -np.log1p(-_within(times, _uniform(seed, "exit time", paths))) / rate
        return cls._moved(volatility, risk_free, years, _within(shocks, _uniform(seed, "shock", paths)))

    @classmethod
    def dated(cls, volatility: float, risk_free: float, years: float, paths: int, seed: int) -> Self:
        """Draw exits that all come some years from now; their strata cover the shocks."""
        edges = np.linspace(0.0, 1.0, paths // 2 + 1)
        shock = _within((edges[:-1], edges[1:]), _uniform(seed, f"shock up to {years!r}", paths))
        return cls._moved(volatility, risk_free, np.broadcast_to(years, shock.shape), shock)

    @classmethod
    def _moved(cls, volatility: float, risk_free: float, years: Row, shock: Row) -> Self:
        z = normal_quantile(np.clip(shock, 2.0**-53, 1 - 2.0**-53))  # a shock without end is none
        growth = (risk_free - volatility**2 / 2) * years + volatility * np.sqrt(years) * z
        return cls(growth, np.exp(-risk_free * years))

    def moments(self, edges: Row, start: Row) -> Moments:
        """Give the moments between edges of the log exit value, from a log value today of shape ``(n,)``."""
        growth, below = self._below
        at = np.searchsorted(growth, edges[:, None] - start)
        one, log, value, both = (np.diff(row[at], axis=0) for row in below)
        today = np.exp(start)
        log, both = start * one + log, today * (start * value + both)
        value = today * value
        value[-1] = today - value[:-1].sum(axis=0)
        return Moments(one, log, value, both)

    @cached_property
    def _below(self) -> tuple[Row, Moments]:
        """The growths in rising order, and the moments of those that come before each."""
        order = np.argsort(self.growth, axis=None, kind="stable")
        growth = self.growth.ravel()[order]
        one = self.discount.ravel()[order] / growth.size
        value = one * np.exp(growth)
        return growth, Moments(*(np.append(0.0, np.cumsum(row)) for row in (one, one * growth, value, value * growth)))


def cells(count: int) -> tuple[tuple[Row, Row], tuple[Row, Row]]:
    """Cut the unit square into cells of equal area: give their sides along the first axis and along the second.

    They lie in about as many rows as a row has cells; where these do not come out even, some rows are wider and have more.

    >>> (low, high), (left, right) = cells(3)
    >>> low.round(3).tolist(), high.round(3).tolist(), left.tolist()
    ([0.0, 0.0, 0.0], [1.0, 1.0, 1.0], [0.0, 0.333, 0.667])
    """
    rows = int(np.sqrt(count))
    edges = np.arange(rows + 1) * count // rows
    row = np.repeat(np.arange(rows), np.diff(edges))
    first, size = edges[row], np.diff(edges)[row]
    place = np.arange(count) - first
    return (first / count, (first + size) / count), (place / size, (place + 1) / size)


def _within(sides: tuple[Row, Row], uniform: Row) -> Row:
    low, high = (side[:, None] for side in sides)
    return low + (high - low) * uniform


def _uniform(seed: int, name: str, paths: int) -> Row:
    """Draw uniform numbers in pairs, shape ``(paths / 2, 2)``."""
    return Streams(seed, 0, -(-paths // BATCH), paths).uniform(name).reshape(-1, 2)
