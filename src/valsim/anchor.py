"""The anchor: the scale of the opening multiple at which the last-priced class is worth its price."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from valsim.core.errors import SimulationError
from valsim.result import Estimate

Worth: TypeAlias = Callable[[Sequence[float]], list[Estimate]]
"""The present value per share at scales of the opening multiple."""

NEAR, SMALL = 0.05, 0.02
"""How near, on the log scale, the rough worth and the worth must come to the price before the last step."""
ROUGH_STEPS, LAST_STEPS = 25, 4
"""How many evaluations are made at most."""
FURTHEST = math.log(1000)
"""How far the scale may go from 1, either way, on the log scale."""


@dataclass(frozen=True)
class Anchor:
    """The scale of the opening multiple, and its standard error from the paths that it was solved on."""

    scale: float
    standard_error: float


def solve_anchor(worth: Worth, price: float, rough: Worth) -> Anchor:
    """Solve ``worth(scale) = price`` by the secant method in logs.

    ``worth`` and ``rough`` draw the same random numbers at each scale, so both are smooth rising functions; ``rough`` has
    fewer paths. Its root and its slope lead to one evaluation of ``worth`` and a last step from there, whose error is of
    second order in how far the two differ; it is checked by a second evaluation only where that is not small. The standard
    error of the scale is that of the worth over the slope. Raises :class:`~valsim.core.errors.SimulationError` where no
    scale between 1/1000 and 1000 gives the price.

    >>> worth = lambda scales: [Estimate(4 * s**0.5, 0.04) for s in scales]
    >>> anchor = solve_anchor(worth, 8.0, worth)
    >>> round(anchor.scale, 3), round(anchor.standard_error, 3)
    (4.0, 0.04)
    """
    near, slope = _secant(rough, price, (0.0, 0.25))
    for _ in range(LAST_STEPS):
        (found,) = worth([math.exp(near)])
        gap = _gap(found, price)
        near -= gap / slope
        if abs(gap) < SMALL:
            break
    return Anchor(math.exp(near), math.exp(near) * found.standard_error / found.mean / slope)


def _secant(worth: Worth, price: float, start: tuple[float, float]) -> tuple[float, float]:
    """Give the log scale near the root, and the slope of log worth there; ``start`` is the first two places to look."""
    here, there = start
    first, found = worth([math.exp(here), math.exp(there)])
    gap = _gap(first, price)
    for _ in range(ROUGH_STEPS):
        gap_there = _gap(found, price)
        slope = min(max((gap_there - gap) / (there - here), 0.01), 5.0)
        here, gap = there, gap_there
        if abs(gap) < NEAR:
            return here - gap / slope, slope
        there = here - min(max(gap / slope, -1.5), 1.5)
        if abs(there) > FURTHEST:
            break
        (found,) = worth([math.exp(there)])
    raise SimulationError(
        f"no opening multiple makes the last-priced class worth its price of {price:g}: at {math.exp(here):.3g} times the "
        f"stated multiple it is worth {found.mean:.3g}; change the drivers, the exits or anchor: none"
    )


def _gap(found: Estimate, price: float) -> float:
    return math.log(found.mean / price) if found.mean > 0 else -10.0
