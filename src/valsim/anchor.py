"""The anchor: the scale of the opening multiple at which the last-priced class is worth its price."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from valsim.core.errors import SimulationError
from valsim.result import Estimate

TOLERANCE = 1e-4
"""How near the present value must come to the price, relatively."""
FURTHEST = math.log(1000)
"""How far the scale may go from 1, either way, on the log scale."""


@dataclass(frozen=True)
class Anchor:
    """The scale of the opening multiple, and its standard error from the paths that it was solved on."""

    scale: float
    standard_error: float


def solve_anchor(worth: Callable[[float], Estimate], price: float, rough: Callable[[float], Estimate]) -> Anchor:
    """Solve ``worth(scale) = price`` by the secant method in logs; the first steps are taken on a rough estimate.

    ``worth`` draws the same random numbers at each scale, so it is a smooth rising function and its root is sharp. The
    standard error of the scale is that of the worth over the slope. Raises :class:`~valsim.core.errors.SimulationError`
    where no scale between 1/1000 and 1000 gives the price.

    >>> anchor = solve_anchor(lambda s: Estimate(4 * s**0.5, 0.04), 8.0, lambda s: Estimate(4.1 * s**0.5, 0.04))
    >>> round(anchor.scale, 3), round(anchor.standard_error, 3)
    (4.0, 0.04)
    """
    near, slope, _ = _secant(rough, price, 0.0, 0.5)
    log_scale, slope, error = _secant(worth, price, near, slope)
    return Anchor(math.exp(log_scale), math.exp(log_scale) * error / slope)


def _secant(
    worth: Callable[[float], Estimate], price: float, log_scale: float, slope: float
) -> tuple[float, float, float]:
    """Give the log scale of the root, the slope of log worth there, and the relative standard error of the worth."""
    last: tuple[float, float] | None = None
    for _ in range(25):
        found = worth(math.exp(log_scale))
        gap = math.log(found.mean / price) if found.mean > 0 else -10.0
        if last is not None and abs(log_scale - last[0]) > 1e-9:
            slope = min(max((gap - last[1]) / (log_scale - last[0]), 0.02), 5.0)
        if abs(gap) < TOLERANCE:
            return log_scale, slope, found.standard_error / found.mean
        last = (log_scale, gap)
        log_scale = log_scale - min(max(gap / slope, -1.5), 1.5)
        if abs(log_scale) > FURTHEST:
            break
    raise SimulationError(
        f"no opening multiple makes the last-priced class worth its price of {price:g}: at {math.exp(last[0] if last else 0):.3g} "
        f"times the stated multiple it is worth {found.mean:.3g}; change the drivers, the exits or anchor: none"
    )
