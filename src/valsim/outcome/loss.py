"""What a loss came from: the first of some misfortunes without which the holder would have had its money back.

Each misfortune is undone in turn, with those before it undone as well, on the path as it was played:

    wind_down      the company was wound up
    still_private  it was still private at the horizon, and counts for nothing by the rule of the document
    stack          at the exit every share, as converted, is paid the same: no preference, carve-out or cost comes first
    dilution       the holder still has the part of the company that it bought
    multiple       the company is worth what the holder paid for a unit of its revenue, sold at once, and fees are forgiven
    business       none of these: the revenue and the cash at the exit are too small for what was paid

So a loss has one cause, and the shares of all causes sum to the chance of a loss.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from valsim.captable.curve import ratio, total
from valsim.captable.ledger import ROUNDING, UNISSUED
from valsim.captable.opening import open_ledger
from valsim.core.rows import Bools, Row
from valsim.ended import STILL_PRIVATE
from valsim.outcome.money import Money, opening_costs
from valsim.outcome.payments import sold_for
from valsim.outcome.proceeds import last_day
from valsim.result import Columns
from valsim.scenario.model import Scenario
from valsim.state import State

CAUSES = ("no loss", "wind_down", "still_private", "stack", "dilution", "multiple", "business")
"""The causes by their codes; of a path without a loss the code is 0."""


class Entry(NamedTuple):
    """The part of the company that a holder bought, and the multiple of its revenue that it paid; rows of shape ``(n_paths,)``.

    The part is that of all shares as converted, the unissued pool included, summed over the purchases, each on its own day; the
    multiple is their mean, weighted by part. What is held at the start counts as bought on its day, for what it had cost.
    """

    part: Row
    multiple: Row


def lost(invested: Row, proceeds: Row) -> Bools:
    """Say where somebody gets back less than it put in; money that comes back whole but for rounding is no loss.

    >>> lost(np.array([3.0, 3.0, 0.0]), np.array([2.0, 3.0 - 1e-15, 0.0])).tolist()
    [True, False, False]
    """
    return np.asarray((invested > 0) & (proceeds < invested * (1 - ROUNDING)))


def losses(money: Mapping[str, Money], scenario: Scenario, state: State) -> Columns:
    """Give for each holder the cause of a loss, a code of :data:`CAUSES`, and the part it bought, columns of shape ``(n_paths,)``."""
    owned, opening = _as_converted(scenario, state), _opening(scenario, state)
    given = (_wound_up(scenario, state), _worthless(state))
    found: Columns = {}
    for holder, its in money.items():
        entry = _entered(holder, opening.get(holder, Entry(np.zeros(()), np.zeros(()))), scenario, state)
        undone = _undone(holder, its, entry, owned.get(holder, np.zeros(())), scenario, state)
        short = lost(its.invested, its.at_exit + its.sales)
        at = np.flatnonzero(short)
        causes = [np.broadcast_to(each, short.shape)[at] for each in (*given, *undone)]
        code = np.zeros(short.shape, dtype=np.int8)
        code[at] = np.select(causes, range(1, len(causes) + 1), len(causes) + 1)
        found["holder", holder, "cause of loss"] = code
        found["holder", holder, "part bought"] = entry.part
    return found


def _undone(
    holder: str, money: Money, entry: Entry, owned: Row, scenario: Scenario, state: State
) -> tuple[Bools, Bools, Bools]:
    """Say where the money is back without the stack, then without dilution too, then at the multiple of the entry too."""
    ended, short = state.ended, money.invested - money.sales
    at_exit = sold_for(scenario, state, holder) * ended.proceeds
    # Who has sold shares was paid for them, and is not given them back.
    part = np.maximum(np.where(money.sales > 0, owned, entry.part), owned)
    best = np.maximum(at_exit, entry.multiple * ended.revenue + ended.net_cash)
    forgiven = money.invested / (1 + _fees(holder, scenario)) - money.sales
    enough = short * (1 - ROUNDING)
    return owned * at_exit >= enough, part * at_exit >= enough, part * best >= forgiven * (1 - ROUNDING)


def _fees(holder: str, scenario: Scenario) -> Row:
    return scenario.positions[holder].fees if holder in scenario.positions else np.zeros(())


def _entered(holder: str, opening: Entry, scenario: Scenario, state: State) -> Entry:
    parts = [opening]
    for (cause, name), flow in sorted(state.flows.items()):
        if name == holder and cause in state.prices_paid:
            price = state.prices_paid[cause]
            paid = np.maximum(-flow.amount, 0.0) / (1 + _fees(holder, scenario))
            parts.append(Entry(ratio(paid, price.company_value), price.multiple))
    part = total(each.part for each in parts)
    return Entry(part, ratio(total(each.part * each.multiple for each in parts), part))


def _opening(scenario: Scenario, state: State) -> dict[str, Entry]:
    """Give what each holder has at the start; where nothing is known of its cost, at the multiple of the start."""
    ledger, start = open_ledger(scenario.captable.classes, scenario.captable.positions), state.start
    costs = opening_costs(scenario)
    found = {}
    for holder, part in ledger.accrued_to(scenario.as_of.toordinal()).ownership().items():
        cost = total(-flow.amount for flow in costs if flow.holder == holder)
        paid = ratio(ratio(cost, part) - start["cash"] + start["debt"], start["valued_revenue"])
        found[holder] = Entry(part, np.where(cost > 0, paid, start["multiple"]))
    return found


def _as_converted(scenario: Scenario, state: State) -> dict[str, Row]:
    """Give each holder's part of all shares that somebody holds at the end, as converted."""
    ownership = state.ledger.accrued_to(last_day(scenario, state)).ownership()
    issued = 1 - ownership.get(UNISSUED, np.zeros(()))
    return {holder: ratio(part, issued) for holder, part in ownership.items() if holder != UNISSUED}


def _wound_up(scenario: Scenario, state: State) -> Bools:
    codes = [code for code, way in enumerate(scenario.exits.values()) if way.liquidity == "wind_down"]
    return np.asarray(np.isin(state.ended.how, codes), dtype=np.bool_)


def _worthless(state: State) -> Bools:
    """Say where the rule at the horizon counts a company for nothing that has something."""
    ended = state.ended
    there = (ended.revenue > 0) & (ended.net_cash >= 0)
    worthless: Bools = (ended.how == STILL_PRIVATE) & (ended.proceeds == 0) & there
    return worthless
