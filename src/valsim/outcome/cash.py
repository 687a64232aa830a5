"""Cash by date: sums over each batch of paths, of which means and their standard errors are made."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from valsim.core.choose import choose
from valsim.core.rows import Row
from valsim.core.streams import BATCH
from valsim.core.timeline import DAYS_A_YEAR
from valsim.outcome.money import Money, in_order_of_causes, opening_costs
from valsim.outcome.settled import Settled
from valsim.result import Columns

FIRST_DAY = date(1970, 1, 1)
"""The day that numpy counts days and years from."""


def paid_in(settled: Settled) -> Columns:
    """Give what was paid (below zero) and received before the end, by (holder, time), summed over each batch of paths."""
    money: Columns = {}
    shape = settled.state.cash.shape
    for flow in (*opening_costs(settled.scenario), *in_order_of_causes(settled.state.flows)):
        time, amount = (np.broadcast_to(row, shape) for row in (flow.time, flow.amount))
        for moment in np.unique(time[amount != 0]):
            key = (flow.holder, repr(float(moment)))
            money[key] = money.get(key, np.zeros(amount.shape)) + choose(time == moment, amount, 0.0)
    return {key: _by_batch(row) for key, row in money.items()}


class Dated(NamedTuple):
    """Money that a holder receives, or pays, and the calendar year of each path; rows of shape ``(n_paths,)``."""

    amount: Row
    year: npt.NDArray[np.int64]


def cash_by_year(settled: Settled) -> Columns:
    """Give the cash of each holder by (holder, calendar year, ``received`` or ``paid``), its ``sum`` and the sum of its ``squares``
    over each batch of paths; what is counted at the horizon is no cash.
    """
    found: Columns = {}
    years = [[_years(settled, time) for time in each.times] for each in settled.payments]
    for holder, money in settled.money.items():
        parts = [choose(settled.realised, receipt.part, 0.0) for receipt in money.receipts]
        ended = [Dated(part, year) for part, of in zip(parts, years, strict=True) for year in of]
        for what, flows in (
            ("received", [*_before(settled, money, 1.0), *ended]),
            ("paid", [*_before(settled, money, -1.0)]),
        ):
            for year, row in _by_year(flows):
                found[holder, str(year), what, "sum"] = _by_batch(row)
                found[holder, str(year), what, "squares"] = _by_batch(row * row)
    return found


def _before(settled: Settled, money: Money, sign: float) -> Iterator[Dated]:
    shape = settled.state.cash.shape
    for flow in money.earlier:
        amount = np.broadcast_to(np.maximum(sign * flow.amount, 0.0), shape)
        if amount.any():
            yield Dated(amount, _years(settled, flow.time))


def _years(settled: Settled, time: Row) -> npt.NDArray[np.int64]:
    """Give the calendar year of a time since the start, shape ``(n_paths,)``."""
    days = settled.scenario.as_of.toordinal() - FIRST_DAY.toordinal() + np.rint(np.asarray(time) * DAYS_A_YEAR)
    years = days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + FIRST_DAY.year
    return np.broadcast_to(years, settled.state.cash.shape)


def _by_year(flows: Sequence[Dated]) -> Iterator[tuple[int, Row]]:
    """Add up flows by calendar year, of those years in which anything flows on some path."""
    there = [np.flatnonzero(flow.amount) for flow in flows]
    years = [flow.year[at] for flow, at in zip(flows, there, strict=True)]
    if not any(year.size for year in years):
        return
    first = min(int(year.min()) for year in years if year.size)
    last = max(int(year.max()) for year in years if year.size)
    table = np.zeros((last - first + 1, flows[0].amount.size))
    for flow, at, year in zip(flows, there, years, strict=True):
        table[year - first, at] += flow.amount[at]
    yield from ((first + i, row) for i, row in enumerate(table) if row.any())


def _by_batch(row: Row) -> Row:
    return np.add.reduceat(row, np.arange(0, row.size, BATCH))
