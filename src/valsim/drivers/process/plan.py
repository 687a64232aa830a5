"""A plan, and how far the company strays from it."""

from typing import Literal, Self

import numpy as np
from pydantic import PrivateAttr

from valsim.core.parameter import Factor, Growth, Persistence, PositiveDuration, PositiveLevel
from valsim.core.rows import Row, Rows
from valsim.drivers.process.base import Process
from valsim.drivers.process.decaying_growth import grown


class Plan(Process):
    """A planned level, and how far the company strays from it.

    ``S_t = start exp(G_t) plan_error^min(t / error_builds_over, 1)``: the plan grows by ``growth``, which fades by
    ``persistence`` each year (``G_t`` of :func:`~valsim.drivers.process.decaying_growth.grown`), and the actual level
    drifts from 1 to ``plan_error`` times the plan. Exact whatever the step.
    """

    shocks = 0

    example = "{kind: plan, start: 15M USD/year, growth: 40%, persistence: 65%, plan_error: {family: lognormal, p10: 0.9, p90: 1.5}, error_builds_over: 2 years}"

    kind: Literal["plan"]
    """Names this process."""
    start: PositiveLevel
    """The level at the start, where plan and actual agree."""
    growth: Growth
    """Planned effective growth per year at the start, a fraction."""
    persistence: Persistence
    """This year's planned growth over last year's; 100% keeps it steady."""
    plan_error: Factor
    """Actual over plan once the error has built up, a plain number."""
    error_builds_over: PositiveDuration
    """The time until the whole error shows."""

    _age: float = PrivateAttr(default=0.0)

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Follow the plan, and stray, for one step."""
        del shock, rows
        strayed = np.log(self.plan_error) * (self._built_up(self._age + dt) - self._built_up(self._age))
        return self.but(
            start=self.start * np.exp(grown(self.growth, self.persistence, dt) + strayed),
            growth=self.growth * np.exp(np.log(self.persistence) * dt),
            _age=self._age + dt,
        )

    def _built_up(self, age: float) -> Row:
        return np.minimum(age / self.error_builds_over, 1.0)
