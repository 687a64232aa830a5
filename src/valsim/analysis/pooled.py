"""The rate of return of a holder's expected cash flows: pooled over all paths, for a mean of rates does not exist."""

import math
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from valsim.analysis.cash import parts, pay_dates
from valsim.analysis.once import once
from valsim.core.rows import Row
from valsim.result import Result

LARGEST = 600.0
"""The largest exponent of a worth today: beyond it a number overflows once it is multiplied by an amount of money."""


def rate_of_expected_cash_flows(result: Result, holder: str) -> float:
    """Give the rate at which a holder's expected payments and expected receipts are worth the same today.

    ``E[sum amounts (1 + r)^-times] = 0``: one rate of pooled cash flows, which exists where the mean of rates does not.
    """
    days, before = _pay_days(result), sorted(before_the_end(result, holder))
    at_exit = _by_day(days, (money for _, money in parts(result, holder))) / result.manifest.paths
    times = np.concatenate([[time for time, _ in before], days.days])
    amounts = np.concatenate([[money for _, money in before], at_exit])
    if amounts.min() >= 0 or amounts.max() <= 0:
        return -1.0 if amounts.min() < 0 else np.nan
    log_rate = _root(times, amounts)
    return float(np.expm1(log_rate)) if log_rate < LARGEST else np.nan


class _Days(NamedTuple):
    """The days on which exits pay, in years from the start, and for each of their payments which of them it is on each path."""

    days: Row
    of_payment: tuple[npt.NDArray[np.unsignedinteger[Any]], ...]


@once
def _pay_days(result: Result) -> _Days:
    days = np.unique(np.concatenate([np.unique(row) for row in pay_dates(result)]))
    kind = np.min_scalar_type(days.size)
    return _Days(days, tuple(np.searchsorted(days, row).astype(kind) for row in pay_dates(result)))


def _by_day(days: _Days, payments: Iterable[Row]) -> Row:
    """Add up payments of shape ``(paths,)`` by day, one after the other."""
    every = np.arange(days.days.size)
    sums: Row = np.zeros(every.size)
    for which, money in zip(days.of_payment, payments, strict=True):
        found = np.bincount(np.concatenate([every, which]), weights=np.concatenate([sums, money]))
        sums = found.astype(np.float64, copy=False)
    return sums


def before_the_end(result: Result, holder: str) -> Iterator[tuple[float, float]]:
    """Give what a holder paid (below zero) and received before the end, means over all paths, as times and amounts."""
    for (name, time), sums in result.paid_in.items():
        if name == holder:
            yield float(time), math.fsum(sums) / result.manifest.paths


def _root(times: Row, amounts: Row) -> float:
    """Give the log rate at which all amounts are worth nothing together; NaN where there is none that a number can hold."""
    longest = float(np.max(np.abs(times), initial=0.0))
    if longest == 0:
        return np.nan
    low, high = -LARGEST / longest, LARGEST / longest
    if not _worth(low, times, amounts) > 0 > _worth(high, times, amounts):
        return np.nan
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _worth(middle, times, amounts) > 0 else (low, middle)
    return (low + high) / 2


def _worth(rate: float, times: Row, amounts: Row) -> float:
    return float(np.sum(amounts * np.exp(-rate * times)))
