"""A cost that halves every so often."""

from collections.abc import Iterator
from typing import Any, Literal, Self

import numpy as np

from valsim.core.block import Block
from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.parameter import BelowOne, Positive, PositiveDuration, PositiveLevel, Volatility
from valsim.core.rows import Row, Rows
from valsim.drivers.process.base import Process, lognormal_factor
from valsim.drivers.process.decaying_price import fallen, floor_problems
from valsim.drivers.process.learning_curve import learned


class Experience(Block):
    """What making more of it adds to what time alone does: Wright's curve on top."""

    example = "{learning_rate: 10%, volume: inferences, volume_so_far: 15B}"

    learning_rate: BelowOne
    """How much cheaper a doubling of the cumulated volume makes it beside what time does, a fraction below 100 %."""
    volume: Expression
    """What is made per year, a formula of drivers in 1/year."""
    volume_so_far: Positive
    """What was ever made until the start, a plain number."""

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a volume that is not a plain number per year."""
        yield from context.formula(("volume",), self.volume, "1/year")


class MooresLaw(Process):
    """A cost that halves every so often whatever the company does, to nothing or to a floor, with proportional shocks.

    ``C_t = floor + (start - floor) 2^(-t / halves_every) exp(volatility W_t - volatility^2 t / 2)``, stepped exactly, so that
    ``E[C_t] = floor + (start - floor) 2^(-t / halves_every)``. Nagy, Farmer, Bui and Trancik (2013) compare this curve in time
    with Wright's in volume (``learning_curve``): where volume grows steadily they say the same, and differ where a company
    grows faster or slower than its industry. With ``experience`` what is above the floor falls by both,
    ``2^(-t / halves_every) (volume / volume_so_far)^-b`` with ``b = -log2(1 - learning_rate)`` (Nordhaus 2009, who warns that
    one history hardly tells the two apart: a learning rate that was measured alone holds some of what time does).
    """

    example = "{kind: moores_law, start: 0.0024 USD, halves_every: 14 months, volatility: 15%, floor: 0.0001 USD}"

    kind: Literal["moores_law"]
    """Names this process."""
    start: PositiveLevel
    """The cost of one unit now."""
    halves_every: PositiveDuration
    """The time in which the mean halves; with a floor, of what is above it."""
    volatility: Volatility
    """Standard deviation of the logarithm per square root of a year; with a floor, of what is above it."""
    floor: PositiveLevel | None = None
    """The cost that it never falls below, under its start on every path; without it, zero."""
    experience: Experience | None = None
    """What volume adds; without it, time alone counts."""

    @property
    def reads(self) -> frozenset[str]:
        """The drivers in the volume of ``experience``."""
        return frozenset() if self.experience is None else self.experience.volume.names

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Fall by one step."""
        kept = np.exp2(-dt / self.halves_every) * lognormal_factor(self.volatility, dt, shock)
        if self.experience is None:
            return self.but(start=fallen(self.start, self.floor, kept))
        gained = self.experience
        made = gained.volume(rows) * dt
        kept = kept * learned(gained.learning_rate, made / gained.volume_so_far)
        later = gained.but(volume_so_far=gained.volume_so_far + made)
        return self.but(start=fallen(self.start, self.floor, kept), experience=later)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report levels in other units, a floor that some path starts below, and a volume that is none."""
        yield from super().problems(context)
        yield from floor_problems(self.floor, self.start)
        if self.experience is not None:
            yield from (problem.under(("experience",)) for problem in self.experience.problems(context))
