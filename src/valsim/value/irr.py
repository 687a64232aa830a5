"""Internal rates of return, on every path at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from valsim.core.choose import choose
from valsim.core.day_count import DayCount, year_fraction
from valsim.core.rows import Bools, Row, cut
from valsim.core.streams import Paths

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
    sides = [-amount for amount in amounts], amounts
    paid, received = (_count(side, shape or (1,)) for side in sides)
    rate = choose((paid > 0) & (received == 0), np.asarray(-1.0), np.asarray(np.nan))
    both = np.flatnonzero((paid > 0) & (received > 0))
    if both.size:
        both = both[np.argsort(-received[both], kind="stable")]
        log_rate = _log_rate(_Flows.of(times, sides, both))
        rate[both] = np.expm1(np.where(log_rate < LARGEST, log_rate, np.nan))
    return rate.reshape(shape)


def _count(amounts: Sequence[Row], shape: tuple[int, ...]) -> npt.NDArray[np.int16]:
    """Count the amounts above zero, shape ``(n_paths,)``."""
    count = np.zeros(shape, dtype=np.int16)
    for amount in amounts:
        count += amount > 0
    return count


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
        flows = _Flows.of(tuple(time), (tuple(-amount), tuple(amount)), able)
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
    """What is paid, or what is received: the first flow of every path, then the second, and so on, each a time and an amount.

    A row ends with the last path that has so many flows, and where paths before it have fewer there are zeros, which add nothing.
    """

    flows: tuple[tuple[Row, Row], ...]

    @classmethod
    def of(cls, times: Sequence[Row], amounts: Sequence[Row], paths: Paths) -> "_Side":
        """Give the amounts above zero on some paths; a path keeps the order of its flows."""
        count, found = np.zeros(paths.size, dtype=np.intp), []
        for time, amount in zip(times, amounts, strict=True):
            row = np.broadcast_to(cut(amount, paths), paths.shape)
            at = np.flatnonzero(row > 0)
            found.append((count[at], at, cut(time, paths[at]), row[at]))
            count[at] += 1
        table = np.zeros((2, count.max(), paths.size))
        for nth, at, time, amount in found:
            table[0, nth, at], table[1, nth, at] = time, amount
        ends = [np.flatnonzero(count > nth)[-1] + 1 for nth in range(count.max())]
        return cls(tuple((time[:end], amount[:end]) for time, amount, end in zip(*table, ends, strict=True)))

    def on(self, paths: Paths) -> "_Side":
        """Give the same on some paths, in their order."""
        ends = np.searchsorted(paths, [time.size for time, _ in self.flows])
        rows = zip(self.flows, ends, strict=True)
        return _Side(tuple((time[paths[:end]], amount[paths[:end]]) for (time, amount), end in rows if end))

    def worth(self, rate: Row, day: Row) -> tuple[Row, Row]:
        """Give the worth on a day at a log rate, and when the money moves on average."""
        worth, moments = np.zeros(rate.size), np.zeros(rate.size)
        # Flow by flow: a sum along an axis adds in another order where there are few paths.
        for time, amount in self.flows:
            end = time.size
            part = amount * np.exp(np.minimum(rate[:end] * (day[:end] - time), 0.0))
            worth[:end] += part
            moments[:end] += part * time
        with np.errstate(invalid="ignore"):
            return worth, moments / worth


@dataclass(frozen=True)
class _Flows:
    """What is paid and what is received, and when the first and the last flow of a path is, shapes ``(n_paths,)``."""

    paid: _Side
    received: _Side
    first: Row
    last: Row

    @classmethod
    def of(cls, times: Sequence[Row], sides: tuple[Sequence[Row], Sequence[Row]], paths: Paths) -> "_Flows":
        """Give what is paid and what is received, both above zero, on some paths; the sooner those with many flows come, the faster."""
        paid, received = (_Side.of(times, amounts, paths) for amounts in sides)
        first, last = np.full(paths.size, np.inf), np.full(paths.size, -np.inf)
        for time, amount in (*paid.flows, *received.flows):
            there, end = amount > 0, time.size
            first[:end] = np.minimum(first[:end], choose(there, time, np.inf))
            last[:end] = np.maximum(last[:end], choose(there, time, -np.inf))
        return cls(paid, received, first, last)

    def on(self, paths: Paths) -> "_Flows":
        """Give the same on some paths, in their order."""
        return _Flows(self.paid.on(paths), self.received.on(paths), self.first[paths], self.last[paths])

    def gap(self, rate: Row) -> tuple[Row, Row]:
        """Give log(worth received) - log(worth paid) at a log rate, and by how much later money is received on average."""
        # Worth is counted on the day that makes it largest, so that nothing overflows.
        day = choose(rate > 0, self.first, self.last)
        (paid, paid_when), (received, received_when) = (side.worth(rate, day) for side in (self.paid, self.received))
        with np.errstate(divide="ignore"):
            return np.log(received) - np.log(paid), received_when - paid_when


def _log_rate(flows: _Flows) -> Row:
    rate = np.zeros(flows.first.size)
    left = np.arange(rate.size)
    for _ in range(NEWTON_STEPS):
        rate[left], move = _improved(flows, rate[left])
        unsolved = np.flatnonzero(~(np.abs(move) < TOLERANCE))
        if unsolved.size < left.size:
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
    rate, bracketed = np.full(flows.first.size, np.nan), np.flatnonzero(rising != above)
    low, high, rising, flows = low[bracketed], high[bracketed], rising[bracketed], flows.on(bracketed)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        below = (flows.gap(middle)[0] < 0) == rising
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    rate[bracketed] = (low + high) / 2
    return rate
