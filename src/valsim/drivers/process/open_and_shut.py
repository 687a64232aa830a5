"""A window that opens and shuts."""

from typing import Literal, Self

import numpy as np

from valsim.core.parameter import Fraction, PositiveDuration
from valsim.core.rows import Row, Rows
from valsim.core.special import normal_cumulative
from valsim.drivers.process.base import Process


class OpenAndShut(Process):
    """A window that is open (1) or shut (0) for random times, such as the market for listings.

    A Markov chain of two states in continuous time, stepped exactly: where it is open with a chance ``p`` now, it is open ``dt``
    later with ``m + (p - m) exp(-dt (1 / open_for + 1 / shut_for))``, where ``m = open_for / (open_for + shut_for)`` is the part of
    the time that it is open in the long run. Times open and times shut are exponential. A high shock finds it open, so a positive
    correlation with the multiple opens it in good markets. Formulas read it as a number: ``hazard: 20% per year * ipo_window``.
    """

    example = "{kind: open_and_shut, start: 100%, open_for: 18 months, shut_for: 18 months}"

    kind: Literal["open_and_shut"]
    """Names this process."""
    start: Fraction
    """The chance that it is open at the start, from ``0%`` (shut) to ``100%`` (open)."""
    open_for: PositiveDuration
    """How long it stays open on average."""
    shut_for: PositiveDuration
    """How long it stays shut on average."""

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Find it open or shut one step later; the first step, which has no length, finds it as the start says."""
        del rows
        usual = self.open_for / (self.open_for + self.shut_for)
        chance = usual + (self.start - usual) * np.exp(-dt * (1 / self.open_for + 1 / self.shut_for))
        return self.but(start=np.asarray(normal_cumulative(-shock) < chance, dtype=np.float64))
