"""A cost that falls by a steady fraction with every doubling of what was ever made."""

from collections.abc import Iterator
from typing import Any, Literal, Self

import numpy as np

from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.parameter import BelowOne, Positive, PositiveLevel, Volatility
from valsim.core.rows import Row, Rows
from valsim.drivers.process.base import Process, lognormal_factor


class LearningCurve(Process):
    """A cost that falls by a steady fraction with every doubling of the volume ever made (Wright 1936).

    ``cost = start (volume / volume_so_far)^-b`` with ``b = -log2(1 - learning_rate)``: a doubling of the cumulated volume
    multiplies the cost by ``1 - learning_rate``. Shocks are proportional, with mean 1.
    """

    example = "{kind: learning_curve, start: 2 USD, learning_rate: 20%, volume: units_made, volume_so_far: 10M, volatility: 10%}"

    kind: Literal["learning_curve"]
    """Names this process."""
    start: PositiveLevel
    """The cost of one unit now."""
    learning_rate: BelowOne
    """How much cheaper a doubling of the cumulated volume makes it, a fraction below 100 %."""
    volume: Expression
    """What is made per year, a formula of drivers in 1/year."""
    volume_so_far: Positive
    """What was ever made until the start, a plain number."""
    volatility: Volatility
    """Standard deviation of the logarithm of the cost per square root of a year."""

    @property
    def reads(self) -> frozenset[str]:
        """The drivers in ``volume``."""
        return self.volume.names

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Make one step's volume, and learn from it."""
        made = self.volume(rows) * dt
        kept = learned(self.learning_rate, made / self.volume_so_far)
        cost = self.start * kept * lognormal_factor(self.volatility, dt, shock)
        return self.but(start=cost, volume_so_far=self.volume_so_far + made)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a volume that is not a plain number per year."""
        yield from super().problems(context)
        yield from context.formula(("volume",), self.volume, "1/year")


def learned(learning_rate: Row, more: Row) -> Row:
    """Give the part of a cost that is left once ``more`` was made, as a part of all made before: ``(1 + more)^-b``.

    >>> round(float(learned(np.asarray(0.2), np.asarray(1.0))), 12)
    0.8
    """
    doublings = np.log1p(more) / np.log(2)
    left: Row = np.exp(np.log1p(-learning_rate) * doublings)
    return left
