"""Internal rates of return, on every path at once."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np

from valsim.core.rows import Row

Flows: TypeAlias = list[tuple[Row, Row]]
"""Times and amounts."""

NEWTON_STEPS, BISECTIONS = 20, 60
TOLERANCE = 1e-10
FURTHEST = 12.0
"""The log rates between which a rate is looked for: -99.9994 % to +16,000,000 % a year."""


def internal_rate_of_return(times: Sequence[Row], amounts: Sequence[Row]) -> Row:
    """Give the effective yearly rate ``r`` at which ``sum amounts (1 + r)^-times = 0``, shape ``(n_paths,)``.

    Money paid is below zero, money received above. Where something was paid and nothing received the rate is -1; where
    nothing was paid, or all of it on the day it came back, it is NaN. Solved by Newton's method on
    ``log(worth of payments) - log(worth of receipts)`` in ``log(1 + r)``, which is nearly a straight line; where that fails,
    by bisection between -12 and 12. Flows that change sign more than once may have several rates; this gives one, or NaN
    where none lies in the bracket.

    >>> times = [np.asarray(0.0), np.asarray(5.0)]
    >>> round(float(internal_rate_of_return(times, [np.asarray(-10e6), np.asarray(25e6)])), 8)
    0.20112443
    """
    shape = np.broadcast_shapes(*(np.shape(row) for row in (*times, *amounts)), (1,))
    flows = [(np.broadcast_to(t, shape), np.broadcast_to(a, shape)) for t, a in zip(times, amounts, strict=True)]
    paid, received = (sum((np.maximum(sign * a, 0.0) for _, a in flows), np.zeros(shape)) for sign in (-1, 1))
    rate = np.full(shape, np.nan)
    rate[(paid > 0) & (received <= 0)] = -1.0
    both = np.flatnonzero((paid > 0) & (received > 0))
    if both.size:
        rate[both] = np.expm1(_log_rate(_on(flows, both)))
    return rate if np.ndim(times[0]) or any(np.ndim(a) for a in amounts) else rate[0]


def _log_rate(flows: Flows) -> Row:
    rate = np.zeros_like(flows[0][0])
    left = np.arange(rate.size)
    for _ in range(NEWTON_STEPS):
        rate[left], move = _improved(_on(flows, left), rate[left])
        left = left[~(np.abs(move) < TOLERANCE)]
        if not left.size:
            return rate
    rate[left] = _bisected(_on(flows, left))
    return rate


def _improved(flows: Flows, rate: Row) -> tuple[Row, Row]:
    gap, slope = _gap(flows, rate)
    with np.errstate(divide="ignore", invalid="ignore"):
        move = gap / slope
    return np.clip(rate + np.nan_to_num(move), -FURTHEST, FURTHEST), move


def _on(flows: Flows, paths: Any) -> Flows:
    return [(time[paths], amount[paths]) for time, amount in flows]


def _bisected(flows: Flows) -> Row:
    low, high = (np.full_like(flows[0][0], end) for end in (-FURTHEST, FURTHEST))
    rising = _gap(flows, low)[0] < 0
    bracketed = (_gap(flows, low)[0] < 0) != (_gap(flows, high)[0] < 0)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        below = (_gap(flows, middle)[0] < 0) == rising
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.where(bracketed, (low + high) / 2, np.nan)


def _gap(flows: Flows, rate: Row) -> tuple[Row, Row]:
    """Give log(worth received) - log(worth paid) at a log rate, and by how much later money is received on average."""
    paid, paid_when = _worth(flows, rate, -1.0)
    received, received_when = _worth(flows, rate, 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(received) - np.log(paid), received_when - paid_when


def _worth(flows: Flows, rate: Row, sign: float) -> tuple[Row, Row]:
    """Give the worth of one side at a log rate, and its mean date."""
    worth, moment = np.zeros_like(rate), np.zeros_like(rate)
    for time, amount in flows:
        part = np.maximum(sign * amount, 0.0) * np.exp(-rate * time)
        worth, moment = worth + part, moment + part * time
    with np.errstate(invalid="ignore"):
        return worth, moment / worth
