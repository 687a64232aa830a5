"""What contracts came to at the exit of each path: what was paid before shareholders, who converted, who stopped a listing."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import numpy as np

from valsim.captable.curve import total
from valsim.captable.merge import filled
from valsim.captable.waterfall import CONVERTS, calls_worth
from valsim.core.rows import NOWHERE, Bools, Row
from valsim.outcome.proceeds import PaidOut
from valsim.result import Columns
from valsim.scenario.model import Scenario
from valsim.state import State

SMALL = 1e-9
"""How far, relatively, a payment may be short of what is owed, or above what was due anyhow, and count as the same."""


Reading: TypeAlias = Callable[[PaidOut], Row | Bools]
"""Reads one number a path out of what was paid."""
Readings: TypeAlias = Iterator[tuple[tuple[str, ...], Reading]]
"""Readings by the name of the column that they make."""


def at_exit(scenario: Scenario, state: State, exits: Sequence[PaidOut]) -> Columns:
    """Give what the terms of the document came to, columns of shape ``(n_paths,)``; terms that it does not have make none."""
    readings = dict((*_first(scenario), *_convertibles(scenario), *_listings(scenario)))
    size = state.cash.size
    found: Columns = {
        key: sum((filled(read(each), each.paths, size) for each in exits), np.zeros(size))
        for key, read in readings.items()
    }
    for name in scenario.captable.debt:
        found["repaid before", name] = np.asarray(state.repaid.get(name, 0.0)) >= 1 - SMALL
    for name in scenario.captable.convertibles:
        found["convertible", name, "repaid before"] = state.bought_back(name).shares > 0
    return found


def vetoing(scenario: Scenario) -> tuple[str, ...]:
    """Name the series that may stop a listing."""
    terms = scenario.having("automatic_conversion")
    return tuple(name for name, term in terms.items() if term.below == "blocks_ipo")


def _first(scenario: Scenario) -> Readings:
    for name in ("transaction_costs", "carve_out"):
        if getattr(scenario.captable, name) is not None:
            yield ("paid first", name), _taken(name)
    for name in scenario.captable.debt:
        yield ("paid first", name), _lent(name)
        yield ("left owed", name), _left_owed(name)


def _taken(name: str) -> Reading:
    return lambda paid: getattr(paid.settlement.first, name)


def _lent(name: str) -> Reading:
    return lambda paid: paid.settlement.first.debt[name]


def _left_owed(name: str) -> Reading:
    def left(paid: PaidOut) -> Row:
        owed = paid.table.senior.claim(name, paid.liquidity.day)
        short = owed - paid.settlement.first.debt[name]
        return np.where(short > SMALL * owed, short, 0.0)

    return left


def _convertibles(scenario: Scenario) -> Readings:
    for name in scenario.captable.convertibles:
        yield ("convertible", name, "held"), _held(name)
        yield ("convertible", name, "takes shares"), _takes_shares(name)
        yield ("convertible", name, "paid"), _paid(name)


def _held(name: str) -> Reading:
    return lambda paid: paid.settlement.ledger.outstanding(name) > 0


def _takes_shares(name: str) -> Reading:
    return lambda paid: paid.settlement.converts[name] == CONVERTS


def _paid(name: str) -> Reading:
    return lambda paid: paid.settlement.by_class[name]


def _listings(scenario: Scenario) -> Readings:
    vetoes, ratchets = vetoing(scenario), scenario.having("ipo_ratchet_multiple")
    if vetoes or ratchets:
        yield ("listing", "planned"), lambda paid: np.full(paid.paths.shape, _is_listing(paid))
        yield ("listing", "blocked"), lambda paid: paid.settlement.blocked
    for name in ratchets:
        yield ("ratchet", name), _added(name)


def _is_listing(paid: PaidOut) -> bool:
    return paid.liquidity.kind == "ipo"


def _added(name: str) -> Reading:
    """Read what a ratchet adds to a class in a listing: what it is paid above what its shares would be worth at the offer price."""

    def added(paid: PaidOut) -> Row:
        settlement = paid.settlement
        if not _is_listing(paid) or name not in settlement.ledger.series:
            return np.zeros(paid.paths.shape)
        plain = settlement.ledger.terms[name].converted(settlement.ledger.outstanding(name))
        worth = total(claim.amount for claim in plain.claims) + calls_worth(plain.calls, settlement.price)
        more = settlement.by_class[name] - worth
        listed = settlement.solved.became_common.get(name, NOWHERE) & ~settlement.blocked
        return np.where(listed & (more > SMALL * worth), more, 0.0)

    return added
