"""Settling: who got what on each path, once every path has ended."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from valsim.at_exit import at_exit
from valsim.captable.financing.tranche import Tranche
from valsim.captable.split import factor_at
from valsim.compute import credit_outcomes
from valsim.core.rows import Row
from valsim.deploy import uses_made
from valsim.events import events
from valsim.happened import learned
from valsim.money import Money, holder_outcomes, opening_costs
from valsim.names import holder_names, series_names
from valsim.proceeds import by_lot, last_day, paid_out
from valsim.result import Columns
from valsim.scenario.model import Scenario
from valsim.state import State
from valsim.value.measure import discount_factor
from valsim.worth import series_values

Settling: TypeAlias = Callable[[Scenario, State], Columns]
"""Makes columns of a realised document and the state at the end."""


def outcomes(scenario: Scenario, state: State) -> Columns:
    """Give what each path came to, under the probabilities it was drawn with; columns of shape ``(n_paths,)``."""
    ended, exits = state.ended, paid_out(scenario, state)
    lots = by_lot(scenario, state, exits)
    columns: Columns = {
        ("exit",): ended.how,
        ("exit time",): ended.when,
        ("paid at",): ended.paid,
        ("proceeds",): ended.proceeds,
    }
    costs = opening_costs(scenario)
    ownership = state.ledger.accrued_to(last_day(scenario, state)).ownership()
    for holder in holder_names(scenario):
        money, owned = Money.of(holder, scenario, state, lots, costs), ownership.get(holder, np.asarray(0.0))
        columns |= holder_outcomes(money, owned, holder, scenario, state)
    for series in scenario.redeemable:
        columns |= state.bought_back(series).columns(series, state.ledger.outstanding(series))
    for series in scenario.adjustable:
        columns |= state.adjustment(series).columns(series)
    for tranche in scenario.tranches:
        columns |= _tranche_outcomes(tranche, scenario, state) | events(
            tranche, scenario, state, holder_names(scenario)
        )
    columns |= at_exit(scenario, state, exits) | uses_made(scenario, state) | credit_outcomes(state)
    columns |= {("refused", *key): where for key, where in state.refusals.items()} | learned(scenario, state)
    return {key: np.broadcast_to(row, state.cash.size) for key, row in columns.items()}


def present_values(scenario: Scenario, state: State) -> Columns:
    """Give what each path is worth today, discounted at the risk-free rate; columns of shape ``(n_paths,)``."""
    lots = by_lot(scenario, state, paid_out(scenario, state))
    factor = _factor(scenario, state)
    columns: Columns = learned(scenario, state)
    costs = opening_costs(scenario)
    for series in series_names(scenario):
        columns |= series_values(series, scenario, state, lots, factor)
    for holder in holder_names(scenario):
        money = Money.of(holder, scenario, state, lots, costs)
        columns["holder", holder, "present value"] = money.at_exit * factor + money.today(scenario, 1.0)
        columns["holder", holder, "paid today"] = money.today(scenario, -1.0)
    return {key: np.broadcast_to(row, state.cash.size) for key, row in columns.items()}


def share_value(series: str) -> Settling:
    """Give the settling that makes nothing but the present value of a share of one series."""

    def worth(scenario: Scenario, state: State) -> Columns:
        lots = by_lot(scenario, state, paid_out(scenario, state))
        columns = series_values(series, scenario, state, lots, _factor(scenario, state))
        key = ("class", series, "present value per share")
        return {key: np.broadcast_to(columns[key], state.cash.shape)}

    return worth


def _factor(scenario: Scenario, state: State) -> Row:
    return np.broadcast_to(discount_factor(scenario.measure.risk_free, state.ended.when), state.cash.shape)


def _tranche_outcomes(tranche: Tranche, scenario: Scenario, state: State) -> Columns:
    rows = dict(vars(state.funding[tranche]))
    defaults, _ = rows.pop("defaults"), (rows.pop("unraised"), rows.pop("events"))
    if scenario.captable.splits:
        # In the shares of its day, so that it compares with the document.
        split = factor_at(scenario.captable.splits, scenario.as_of, rows["time"])
        rows["price_per_share"] = rows["price_per_share"] / split
    columns: Columns = {("tranche", *tranche.key, name): row for name, row in rows.items()}
    return columns | {("default", *tranche.key, investor): row for investor, row in defaults.items()}
