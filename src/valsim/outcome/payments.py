"""The payments of an exit by date: what a buyer pays in stages, and what holders sell."""

from collections.abc import Mapping, Sequence
from itertools import groupby, product
from operator import itemgetter
from typing import NamedTuple, TypeAlias, TypeVar

import numpy as np

from valsim.captable.curve import ratio, total
from valsim.captable.ledger import Lot
from valsim.captable.liquidity.pay_out import pay_out
from valsim.captable.merge import filled
from valsim.core.choose import choose
from valsim.core.rows import Row
from valsim.exits.base import ALL, AT_ONCE, CASH, NOTHING, Exit, Sale, Stage
from valsim.outcome.proceeds import PaidOut, with_debt
from valsim.result import Columns
from valsim.scenario.model import Scenario
from valsim.state import State

T = TypeVar("T")

Lots: TypeAlias = Mapping[Lot, Row]
"""Money by holder and series, each of shape ``(n_paths,)``."""
NO_STAGE = Stage(NOTHING, NOTHING)
NO_SALE = Sale(NOTHING, (NOTHING,))


class Payment(NamedTuple):
    """One of the payments of an exit by lot, in equal parts at some times, and the time that it is discounted from; in years."""

    lots: Lots
    times: tuple[Row, ...]
    valued: Row


class Paid(NamedTuple):
    """What shareholders were paid together until a time, in years; rows of shape ``(n_paths,)``."""

    so_far: Row
    time: Row


def payments(scenario: Scenario, state: State, exits: Sequence[PaidOut]) -> tuple[Payment, ...]:
    """Give the payments of every path by date: those of the buyer, and for each what holders sell.

    Of what a buyer pays in stages each lot gets what the stage adds to its waterfall: ``W(V1)``, then ``W(V1 + V2) - W(V1)``.
    """
    found, of_stage = [], groupby(slots(scenario), key=itemgetter(0))
    before: Lots = {}
    for paid, (stage, sales) in zip(_stages(scenario, state), of_stage, strict=True):
        now = _by_lot(paid.so_far, state, exits)
        added = {lot: row - before[lot] for lot, row in now.items()} if stage else now
        found += [_sold(scenario, state, added, paid.time, sale) for _, sale in sales]
        before = now
    return tuple(found)


def slots(scenario: Scenario) -> tuple[tuple[int, int], ...]:
    """List the payments that paths may have: by stage of the buyer, then by sale of the holders, each counted from 0."""
    ways = scenario.exits.values()
    kinds = {slot for way in ways for slot in product(range(len(way.stage_forms)), range(len(way.sale_forms)))}
    return tuple(sorted(kinds | {(0, 0)}))


def payment_times(paid: Sequence[Payment]) -> Columns:
    """Give when shareholders have their money: the mean of its dates, and, where there are several, every one of them by
    (payment, part), in years.
    """
    dated = {
        (f"{n}", f"{i}"): (time, payment)
        for n, payment in enumerate(paid, 1)
        for i, time in enumerate(payment.times, 1)
    }
    if len(dated) == 1:
        return {("paid at",): paid[0].times[0]}
    weights = {key: total(payment.lots.values()) / len(payment.times) for key, (_, payment) in dated.items()}
    moments = total(weights[key] * time for key, (time, _) in dated.items())
    everything = total(weights.values())
    mean = np.where(everything > 0, ratio(moments, everything), paid[0].times[0])
    return {("paid at",): mean, **{("paid at", *key): time for key, (time, _) in dated.items()}}


def _stages(scenario: Scenario, state: State) -> list[Paid]:
    """Give what buyers have paid by each of their payments; every path has them in the order of its own dates."""
    ended, ways = state.ended, tuple(scenario.exits.values())
    if all(len(way.stage_forms) == 1 for way in ways):
        return [Paid(ended.proceeds, ended.when)]
    fixed, amounts, times = ended.proceeds - ended.earned, [], [ended.when]
    for i in range(max(len(way.stage_forms) for way in ways)):
        each, usual = [_nth(way.stages, i, NO_STAGE) for way in ways], _nth(AT_ONCE, i, NO_STAGE)
        # What is still to be earned comes after the stages of its own exit, and an exit without so many ends with nothing.
        earns = _by_exit(state, [np.asarray(float(_earned_as(way) == i)) for way in ways], NOTHING)
        amounts.append(fixed * _by_exit(state, [stage.part for stage in each], usual.part) + ended.earned * earns)
        due = np.maximum(ended.when + _by_exit(state, [stage.after for stage in each], usual.after), times[-1])
        times.append(np.where((earns > 0) & np.isfinite(ended.earned_at), ended.earned_at, due))
    del times[0]
    order = np.argsort(np.stack(times), axis=0, kind="stable")
    so_far = np.cumsum(np.take_along_axis(np.stack(amounts), order, axis=0), axis=0)
    so_far[-1] = ended.proceeds
    return [Paid(*each) for each in zip(so_far, np.take_along_axis(np.stack(times), order, axis=0), strict=True)]


def _earned_as(way: Exit) -> int:
    """Say which of the payments of an exit, counted from 0, is still to be earned; -1 for none."""
    return -1 if way.contingent is None else len(way.stages)


def _by_lot(so_far: Row, state: State, exits: Sequence[PaidOut]) -> Lots:
    """Give what each lot gets of what shareholders were paid so far."""
    size, parts = state.cash.size, [(each.paths, _paid_of(so_far, state, each)) for each in exits]
    return {lot: sum((filled(pay[lot], at, size) for at, pay in parts), np.zeros(size)) for lot in state.ledger.lots}


def _paid_of(so_far: Row, state: State, all_paid: PaidOut) -> Lots:
    # What all proceeds pay is known; where they are not all paid yet, the waterfall is solved for those that are.
    by_lot, here = all_paid.settlement.by_lot, so_far[all_paid.paths]
    early = here < state.ended.proceeds[all_paid.paths]
    if not early.any():
        return by_lot
    table, liquidity = all_paid.table.at(np.flatnonzero(early)), all_paid.liquidity
    liquidity = liquidity._replace(day=liquidity.day[early])
    less = pay_out(table, liquidity, with_debt(table, liquidity.day, here[early])).by_lot
    return {
        lot: np.where(early, filled(less[lot], np.flatnonzero(early), here.size), row) for lot, row in by_lot.items()
    }


def _sold(scenario: Scenario, state: State, lots: Lots, time: Row, number: int) -> Payment:
    """Give what holders get by one of their sales of what they were paid, which may be shares; money is sold for itself."""

    def sales(holder: str) -> list[Sale]:
        return [_nth(way.sales(holder), number, NO_SALE) for way in scenario.exits.values()]

    usual = _nth(CASH, number, NO_SALE)
    holders = dict.fromkeys(holder for holder, _ in lots)
    worth = {name: _by_exit(state, [sale.worth for sale in sales(name)], usual.worth) for name in holders}
    after = [sale.after for sale in (usual, *sales(""))]
    times = (
        time + _by_exit(state, [_nth(each, i, each[-1]) for each in after[1:]], NOTHING)
        for i in range(max(map(len, after)))
    )
    return Payment({lot: row * worth[lot[0]] for lot, row in lots.items()}, tuple(times), time)


def sold_for(scenario: Scenario, state: State, holder: str) -> Row:
    """Give what a holder gets for all of its shares in the way each path ended, over what they are worth there, shape ``(n_paths,)``."""
    ways = scenario.exits.values()
    return _by_exit(state, [total(sale.worth for sale in way.sales(holder)) for way in ways], ALL)


def _by_exit(state: State, numbers: Sequence[Row], private: Row) -> Row:
    """Give each path the number of its exit; a company that is still private has the one given."""
    row = private
    for code, number in enumerate(numbers):
        if np.any(number != private):
            row = choose(state.ended.how == code, number, row)
    return row


def _nth(parts: Sequence[T], number: int, nothing: T) -> T:
    return parts[number] if number < len(parts) else nothing
