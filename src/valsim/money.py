"""Each holder's money: dated flows before the end, what the end brings, and what is made of them."""

from dataclasses import dataclass

import numpy as np

from valsim.captable.curve import total
from valsim.captable.ledger import UNISSUED
from valsim.captable.opening import open_ledger
from valsim.captable.transfer import Flow, Flows
from valsim.compute import saved_by
from valsim.core.rows import Row
from valsim.core.streams import BATCH
from valsim.core.timeline import years_between
from valsim.result import Columns
from valsim.scenario.model import Scenario
from valsim.state import STILL_PRIVATE, State
from valsim.value.irr import internal_rate_of_return
from valsim.value.measure import discount_factor
from valsim.worth import Lots


@dataclass(frozen=True)
class Money:
    """A holder's money on every path: dated flows before the end, and what the end brings once the carry is paid."""

    earlier: tuple[Flow, ...]
    invested: Row
    sales: Row
    carry: Row
    at_exit: Row

    @classmethod
    def of(cls, holder: str, scenario: Scenario, state: State, lots: Lots, costs: tuple[Flow, ...]) -> "Money":
        """Give the money of a holder, with what the opening holders paid."""
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

    def rate_of_return(self, state: State, besides: tuple[Flow, ...] = ()) -> Row:
        """Give the internal rate of return of all the money, with other flows ``besides``."""
        flows = (*self.earlier, *besides)
        times = [*(flow.time for flow in flows), state.ended.paid]
        return internal_rate_of_return(times, [*(flow.amount for flow in flows), self.at_exit])


def holder_outcomes(money: Money, owned: Row, holder: str, scenario: Scenario, state: State) -> Columns:
    """Give what a holder put in and got, columns of shape ``(n_paths,)``."""
    realised = (state.ended.how != STILL_PRIVATE) & (state.ended.when <= _horizon(scenario))
    return _at_cost(money, holder, state) | {
        ("holder", holder, "invested"): money.invested,
        ("holder", holder, "proceeds"): money.at_exit + money.sales,
        ("holder", holder, "realised"): np.where(realised, money.at_exit, 0.0) + money.sales,
        ("holder", holder, "at exit"): money.at_exit,
        ("holder", holder, "carry"): money.carry,
        ("holder", holder, "ownership at exit"): owned,
        ("holder", holder, "irr"): money.rate_of_return(state),
    }


def _at_cost(money: Money, holder: str, state: State) -> Columns:
    """Give what a holder that paid in credits invested and made, the credits counted at what they cost it."""
    saved = saved_by(holder, state)
    if not saved:
        return {}
    spared = total(flow.amount for flow in saved)
    return {
        ("holder", holder, "invested at cost"): money.invested - spared,
        ("holder", holder, "irr at cost"): money.rate_of_return(state, saved),
    }


def paid_in(scenario: Scenario, state: State) -> Columns:
    """Give what was paid (below zero) and received before the end, by (holder, time), summed over each batch of paths."""
    money: Columns = {}
    for flow in (*opening_costs(scenario), *_in_order_of_causes(state.flows)):
        time, amount = (np.broadcast_to(row, state.cash.shape) for row in (flow.time, flow.amount))
        for moment in np.unique(time[amount != 0]):
            key = (flow.holder, repr(float(moment)))
            money[key] = money.get(key, np.zeros(amount.shape)) + np.where(time == moment, amount, 0.0)
    return {key: np.add.reduceat(row, np.arange(0, row.size, BATCH)) for key, row in money.items()}


def opening_costs(scenario: Scenario) -> tuple[Flow, ...]:
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
