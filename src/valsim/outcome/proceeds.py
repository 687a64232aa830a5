"""The proceeds of every path: what each way of ending pays to whom, and when."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from valsim.captable.ledger import Ledger
from valsim.captable.liquidity.pay_out import Liquidity, Settlement, Table, pay_out
from valsim.core.liquidity import LiquidityKind, Treatment
from valsim.core.rows import Bools, Row
from valsim.core.streams import Paths
from valsim.core.timeline import DAYS_A_YEAR
from valsim.ended import STILL_PRIVATE
from valsim.scenario.model import Scenario
from valsim.scenario.names import series_names
from valsim.state import State


class PaidOut(NamedTuple):
    """The paths that ended in one way, and what was paid on them; the cap table is cut to them."""

    paths: Paths
    liquidity: Liquidity
    table: Table
    settlement: Settlement


def paid_out(scenario: Scenario, state: State) -> list[PaidOut]:
    """Pay out every path, once it has ended: all that it ever pays."""
    table = Table(in_order(state.ledger, series_names(scenario)), state.senior(scenario))
    day = last_day(scenario, state)
    return [_part(table, state, day, np.flatnonzero(where), *way) for way, where in _ways(scenario, state)]


def last_day(scenario: Scenario, state: State) -> Row:
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


def in_order(ledger: Ledger, names: tuple[str, ...]) -> Ledger:
    """Give the ledger with its series in the order of some names."""
    # Classes are added up in one order, whichever was issued first: the same bits on every path.
    return Ledger({name: ledger.series[name] for name in names if name in ledger.series}, ledger.lots)


def _part(table: Table, state: State, day: Row, paths: Paths, kind: LiquidityKind, treatment: Treatment) -> PaidOut:
    liquidity = Liquidity(kind, treatment, day[paths])
    table = table.at(paths)
    proceeds = with_debt(table, liquidity.day, state.ended.proceeds[paths])
    return PaidOut(paths, liquidity, table, pay_out(table, liquidity, proceeds))


def with_debt(table: Table, day: Row, proceeds: Row) -> Row:
    """Give what an exit pays, debt included, from what it leaves to shareholders."""
    # An exit tells what it leaves to shareholders once all debt is paid; the debt of the cap table is paid again, in its order.
    return np.where(proceeds > 0, proceeds + table.senior.owed(day), 0.0) if table.senior.debt else proceeds
