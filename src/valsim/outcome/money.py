"""Each holder's money: dated flows before the end, what the end brings, and what is made of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from valsim.captable.curve import ZERO, total
from valsim.captable.ledger import UNISSUED
from valsim.captable.opening import open_ledger
from valsim.captable.transfer import Flow, Flows
from valsim.core.choose import choose
from valsim.core.replace import replace
from valsim.core.rows import NOWHERE, Bools, Row
from valsim.core.timeline import years_between
from valsim.outcome.payments import Payment
from valsim.result import Columns
from valsim.scenario.model import Scenario
from valsim.state import State
from valsim.step.compute import saved_by
from valsim.value.irr import has_several_rates, internal_rate_of_return
from valsim.value.measure import discount_factor


class Receipt(NamedTuple):
    """Money that the end brings a holder, in equal parts at some times, the time that it is discounted from, and the carry on it."""

    amount: Row
    times: tuple[Row, ...]
    valued: Row
    carry: Row

    @property
    def part(self) -> Row:
        """What comes at each of the times."""
        return self.amount / len(self.times)


@dataclass(frozen=True)
class Money:
    """A holder's money on every path: dated flows before the end, and what the end brings once the carry is paid."""

    earlier: tuple[Flow, ...]
    invested: Row
    sales: Row
    carry: Row
    receipts: tuple[Receipt, ...]

    @classmethod
    def of(
        cls, holder: str, scenario: Scenario, state: State, paid: Sequence[Payment], costs: tuple[Flow, ...]
    ) -> "Money":
        """Give the money of a holder, with what the opening holders paid."""
        earlier = tuple(flow for flow in (*costs, *in_order_of_causes(state.flows)) if flow.holder == holder)
        gross = [_of_holder(holder, payment, np.zeros_like(state.cash)) for payment in paid]
        invested, sales = (
            sum((np.maximum(s * f.amount, 0.0) for f in earlier), np.zeros_like(state.cash)) for s in (-1, 1)
        )
        so_far, carried, receipts = sales, np.zeros_like(state.cash), []
        for payment, row in zip(paid, gross, strict=True):
            # The carry is on what has come back so far, so the first money bears none until the holder's own is back.
            before, so_far = carried, row + so_far
            carried = _carried(scenario, holder, so_far, invested)
            receipts.append(Receipt(row - (carried - before), payment.times, payment.valued, carried - before))
        return cls(earlier, invested, sales, carried, tuple(receipts))

    @property
    def at_exit(self) -> Row:
        """All that the end brings, whenever it comes."""
        return total(receipt.amount for receipt in self.receipts)

    @property
    def dated(self) -> list[tuple[Row, Row]]:
        """What the end brings, as times and amounts."""
        return [(time, receipt.part) for receipt in self.receipts for time in receipt.times]

    def today(self, scenario: Scenario, sign: float) -> Row:
        """Give the present value of what was received (1) or paid (-1) before the end; what was paid earlier, at face."""
        rate = scenario.measure.risk_free
        worth = (
            np.maximum(sign * flow.amount, 0.0) * discount_factor(rate, np.maximum(flow.time, 0.0))
            for flow in self.earlier
        )
        return sum(worth, np.zeros_like(self.invested))

    def rate_of_return(self) -> Row:
        """Give the internal rate of return of all the money."""
        times, amounts = zip(*((flow.time, flow.amount) for flow in self.earlier), *self.dated, strict=True)
        return internal_rate_of_return(times, amounts)

    def several_rates(self) -> Bools:
        """Say where the money has several internal rates of return; only where something was sold before the last payment."""
        if not np.any(self.sales):
            return NOWHERE
        times, amounts = zip(*((flow.time, flow.amount) for flow in self.earlier), *self.dated, strict=True)
        return has_several_rates(times, amounts)


def _of_holder(holder: str, payment: Payment, nothing: Row) -> Row:
    return sum((row for (name, _), row in payment.lots.items() if name == holder), nothing)


def _carried(scenario: Scenario, holder: str, proceeds: Row, invested: Row) -> Row:
    purchase = scenario.positions.get(holder)
    return np.zeros_like(proceeds) if purchase is None else purchase.carried(proceeds, invested)


def holder_outcomes(money: Money, owned: Row, holder: str, realised: Bools, state: State) -> Columns:
    """Give what a holder put in and got, columns of shape ``(n_paths,)``; ``realised`` says where its exit was in time."""
    at_exit = money.at_exit
    columns = _at_cost(money, holder, state) | {
        ("holder", holder, "invested"): money.invested,
        ("holder", holder, "proceeds"): at_exit + money.sales,
        ("holder", holder, "realised"): choose(realised, at_exit, 0.0) + money.sales,
        ("holder", holder, "at exit"): at_exit,
        ("holder", holder, "carry"): money.carry,
        ("holder", holder, "ownership at exit"): owned,
        ("holder", holder, "irr"): money.rate_of_return(),
        ("holder", holder, "several rates"): money.several_rates(),
    }
    later = enumerate(money.receipts[1:], 2)
    return columns | {("holder", holder, f"payment {number}"): receipt.amount for number, receipt in later}


def _at_cost(money: Money, holder: str, state: State) -> Columns:
    """Give what a holder that paid in credits invested and made, the credits counted at what they cost it."""
    saved = saved_by(holder, state)
    if saved is None:
        return {}
    spared = total(saved[key].amount for key in sorted(saved))
    return {
        ("holder", holder, "invested at cost"): money.invested - spared,
        ("holder", holder, "irr at cost"): _less(money, holder, saved, state).rate_of_return(),
    }


def _less(money: Money, holder: str, saved: Flows, state: State) -> Money:
    """Give the money of a holder with each payment less what it was spared of it: one flow, as money of one day is."""
    keys = [key for key in sorted(state.flows) if key[1] == holder]
    before = money.earlier[: len(money.earlier) - len(keys)]
    net = (replace(state.flows[key], amount=state.flows[key].amount + _amount(saved, key)) for key in keys)
    return replace(money, earlier=(*before, *net))


def _amount(flows: Flows, key: tuple[str, str]) -> Row:
    return flows[key].amount if key in flows else ZERO


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


def in_order_of_causes(flows: Flows) -> list[Flow]:
    """List flows in the order of their names, whatever came first: so their sums have the same bits on every path."""
    return [flows[key] for key in sorted(flows)]
