"""What the company must be sold for until a buyer has its money back, or three times as much, at the exit's own cap table."""

from collections.abc import Mapping
from itertools import product

import numpy as np

from valsim.captable.liquidity.break_even import break_even, side_by_side
from valsim.captable.liquidity.pay_out import Liquidity, Table
from valsim.core.rows import Row
from valsim.core.streams import Paths
from valsim.outcome.money import Money
from valsim.outcome.proceeds import in_order, last_day
from valsim.outcome.settled import Settled
from valsim.result import Columns
from valsim.scenario.names import series_names

MULTIPLES = (1.0, 3.0)
"""How many times its money a holder is to get back."""
EVERY = 32
"""Of so many paths of a run's first batch one is looked at, for it takes about twenty waterfalls; no other chunk does it, and none
where no time series are kept."""


def break_evens(settled: Settled) -> Columns:
    """Give the break-even values of everyone who invests, columns of shape ``(n_paths,)``.

    What a sale must bring, debt included, paid at once by the cap table of the path's end, until the holder has so many times what it
    invested, after carry and with what it had sold before. Infinite where no sale is enough; NaN where nothing was invested, and on
    the paths that are not looked at.
    """
    state = settled.state
    looked_at = np.arange(0, min(state.cash.size, settled.closely), EVERY)
    due = {
        (holder, multiple): needed(money, _carry(settled, holder), multiple)[looked_at]
        for holder, money in settled.money.items()
        for multiple in MULTIPLES
        if np.any(money.invested[looked_at])
    }
    found = _values(settled, looked_at, due) if due else {}
    columns: Columns = {}
    for holder, multiple in product(settled.money, MULTIPLES):
        column = np.asarray(np.nan)
        if (holder, multiple) in found:
            invested = settled.money[holder].invested[looked_at] > 0
            column = np.full(state.cash.shape, np.nan)
            column[looked_at] = np.where(invested, found[holder, multiple], np.nan)
        columns["holder", holder, "break even", f"{multiple:g}"] = column
    return columns


def _values(settled: Settled, paths: Paths, due: Mapping[tuple[str, float], Row]) -> dict[tuple[str, float], Row]:
    """Give the values at which holders are paid what is due to each on some paths, all of them in one go."""
    scenario, state, tiled = settled.scenario, settled.state, np.tile(paths, len(due))
    table = Table(in_order(state.ledger, series_names(scenario)), state.senior(scenario)).at(tiled)
    sale = Liquidity("acquisition", "as_agreed", last_day(scenario, state)[tiled])
    found = break_even(table, sale, side_by_side([holder for holder, _ in due]), np.concatenate(list(due.values())))
    return dict(zip(due, np.split(found, len(due)), strict=True))


def _carry(settled: Settled, holder: str) -> Row:
    purchase = settled.scenario.positions.get(holder)
    return np.zeros(()) if purchase is None else purchase.carry


def needed(money: Money, carry: Row, multiple: float) -> Row:
    """Give what the exit must pay before carry: ``m I = W + S - c max(0, W + S - I)`` for ``m >= 1``, never below nothing."""
    most = np.asarray(carry) >= 1
    times = np.where(most, 1.0 if multiple <= 1 else np.inf, (multiple - carry) / np.where(most, 1.0, 1 - carry))
    return np.maximum(np.where(money.invested > 0, money.invested * times, 0.0) - money.sales, 0.0)
