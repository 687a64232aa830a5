"""Internal rates of return, on every path at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from valsim.captable.curve import total
from valsim.core.day_count import DayCount, year_fraction
from valsim.core.rows import Bools, Row

NEWTON_STEPS, BISECTIONS = 20, 60
TOLERANCE = 1e-10
FURTHEST = 1e5
"""The log rates between which a rate is looked for."""
SEARCHED = np.sinh(np.linspace(-6.0, 6.0, 481)) * 0.15
"""The log rates among which several rates are told apart: 0.4 points from one to the next near zero, further apart up to 30."""
LARGEST = np.log(np.finfo(np.float64).max)
"""The log rate above which 1 + rate is no number."""


def internal_rate_of_return(times: Sequence[Row], amounts: Sequence[Row]) -> Row:
    """Give the effective yearly rate ``r`` at which ``sum amounts (1 + r)^-times = 0``, shape ``(n_paths,)``.

    Money paid is below zero, money received above. Where something was paid and nothing received the rate is -1; where
    nothing was paid, or all of it on the day it came back, or the rate is beyond any number, it is NaN. Solved by Newton's
    method on ``log(worth of receipts) - log(worth of payments)`` in ``log(1 + r)``, which is nearly a straight line; where
    that fails, by bisection. Flows that change sign more than once may have several rates, see :func:`has_several_rates`; this gives
    one, or NaN where the bisection finds none between its ends.

    >>> times = [np.asarray(0.0), np.asarray(5.0)]
    >>> round(float(internal_rate_of_return(times, [np.asarray(-10e6), np.asarray(25e6)])), 8)
    0.20112443
    """
    shape = np.broadcast_shapes(*(np.shape(row) for row in (*times, *amounts)))
    time, amount = (np.stack([np.broadcast_to(row, shape or 1) for row in rows]) for rows in (times, amounts))
    paid, received = np.any(amount < 0, axis=0), np.any(amount > 0, axis=0)
    rate = np.where(paid & ~received, -1.0, np.nan)
    both = np.flatnonzero(paid & received)
    if both.size:
        log_rate = _log_rate(_Flows.of(time[:, both], amount[:, both]))
        rate[both] = np.expm1(np.where(log_rate < LARGEST, log_rate, np.nan))
    return rate.reshape(shape)


def has_several_rates(times: Sequence[Row], amounts: Sequence[Row]) -> Bools:
    """Say where flows have more than one internal rate of return, shape ``(n_paths,)``.

    By Descartes' rule there are at most as many rates as the flows, in the order of their dates, change sign; where they do so
    twice or more, the rates between a loss of all but one part in 10^13 a year and a gain of 10^13 times are searched on a grid,
    so two that are nearly the same may pass for none.

    >>> flows = [np.asarray(amount) for amount in (-1.0, 2.3, -1.32)]  # no worth at 10 % and none at 20 %
    >>> bool(has_several_rates([np.asarray(time) for time in (0.0, 1.0, 2.0)], flows))
    True
    """
    shape = np.broadcast_shapes(*(np.shape(row) for row in (*times, *amounts)))
    time, amount = (np.stack([np.broadcast_to(row, shape or 1) for row in rows]) for rows in (times, amounts))
    found = np.zeros(amount.shape[1], dtype=np.bool_)
    able = np.flatnonzero(_changes_of_sign(time, amount) > 1)
    if able.size:
        flows = _Flows.of(time[:, able], amount[:, able])
        above = np.stack([flows.gap(np.full(able.size, rate))[0] > 0 for rate in SEARCHED])
        found[able] = np.count_nonzero(above[1:] != above[:-1], axis=0) > 1
    return found.reshape(shape)


def _changes_of_sign(time: Row, amount: Row) -> Row:
    """Count how often flows change sign in the order of their times, those of one time after those paid, shape ``(n_paths,)``."""
    order = np.lexsort((amount, time), axis=0)
    sign = np.sign(np.take_along_axis(amount, order, axis=0))
    last, changes = np.zeros(amount.shape[1]), np.zeros(amount.shape[1])
    for now in sign:
        changes += now * last < 0
        last = np.where(now == 0, last, now)
    return changes


def xirr(dates: Sequence[date], amounts: Sequence[Row], day_count: DayCount) -> Row:
    """Give the effective yearly rate of dated flows, shape ``(n_paths,)``: :func:`internal_rate_of_return` by a day count.

    The day count is stated, for it moves the rate: spreadsheets divide actual days by 365, valsim itself by 365.25. Flows of
    one day are one flow, and the order of the dates is free.

    >>> days = [date(2020, 1, 1), date(2025, 1, 1)]
    >>> [round(float(xirr(days, [np.asarray(-10e6), np.asarray(25e6)], how)), 6) for how in ("actual/365", "actual/365.25")]
    [0.200883, 0.201034]
    """
    first = min(dates).toordinal()
    times = [year_fraction(day_count, np.asarray(first), np.asarray(day.toordinal())) for day in dates]
    return internal_rate_of_return(times, [np.asarray(amount) for amount in amounts])


class _Side(NamedTuple):
    """What is paid, or what is received: dated amounts above zero, shapes ``(n_flows, n_paths)``."""

    time: Row
    amount: Row

    @classmethod
    def of(cls, time: Row, amount: Row) -> "_Side":
        """Give the flows that are something on some path; the others would only add zeros."""
        some = np.any(amount > 0, axis=1)
        return cls(time[some], np.maximum(amount[some], 0.0))

    def worth(self, rate: Row, day: Row) -> tuple[Row, Row]:
        """Give the worth on a day at a log rate, and when the money moves on average."""
        parts = self.amount * np.exp(np.minimum(rate * (day - self.time), 0.0))
        # Flow by flow: a sum along an axis adds in another order where there are few paths.
        worth = total(parts)
        with np.errstate(invalid="ignore"):
            return worth, total(parts * self.time) / worth


@dataclass(frozen=True)
class _Flows:
    """What is paid and what is received, and when the first and the last flow of a path is, shapes ``(n_paths,)``."""

    paid: _Side
    received: _Side
    first: Row
    last: Row

    @classmethod
    def of(cls, time: Row, amount: Row) -> "_Flows":
        first = np.where(amount == 0, np.inf, time).min(axis=0)
        last = np.where(amount == 0, -np.inf, time).max(axis=0)
        return cls(_Side.of(time, -amount), _Side.of(time, amount), first, last)

    def on(self, paths: Bools) -> "_Flows":
        """Give the same on some paths."""
        paid, received = (_Side(*(row[:, paths] for row in side)) for side in (self.paid, self.received))
        return _Flows(paid, received, self.first[paths], self.last[paths])

    def gap(self, rate: Row) -> tuple[Row, Row]:
        """Give log(worth received) - log(worth paid) at a log rate, and by how much later money is received on average."""
        # Worth is counted on the day that makes it largest, so that nothing overflows.
        day = np.where(rate > 0, self.first, self.last)
        (paid, paid_when), (received, received_when) = (side.worth(rate, day) for side in (self.paid, self.received))
        with np.errstate(divide="ignore"):
            return np.log(received) - np.log(paid), received_when - paid_when


def _log_rate(flows: _Flows) -> Row:
    rate = np.zeros(flows.first.size)
    left = np.arange(rate.size)
    for _ in range(NEWTON_STEPS):
        rate[left], move = _improved(flows, rate[left])
        unsolved = ~(np.abs(move) < TOLERANCE)
        if not unsolved.all():
            left, flows = left[unsolved], flows.on(unsolved)
        if not left.size:
            return rate
    rate[left] = _bisected(flows)
    return rate


def _improved(flows: _Flows, rate: Row) -> tuple[Row, Row]:
    gap, slope = flows.gap(rate)
    with np.errstate(divide="ignore", invalid="ignore"):
        move = gap / slope
    return np.clip(rate + np.nan_to_num(move), -FURTHEST, FURTHEST), move


def _bisected(flows: _Flows) -> Row:
    low, high = (np.full(flows.first.size, end) for end in (-FURTHEST, FURTHEST))
    rising, above = (flows.gap(end)[0] < 0 for end in (low, high))
    rate, bracketed = np.full(flows.first.size, np.nan), rising != above
    low, high, rising, flows = low[bracketed], high[bracketed], rising[bracketed], flows.on(bracketed)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        below = (flows.gap(middle)[0] < 0) == rising
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    rate[bracketed] = (low + high) / 2
    return rate
