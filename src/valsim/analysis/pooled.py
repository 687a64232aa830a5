"""The rate of return of a holder's expected cash flows: pooled over all paths, for a mean of rates does not exist."""

import math
from collections.abc import Iterator

import numpy as np

from valsim.analysis.cash import receipts
from valsim.core.rows import Row
from valsim.result import Result

LARGEST = 600.0
"""The largest exponent of a worth today: beyond it a number overflows once it is multiplied by an amount of money."""


def rate_of_expected_cash_flows(result: Result, holder: str) -> float:
    """Give the rate at which a holder's expected payments and expected receipts are worth the same today.

    ``E[sum amounts (1 + r)^-times] = 0``: one rate of pooled cash flows, which exists where the mean of rates does not.
    """
    moments, money = (np.concatenate(rows) for rows in zip(*receipts(result, holder), strict=True))
    days, which = np.unique(moments, return_inverse=True)
    at_exit = np.bincount(which, weights=money) / result.manifest.paths
    before = sorted(before_the_end(result, holder))
    times = np.concatenate([[time for time, _ in before], days])
    amounts = np.concatenate([[money for _, money in before], at_exit])
    if amounts.min() >= 0 or amounts.max() <= 0:
        return -1.0 if amounts.min() < 0 else np.nan
    log_rate = _root(times, amounts)
    return float(np.expm1(log_rate)) if log_rate < LARGEST else np.nan


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
