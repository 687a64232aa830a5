"""European options that expire at an exponential random time, in closed form.

The price ``C`` of a payoff solves ``volatility^2 value^2 C'' / 2 + risk_free (value C' - C) + exit_rate (payoff - C) = 0``, whose
solutions beside the forward are two powers of the value. The textbook form subtracts two integrals that are nearly equal far
from the strike. Matched at the strike, in values and in slopes, each side is one power with a coefficient that has no
difference in it, so that no digits are lost where the volatility is small, the strike far, or the wait short or long.
Source: Metrick & Yasuda, Venture Capital and the Finance of Innovation, 2nd ed., chapter 13.
"""

from typing import NamedTuple

import numpy as np

from valsim.core.rows import Bools, Row

LEAST_VARIANCE = 1e-200
"""A value that moves by less does not move in 16 digits, and the powers of one that does not move at all are infinite."""


def call(
    value: Row | float, strike: Row | float, volatility: Row | float, exit_rate: Row | float, risk_free: Row | float
) -> Row:
    """Give what the right to buy at ``strike`` at a random time is worth today; shapes broadcast.

    The time is exponential with a mean of ``1 / exit_rate`` years and independent of the value. With the powers ``g`` and ``h`` it is
    ``value (value / strike)^g h / ((1 + g) (g + h))`` up to the strike and
    ``value - discount strike + value (strike / value)^h g / ((h - 1) (g + h))`` above. ``risk_free`` is continuously
    compounded and above ``-exit_rate``.

    >>> round(float(call(100.0, 100.0, 0.9, 0.2, 0.05)), 8)
    60.70572059
    """
    near, inside = _nearness(value, strike)
    powers = _powers(volatility, exit_rate, risk_free)
    spread = powers.below + powers.above
    forward = value - strike * discount_factor(exit_rate, risk_free)
    put = value * near**powers.above * (powers.below / spread) / powers.above_less_one
    out = value * near**powers.below * (powers.above / spread) / (1 + powers.below)
    return np.where(inside, forward + put, out)


def binary_call(
    value: Row | float, strike: Row | float, volatility: Row | float, exit_rate: Row | float, risk_free: Row | float
) -> Row:
    """Give what a unit of money is worth today that is paid at a random time if ``value`` is then at ``strike`` or above.

    ``discount (value / strike)^(1 + g) (h - 1) / (g + h)`` up to the strike and
    ``discount (1 - (strike / value)^(h - 1) (1 + g) / (g + h))`` above, with the powers of :func:`call`; shapes broadcast.

    >>> round(float(binary_call(40.0, 200.0, 0.9, 0.2, 0.05)), 8)
    0.02381646
    """
    near, inside = _nearness(value, strike)
    powers = _powers(volatility, exit_rate, risk_free)
    spread = powers.below + powers.above
    missed = near**powers.above_less_one * ((1 + powers.below) / spread)
    out = near ** (1 + powers.below) * (powers.above_less_one / spread)
    return np.asarray(discount_factor(exit_rate, risk_free) * np.where(inside, 1 - missed, out))


def discount_factor(exit_rate: Row | float, risk_free: Row | float) -> Row:
    """Give what a unit of money at the random time is worth today: ``exit_rate / (exit_rate + risk_free)``."""
    return np.asarray(exit_rate / (exit_rate + np.asarray(risk_free)))


class _Powers(NamedTuple):
    """The powers ``g = below`` and ``h = above``, both positive, and ``h - 1``; shapes broadcast."""

    below: Row
    above: Row
    above_less_one: Row


def _powers(volatility: Row | float, exit_rate: Row | float, risk_free: Row | float) -> _Powers:
    variance = np.maximum(np.square(volatility), LEAST_VARIANCE)
    drift = risk_free + variance / 2
    gap = 2 * exit_rate * variance
    root = np.sqrt(np.square(drift) + gap)
    below, above = _sum(root, -drift, gap), _sum(root, drift, gap)
    less = _sum(root, drift - variance, gap + 2 * risk_free * variance)
    return _Powers(below / variance, above / variance, less / variance)


def _sum(root: Row | float, term: Row | float, gap: Row | float) -> Row:
    """Add a term to ``root = sqrt(term^2 + gap)`` without a difference of nearly equal numbers."""
    with np.errstate(divide="ignore"):
        return np.where(np.asarray(term) >= 0, root + term, gap / (root - term))


def _nearness(value: Row | float, strike: Row | float) -> tuple[Row, Bools]:
    """Give the smaller of a value and its strike over the larger, at most 1, and whether the value is at the strike or above."""
    inside = np.asarray(value) >= strike
    larger = np.maximum(value, strike)
    near = np.minimum(value, strike) / np.where(larger > 0, larger, 1.0)
    return near, inside
