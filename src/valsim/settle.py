"""Settling: who got what on each path, once every path has ended."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from valsim.at_exit import PaidOut, at_exit
from valsim.captable.financing.round import Tranche, shadow_series
from valsim.captable.ledger import OTHERS, UNISSUED, Ledger
from valsim.captable.liquidity.pay_out import Liquidity, Table, pay_out
from valsim.captable.merge import filled
from valsim.captable.opening import open_ledger
from valsim.captable.split import factor_at
from valsim.captable.transfer import Flow, Flows
from valsim.core.liquidity import LiquidityKind, Treatment
from valsim.core.rows import Bools, Row
from valsim.core.streams import BATCH, Paths
from valsim.core.timeline import DAYS_A_YEAR, years_between
from valsim.deploy import uses_made
from valsim.events import events
from valsim.result import Columns
from valsim.scenario.model import Scenario
from valsim.state import STILL_PRIVATE, State
from valsim.value.irr import internal_rate_of_return
from valsim.value.measure import discount_factor
from valsim.worth import Lots, series_values

Settling: TypeAlias = Callable[[Scenario, State], Columns]
"""Makes columns of a realised document and the state at the end."""


def outcomes(scenario: Scenario, state: State) -> Columns:
    """Give what each path came to, under the probabilities it was drawn with; columns of shape ``(n_paths,)``."""
    ended, exits = state.ended, _exits(scenario, state)
    lots = _lots(scenario, state, exits)
    columns: Columns = {
        ("exit",): ended.how,
        ("exit time",): ended.when,
        ("paid at",): ended.paid,
        ("proceeds",): ended.proceeds,
    }
    costs = _opening_costs(scenario)
    ownership = state.ledger.accrued_to(_day(scenario, state)).ownership()
    for holder in holder_names(scenario):
        money, owned = _Money.of(holder, scenario, state, lots, costs), ownership.get(holder, np.asarray(0.0))
        columns |= _holder_outcomes(money, owned, holder, scenario, state)
    for series in scenario.redeemable:
        columns |= state.bought_back(series).columns(series, state.ledger.outstanding(series))
    for series in scenario.adjustable:
        columns |= state.adjustment(series).columns(series)
    for tranche in scenario.tranches:
        columns |= _tranche_outcomes(tranche, scenario, state) | events(
            tranche, scenario, state, holder_names(scenario)
        )
    columns |= at_exit(scenario, state, exits) | uses_made(scenario, state)
    columns |= {("refused", *key): where for key, where in state.refusals.items()}
    return {key: np.broadcast_to(row, state.cash.size) for key, row in columns.items()}


def present_values(scenario: Scenario, state: State) -> Columns:
    """Give what each path is worth today, discounted at the risk-free rate; columns of shape ``(n_paths,)``."""
    lots = _lots(scenario, state, _exits(scenario, state))
    factor = _factor(scenario, state)
    columns: Columns = {}
    costs = _opening_costs(scenario)
    for series in series_names(scenario):
        columns |= series_values(series, scenario, state, lots, factor)
    for holder in holder_names(scenario):
        money = _Money.of(holder, scenario, state, lots, costs)
        columns["holder", holder, "present value"] = money.at_exit * factor + money.today(scenario, 1.0)
        columns["holder", holder, "paid today"] = money.today(scenario, -1.0)
    return {key: np.broadcast_to(row, state.cash.size) for key, row in columns.items()}


def share_value(series: str) -> Settling:
    """Give the settling that makes nothing but the present value of a share of one series."""

    def worth(scenario: Scenario, state: State) -> Columns:
        lots = _lots(scenario, state, _exits(scenario, state))
        columns = series_values(series, scenario, state, lots, _factor(scenario, state))
        key = ("class", series, "present value per share")
        return {key: np.broadcast_to(columns[key], state.cash.shape)}

    return worth


def paid_in(scenario: Scenario, state: State) -> Columns:
    """Give what was paid (below zero) and received before the end, by (holder, time), summed over each batch of paths."""
    money: Columns = {}
    for flow in (*_opening_costs(scenario), *_in_order_of_causes(state.flows)):
        time, amount = (np.broadcast_to(row, state.cash.shape) for row in (flow.time, flow.amount))
        for moment in np.unique(time[amount != 0]):
            key = (flow.holder, repr(float(moment)))
            money[key] = money.get(key, np.zeros(amount.shape)) + np.where(time == moment, amount, 0.0)
    return {key: np.add.reduceat(row, np.arange(0, row.size, BATCH)) for key, row in money.items()}


def series_names(scenario: Scenario) -> tuple[str, ...]:
    """Name every series that may exist: the opening classes, then what tranches issue and split off, and what pools grant."""
    shadows = (
        shadow_series(tranche.series, name) for tranche in scenario.tranches for name in scenario.captable.convertibles
    )
    issued = (tranche.series for tranche in scenario.tranches)
    granted = (refresh.series for refresh in scenario.refreshes)
    return tuple(dict.fromkeys([*scenario.captable.classes, *issued, *shadows, *scenario.split_off, *granted]))


def holder_names(scenario: Scenario) -> tuple[str, ...]:
    """Name everyone who may hold shares: the opening holders, then investors of tranches and buyers."""
    later = (name for t in scenario.tranches for name in (*t.closing.investors, *t.buyers, t.others))
    return tuple(dict.fromkeys([*scenario.positions, *scenario.captable.positions, OTHERS, *later, UNISSUED]))


def _exits(scenario: Scenario, state: State) -> list[PaidOut]:
    table = Table(_in_order(state.ledger, series_names(scenario)), state.senior(scenario))
    day = _day(scenario, state)
    return [_part(table, state, day, np.flatnonzero(where), *way) for way, where in _ways(scenario, state)]


def _lots(scenario: Scenario, state: State, exits: list[PaidOut]) -> dict[tuple[str, str], Row]:
    size, parts = state.cash.size, [(each.paths, each.settlement.by_lot) for each in exits]
    lots = {lot: sum((filled(pay[lot], at, size) for at, pay in parts), np.zeros(size)) for lot in state.ledger.lots}
    return _when_sold(scenario, state, lots)


def _when_sold(scenario: Scenario, state: State, lots: dict[tuple[str, str], Row]) -> dict[tuple[str, str], Row]:
    """Give what lots are worth when holders may sell, where the price has changed since the exit."""
    for code, ending in enumerate(scenario.exits.values()):
        if np.any(ending.price_change != 1):
            change = np.where(state.ended.how == code, ending.price_change, 1.0)
            lots = {lot: paid * change for lot, paid in lots.items()}
    return lots


def _day(scenario: Scenario, state: State) -> Row:
    """Give the day on which each path ended, a proleptic ordinal."""
    return np.asarray(np.rint(scenario.as_of.toordinal() + DAYS_A_YEAR * state.ended.when))


def _ways(scenario: Scenario, state: State) -> Iterator[tuple[tuple[LiquidityKind, Treatment], Bools]]:
    """Give the paths that ended in each way that contracts tell apart; a company still private counts as sold."""
    codes: dict[tuple[LiquidityKind, Treatment], list[int]] = {("acquisition", "as_agreed"): [STILL_PRIVATE]}
    for code, ending in enumerate(scenario.exits.values()):
        codes.setdefault((ending.liquidity, ending.treatment), []).append(code)
    for way, ended in codes.items():
        where = np.isin(state.ended.how, ended)
        if where.any():
            yield way, where


def _in_order(ledger: Ledger, names: tuple[str, ...]) -> Ledger:
    # Classes are added up in one order, whichever was issued first: the same bits on every path.
    return Ledger({name: ledger.series[name] for name in names if name in ledger.series}, ledger.lots)


def _part(table: Table, state: State, day: Row, paths: Paths, kind: LiquidityKind, treatment: Treatment) -> PaidOut:
    liquidity = Liquidity(kind, treatment, day[paths])
    table = table.at(paths)
    proceeds = _with_debt(table, liquidity.day, state.ended.proceeds[paths])
    return PaidOut(paths, liquidity, table, pay_out(table, liquidity, proceeds))


def _with_debt(table: Table, day: Row, proceeds: Row) -> Row:
    # An exit tells what it leaves to shareholders once all debt is paid; the debt of the cap table is paid again, in its order.
    return np.where(proceeds > 0, proceeds + table.senior.owed(day), 0.0) if table.senior.debt else proceeds


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


@dataclass(frozen=True)
class _Money:
    """A holder's money on every path: dated flows before the end, and what the end brings once the carry is paid."""

    earlier: tuple[Flow, ...]
    invested: Row
    sales: Row
    carry: Row
    at_exit: Row

    @classmethod
    def of(cls, holder: str, scenario: Scenario, state: State, lots: Lots, costs: tuple[Flow, ...]) -> "_Money":
        earlier = tuple(flow for flow in (*costs, *_in_order_of_causes(state.flows)) if flow.holder == holder)
        gross = sum((row for (name, _), row in lots.items() if name == holder), np.zeros_like(state.cash))
        invested, sales = (sum((np.maximum(s * f.amount, 0.0) for f in earlier), np.zeros_like(gross)) for s in (-1, 1))
        purchase = scenario.positions.get(holder)
        carry = np.zeros_like(gross) if purchase is None else purchase.carried(gross + sales, invested)
        return cls(earlier, invested, sales, carry, gross - carry)

    def today(self, scenario: Scenario, sign: float) -> Row:
        """Give the present value of what was received (1) or paid (-1) before the end; what was paid earlier, at face."""
        rate = scenario.measure.risk_free
        worth = (
            np.maximum(sign * flow.amount, 0.0) * discount_factor(rate, np.maximum(flow.time, 0.0))
            for flow in self.earlier
        )
        return sum(worth, np.zeros_like(self.at_exit))


def _holder_outcomes(money: _Money, owned: Row, holder: str, scenario: Scenario, state: State) -> Columns:
    realised = (state.ended.how != STILL_PRIVATE) & (state.ended.when <= _horizon(scenario))
    times = [*(flow.time for flow in money.earlier), state.ended.paid]
    rates = internal_rate_of_return(times, [*(flow.amount for flow in money.earlier), money.at_exit])
    return {
        ("holder", holder, "invested"): money.invested,
        ("holder", holder, "proceeds"): money.at_exit + money.sales,
        ("holder", holder, "realised"): np.where(realised, money.at_exit, 0.0) + money.sales,
        ("holder", holder, "at exit"): money.at_exit,
        ("holder", holder, "carry"): money.carry,
        ("holder", holder, "ownership at exit"): owned,
        ("holder", holder, "irr"): rates,
    }


def _opening_costs(scenario: Scenario) -> tuple[Flow, ...]:
    """Give what the opening holders paid for their shares, on the dates of issue."""
    ledger = open_ledger(scenario.captable.classes, scenario.captable.positions)
    return tuple(
        Flow(holder, np.asarray(years_between(scenario.as_of, issued)), -shares * price)
        for (holder, name), shares in ledger.lots.items()
        if (issued := ledger.series[name].issued) is not None
        and (price := ledger.series[name].cost_of_one) is not None
        and holder != UNISSUED
        and np.any(shares > 0)
    )


def _in_order_of_causes(flows: Flows) -> list[Flow]:
    # Sums add in the order of the names, whatever came first: the same bits on every path.
    return [flows[key] for key in sorted(flows)]


def _horizon(scenario: Scenario) -> float:
    return years_between(scenario.as_of, scenario.horizon_date)
