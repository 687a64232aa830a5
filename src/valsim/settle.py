"""Settling: who got what on each path, once every path has ended."""

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np

from valsim.captable.distribute import payouts_by_lot
from valsim.captable.ledger import OTHERS, UNISSUED, Ledger
from valsim.captable.merge import filled
from valsim.captable.opening import open_ledger
from valsim.captable.regime import Regime, all_converted, as_agreed
from valsim.captable.transfer import Flow
from valsim.core.rows import Bools, Row
from valsim.core.timeline import years_between
from valsim.result import Columns
from valsim.scenario.model import Scenario
from valsim.state import STILL_PRIVATE, State
from valsim.value.irr import internal_rate_of_return
from valsim.value.measure import discount_factor

Lots = Mapping[tuple[str, str], Row]


def settled(scenario: Scenario, state: State) -> Columns:
    """Give the outcome columns of some paths, each of shape ``(n_paths,)``."""
    ended, paths = state.ended, state.cash.size
    lots = _paid_out(scenario, state)
    factor = np.broadcast_to(discount_factor(scenario.measure.risk_free, ended.when), paths)
    columns: Columns = {
        ("exit",): ended.how,
        ("exit time",): ended.when,
        ("proceeds",): ended.proceeds,
        ("discount",): factor,
    }
    for series in series_names(scenario):
        columns |= _series_columns(series, state.ledger, lots, factor)
    for holder in holder_names(scenario):
        columns |= _holder_columns(holder, scenario, state, lots, factor)
    for tranche in scenario.tranches:
        for name, row in vars(state.funding[tranche]).items():
            columns["tranche", *tranche.key, name] = row
    return {key: np.broadcast_to(row, paths) for key, row in columns.items()}


def series_names(scenario: Scenario) -> tuple[str, ...]:
    """Name every series that may exist: the opening classes, then what tranches issue."""
    return tuple(dict.fromkeys([*scenario.captable.classes, *(tranche.series for tranche in scenario.tranches)]))


def holder_names(scenario: Scenario) -> tuple[str, ...]:
    """Name everyone who may hold shares: the opening holders, then investors of tranches and buyers."""
    later = (name for t in scenario.tranches for name in (*t.closing.investors, *t.buyers, t.others))
    return tuple(dict.fromkeys([*scenario.positions, *scenario.captable.positions, OTHERS, *later, UNISSUED]))


def _opened(scenario: Scenario) -> Ledger:
    return open_ledger(scenario.captable.classes, scenario.captable.positions)


def _paid_out(scenario: Scenario, state: State) -> dict[tuple[str, str], Row]:
    codes = [i for i, way in enumerate(scenario.exits.values()) if way.treatment == "all_converted"]
    converted = np.isin(state.ended.how, codes)
    parts = [_part(state, np.flatnonzero(where), regime) for where, regime in _regimes(converted)]
    size = state.cash.size
    return {lot: sum((filled(pay[lot], at, size) for at, pay in parts), np.zeros(size)) for lot in state.ledger.lots}


def _regimes(converted: Bools) -> Iterator[tuple[Bools, Regime]]:
    for where, regime in ((~converted, as_agreed), (converted, all_converted)):
        if where.any():
            yield where, regime


def _part(state: State, paths: Row, regime: Regime) -> tuple[Row, Lots]:
    return paths, payouts_by_lot(state.ledger.at(paths), state.ended.proceeds[paths], regime)


def _series_columns(series: str, ledger: Ledger, lots: Lots, factor: Row) -> Columns:
    shares = ledger.outstanding(series) if series in ledger.series else np.asarray(0.0)
    payout = sum((row for (_, name), row in lots.items() if name == series), np.zeros_like(factor))
    with np.errstate(divide="ignore", invalid="ignore"):
        per_share = np.where(shares > 0, payout / shares, np.nan)
    return {
        ("class", series, "shares"): shares,
        ("class", series, "payout"): payout,
        ("class", series, "present value"): payout * factor,
        ("class", series, "present value per share"): per_share * factor,
    }


def _holder_columns(holder: str, scenario: Scenario, state: State, lots: Lots, factor: Row) -> Columns:
    exit_money = sum((row for (name, _), row in lots.items() if name == holder), np.zeros_like(factor))
    earlier = [*_cost_of_opening(holder, scenario), *(flow for flow in state.flows if flow.holder == holder)]
    invested = -_total(earlier, -1.0, factor)
    sales = _total(earlier, 1.0, factor)
    carry = _carry(holder, scenario, exit_money + sales, invested)
    realised = (state.ended.how != STILL_PRIVATE) & (state.ended.when <= _horizon(scenario))
    times = [*(np.asarray(flow.time) for flow in earlier), state.ended.paid]
    amounts = [*(flow.amount for flow in earlier), exit_money - carry]
    values = [flow.amount * discount_factor(scenario.measure.risk_free, np.asarray(flow.time)) for flow in earlier]
    received = sum((np.maximum(value, 0.0) for value in values), np.zeros_like(factor))
    own = state.ledger.ownership().get(holder, np.asarray(0.0))
    return {
        ("holder", holder, "invested"): invested,
        ("holder", holder, "proceeds"): exit_money + sales - carry,
        ("holder", holder, "realised"): np.where(realised, exit_money - carry, 0.0) + sales,
        ("holder", holder, "unrealised"): np.where(realised, 0.0, exit_money - carry),
        ("holder", holder, "carry"): carry,
        ("holder", holder, "ownership at exit"): own,
        ("holder", holder, "paid at"): state.ended.paid,
        ("holder", holder, "irr"): internal_rate_of_return(times, amounts),
        ("holder", holder, "present value"): (exit_money - carry) * factor + received,
    }


def _total(money: list[Flow], sign: float, like: Row) -> Row:
    return sign * sum((np.maximum(sign * flow.amount, 0.0) for flow in money), np.zeros_like(like))


def _carry(holder: str, scenario: Scenario, proceeds: Row, invested: Row) -> Row:
    purchase = scenario.positions.get(holder)
    return np.zeros_like(proceeds) if purchase is None else purchase.carried(proceeds, invested)


def _cost_of_opening(holder: str, scenario: Scenario) -> Iterator[Flow]:
    ledger = _opened(scenario)
    for name, security in ledger.series.items():
        issued: date | None = security.issued
        price = getattr(security, "original_issue_price", None)
        if price is not None and issued is not None:
            held = ledger.held(holder, name)
            if np.any(held > 0):
                yield Flow(holder, years_between(scenario.as_of, issued), -held * price)


def _horizon(scenario: Scenario) -> float:
    return years_between(scenario.as_of, scenario.horizon_date)
