"""What new shares cost at a closing beside what they are worth, both as of today."""

import numpy as np

from valsim.captable.financing.tranche import Tranche
from valsim.core.rows import Row
from valsim.result import Columns
from valsim.scenario.model import Scenario
from valsim.state import State
from valsim.value.measure import discount_factor


def bought(scenario: Scenario, state: State, values: Columns) -> Columns:
    """Give, where a closing was funded, the price of a share of it and what that share is worth, columns of shape ``(n_paths,)``.

    Both are discounted to today at the risk-free rate; elsewhere they are NaN. ``values`` holds the present values of the series.
    """
    columns: Columns = {}
    for tranche in scenario.tranches:
        outcome, worth = state.funding[tranche], _worth(tranche, state, values)
        known = outcome.funded & np.isfinite(worth)
        price = outcome.price_per_share * discount_factor(scenario.measure.risk_free, outcome.time)
        columns["tranche", *tranche.key, "price today"] = np.where(known, price, np.nan)
        columns["tranche", *tranche.key, "share today"] = np.where(known, worth, np.nan)
    return columns


def _worth(tranche: Tranche, state: State, values: Columns) -> Row:
    """Give the present value of a share of the series that the terms drawn on each path issue."""
    worth, drawn = np.full(state.cash.shape, np.nan), state.funding[tranche].drawn
    kinds = tranche.making_series(np.asarray(drawn).astype(np.int64))
    for code in np.unique(kinds).tolist():
        row = values["class", tranche.series_with(code), "present value per share"]
        worth = np.where(kinds == code, row, worth)
    return worth
