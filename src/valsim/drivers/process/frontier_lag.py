"""How far behind the best rival the company is, in time."""

from collections.abc import Iterator
from typing import Any, Literal, Self

import numpy as np

from valsim.core.block import Block
from valsim.core.errors import Problem
from valsim.core.parameter import Duration, Frequency, PositiveDuration, SignedDuration
from valsim.core.rows import Row, Rows
from valsim.core.special import gamma_quantile, normal_cumulative, poisson_quantile
from valsim.core.unit import ONE, Unit
from valsim.drivers.process.base import Process, UnitName, mean_left


class Releases(Block):
    """New models, chips or products of one side: how often they come, and how far each moves the gap."""

    example = "{frequency: 2 per year, step: 2 months}"

    frequency: Frequency
    """How many come a year, at times that nobody knows."""
    step: PositiveDuration
    """How far one moves the gap on average; a step is exponential, so that few are large and many small."""

    def moved(self, reach: "_Reach", dt: float, shocks: Row) -> Row:
        """Give how far the releases of a step move the gap by its end, from two standard normal rows, shape ``(n_paths,)``."""
        count = poisson_quantile(self.frequency * dt, normal_cumulative(shocks[0]))
        total, mean = self.step * _exponentials(count, shocks[1]), self.frequency * self.step * dt
        # One that came early in the step has been pulled back by its end: scaled so that mean and variance are exact.
        scaled: Row = mean * reach.mean + np.sqrt(reach.square) * (total - mean)
        return scaled


class FrontierLag(Process):
    """How long ago the best rival stood where the company stands now: a lag behind the frontier, below zero a lead.

    ``dL = k (long_run - L) dt + deviation dW + rivals' steps - own steps`` with ``k = log(2) / half_life``. What others find
    out spreads, which pulls the gap to its long run; a release of a rival opens it at once, one of the company closes it or
    turns it into a lead. Releases come as a Poisson number with steps of exponential size. The moments are exact whatever
    the step: with the rate ``f`` and the mean step ``s`` of each side, the mean is
    ``long_run + (start - long_run) exp(-k t) + (f_rivals s_rivals - f_own s_own) (1 - exp(-k t)) / k`` and the variance
    ``(deviation^2 + 2 f_rivals s_rivals^2 + 2 f_own s_own^2) (1 - exp(-2 k t)) / (2 k)``. The first shock, that of ``dW``,
    is the one that is correlated.

    Formulas turn it into what customers do: ``logistic((6 months - lag) / 2 months)`` is a chance of winning that is even
    at a lag of six months, ``rival_price * exp(-lag / 1 year)`` a price that allows for what is missing.
    """

    example = "{kind: frontier_lag, start: 4 months, long_run: 4 months, half_life: 6 months, deviation: 1 month, rivals_releases: {frequency: 3 per year, step: 2 months}, own_releases: {frequency: 3 per year, step: 2 months}}"

    shocks = 5

    kind: Literal["frontier_lag"]
    """Names this process."""
    start: SignedDuration
    """The lag behind the best rival now, such as 4 months; -2 months is a lead."""
    long_run: SignedDuration
    """The lag that it is pulled to; its mean in the long run too, where the releases of both sides cancel."""
    half_life: PositiveDuration
    """The time in which half of the distance to the long run is gone."""
    deviation: Duration
    """Standard deviation per square root of a year of what moves it between releases, a duration."""
    rivals_releases: Releases | None = None
    """What rivals bring out, which opens the gap; without it, only the rest moves it."""
    own_releases: Releases | None = None
    """What the company brings out, which closes the gap; without it, only the rest moves it."""
    unit: UnitName | None = None
    """Years, as of every time span."""

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Pull the gap by one step, and open and close it by what came out."""
        del rows
        speed = np.log(2) / self.half_life
        reach = _Reach(speed, dt)
        lag = self.long_run + (self.start - self.long_run) * np.exp(-speed * dt)
        lag = lag + self.deviation * np.sqrt(reach.square * dt) * shock[0]
        if self.rivals_releases is not None:
            lag = lag + self.rivals_releases.moved(reach, dt, shock[1:3])
        if self.own_releases is not None:
            lag = lag - self.own_releases.moved(reach, dt, shock[3:5])
        return self.but(start=lag)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a unit that is no time."""
        yield from super().problems(context)
        if self.level_unit != Unit.of("year"):
            given = "a plain number" if self.level_unit == ONE else str(self.level_unit)
            yield Problem(("unit",), f"a lag is a time span, got {given}", "write year, or nothing", code="unit")


class _Reach:
    """How much of a move at an even time of a step is left at its end: the mean of that part, and of its square."""

    def __init__(self, speed: Row, dt: float) -> None:
        self.mean, self.square = mean_left(speed * dt), mean_left(2 * speed * dt)


def _exponentials(count: Row, shock: Row) -> Row:
    """Give the sum of so many exponential numbers of mean 1, which is gamma distributed; of none it is zero."""
    count, shock = np.broadcast_arrays(count, shock)
    total, some = np.zeros(count.shape), np.flatnonzero(count > 0)
    total[some] = gamma_quantile(count[some], np.minimum(normal_cumulative(shock[some]), 1 - 2.0**-53))
    return total
