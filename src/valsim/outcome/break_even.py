"""What the company must be sold for until a buyer has its money back, or three times as much, at the exit's own cap table."""

import numpy as np

from valsim.captable.liquidity.break_even import break_even, side_by_side
from valsim.captable.liquidity.pay_out import Liquidity, Table
from valsim.core.rows import Row
from valsim.core.streams import BATCH
from valsim.outcome.money import Money
from valsim.outcome.proceeds import in_order, last_day
from valsim.outcome.settled import Settled
from valsim.result import Columns
from valsim.scenario.names import series_names

MULTIPLES = (1.0, 3.0)
"""How many times its money a holder is to get back."""
EVERY = 8
"""Of so many paths of a run's first batch one is looked at, for it takes about twenty waterfalls; no other chunk does it."""


def break_evens(settled: Settled) -> Columns:
    """Give the break-even values of the positions of the document, columns of shape ``(n_paths,)``.

    What a sale must bring, debt included, paid at once by the cap table of the path's end, until the holder has so many times what it
    invested, after carry and with what it had sold before. Infinite where no sale is enough; NaN where nothing was invested, and on
    the paths that are not looked at.
    """
    scenario, state = settled.scenario, settled.state
    holders = tuple(scenario.positions)
    blocks = [(holder, multiple) for holder in holders for multiple in MULTIPLES]
    looked_at = np.arange(0, min(state.cash.size, max(BATCH - settled.first, 0)), EVERY)
    if not holders or not looked_at.size:
        nothing = np.asarray(np.nan)
        return {("holder", holder, "break even", f"{multiple:g}"): nothing for holder, multiple in blocks}
    carry = {holder: scenario.positions[holder].carry for holder in holders}
    due = [needed(settled.money[holder], carry[holder], multiple)[looked_at] for holder, multiple in blocks]
    table = Table(in_order(state.ledger, series_names(scenario)), state.senior(scenario))
    paths = np.tile(looked_at, len(blocks))
    sale = Liquidity("acquisition", "as_agreed", last_day(scenario, state)[paths])
    found = break_even(table.at(paths), sale, side_by_side([holder for holder, _ in blocks]), np.concatenate(due))
    columns: Columns = {}
    for (holder, multiple), row in zip(blocks, np.split(found, len(blocks)), strict=True):
        column = np.full(state.cash.shape, np.nan)
        column[looked_at] = np.where(settled.money[holder].invested[looked_at] > 0, row, np.nan)
        columns["holder", holder, "break even", f"{multiple:g}"] = column
    return columns


def needed(money: Money, carry: Row, multiple: float) -> Row:
    """Give what the exit must pay before carry: ``m I = W + S - c max(0, W + S - I)`` for ``m >= 1``, never below nothing."""
    most = np.asarray(carry) >= 1
    times = np.where(most, 1.0 if multiple <= 1 else np.inf, (multiple - carry) / np.where(most, 1.0, 1 - carry))
    return np.maximum(np.where(money.invested > 0, money.invested * times, 0.0) - money.sales, 0.0)
