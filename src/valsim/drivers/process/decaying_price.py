"""A price that falls by a steady fraction a year."""

from collections.abc import Iterator
from typing import Any, Literal, Self

import numpy as np

from valsim.core.errors import Problem
from valsim.core.parameter import BelowOne, Parameter, PositiveLevel, Volatility, highest, lowest
from valsim.core.rows import Row, Rows
from valsim.drivers.process.base import Process, lognormal_factor


class DecayingPrice(Process):
    """A price that falls by a steady fraction a year, to nothing or to a floor, with proportional shocks.

    ``P_t = floor + (start - floor) (1 - decline)^t exp(volatility W_t - volatility^2 t / 2)``, stepped exactly, so that
    ``E[P_t] = floor + (start - floor) (1 - decline)^t``. Without a ``floor`` it is the price of a fixed quality, which
    falls as long as technology moves. A list price that pays for ever better quality stops falling: give it a floor.
    """

    example = "{kind: decaying_price, start: 0.0034 USD, decline: {family: beta, p10: 20%, p90: 75%}, volatility: 20%, floor: 0.0002 USD}"

    kind: Literal["decaying_price"]
    """Names this process."""
    start: PositiveLevel
    """The price at the start."""
    decline: BelowOne
    """How far the mean falls in a year, a fraction below 100 %; with a floor, of what is above it."""
    volatility: Volatility
    """Standard deviation of the logarithm per square root of a year; with a floor, of what is above it."""
    floor: PositiveLevel | None = None
    """The price that it never falls below, under its start on every path; without it, zero."""

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Fall by one step."""
        del rows
        kept = np.exp(np.log1p(-self.decline) * dt) * lognormal_factor(self.volatility, dt, shock)
        return self.but(start=fallen(self.start, self.floor, kept))

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report levels in other units, and a floor that some path starts below."""
        yield from super().problems(context)
        yield from floor_problems(self.floor, self.start)


def fallen(level: Row, floor: Row | None, kept: Row) -> Row:
    """Give the level that keeps a part of what is above its floor, or of all of it without one, shape ``(n_paths,)``."""
    return level * kept if floor is None else floor + (level - floor) * kept


def floor_problems(floor: Any, start: Any) -> Iterator[Problem]:
    """Report a floor that some path may start below."""
    if not isinstance(start, Parameter) or not isinstance(floor, Parameter):
        return
    if highest(floor) >= lowest(start):
        message = f"expected a floor below every start, got {floor.given!r} and a start of {start.given!r}"
        yield Problem(("floor",), message, "lower the floor, or give a distribution its at_least or at_most")
