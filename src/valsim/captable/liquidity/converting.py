"""SAFEs and notes at an exit: who is paid back and who converts, inside one regime.

A convertible is paid what is due to it, at its rank, or at the price ``p`` of a common share

    discount         due / (1 - discount)                           at every price, before any common share
    pre-money cap    p x due / (cap / capitalisation)               of the shares that are outstanding, convertibles left out
    post-money cap   p x due / (cap / liquidity capitalisation)     of those and all that converts, itself included

where an outstanding cap is as a pre-money one, and a fully diluted cap as a post-money one.

A liquidity capitalisation leaves out the unissued pool, and the preferred shares and convertibles that are paid money instead.
So what one holder does changes how many shares another one gets: with a post-money cap there is no curve for each class
alone. The classes that convert are then found by scanning. None does at first; in the order of the cap table a class joins
where, everything solved again with it, it is paid more; until none is. Source: the post-money SAFE of Y Combinator, version
1.2, section 2.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from valsim.captable.conversion import conversions
from valsim.captable.ledger import Ledger
from valsim.captable.liquidity.exit_curves import ExitCurves, Joined
from valsim.captable.liquidity.regime import Regime
from valsim.captable.waterfall import SAME, Payouts, waterfall
from valsim.core.rows import Bools, Row

BETTER = 1e-12
"""How far, relatively, a class is paid more at least where it joins those that convert."""
MOST_TURNS = 12
"""How often every class may choose again; where they go round in a circle, it ends there."""


def solved(ledger: Ledger, regime: Regime, proceeds: Row) -> Payouts:
    """Pay out proceeds to the classes in one regime, shape ``(n_paths,)`` or of any shape for one cap table.

    Raises ValueError for negative or unknown proceeds.
    """
    table, proceeds = ExitCurves(ledger, regime, conversions(ledger)), np.asarray(proceeds, dtype=float)
    paid = waterfall(table.curves, proceeds)
    paid = paid._replace(decided=dict(table.decisions(paid, {}, table.ties(paid.price))))
    if not np.any(table.waits):
        return paid
    scanned = _scanned(table, np.ravel(proceeds))
    shaped = (_reshaped(rows, proceeds.shape) for rows in (scanned.payouts, scanned.claimed, scanned.decided))
    payouts, claimed, decided = shaped
    scanned = Payouts(payouts, scanned.price.reshape(proceeds.shape), claimed, decided)
    return scanned if np.all(table.waits) else _either(table.waits, scanned, paid)


def _reshaped(rows: Mapping[str, Any], shape: tuple[int, ...]) -> dict[str, Any]:
    return {name: row.reshape(shape) for name, row in rows.items()}


def _either(waits: Bools, scanned: Payouts, alone: Payouts) -> Payouts:
    """Give what was scanned on the paths on which some class waits for others, so that no path hangs on what others hold."""

    def chosen(rows: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
        return {name: np.where(waits, row, others.get(name, row)) for name, row in rows.items()}

    return Payouts(
        chosen(scanned.payouts, alone.payouts),
        np.where(waits, scanned.price, alone.price),
        chosen(scanned.claimed, alone.claimed),
        chosen(scanned.decided, alone.decided),
    )


def _scanned(table: ExitCurves, proceeds: Row) -> Payouts:
    joined: dict[str, Bools] = dict.fromkeys(table.deciding, np.zeros(proceeds.shape, dtype=np.bool_))
    paid, last = waterfall(table.curves_where(joined), proceeds), ""
    otherwise, circle = dict[str, Row](), list[Joined]()
    for asked, name in enumerate(table.deciding * MOST_TURNS):
        if asked % (2 * len(table.deciding)) == 0:
            circle.append(dict(joined))
        # Every class was asked since one last chose; or all stand where they stood two turns ago, as they will at the end.
        if name == last or _same(circle[-2:]):
            break
        other = waterfall(table.curves_where({**joined, name: ~joined[name]}), proceeds)
        better = other.payouts[name] > paid.payouts[name] * (1 + BETTER)
        otherwise[name], last = np.where(better, paid.payouts[name], other.payouts[name]), last or name
        if better.any():
            joined[name], last, paid = joined[name] ^ better, name, _either(better, other, paid)
    tied = {name: np.abs(row - paid.payouts[name]) <= SAME * paid.payouts[name] for name, row in otherwise.items()}
    return paid._replace(decided=dict(table.decisions(paid, joined, tied)))


def _same(states: Sequence[Joined]) -> bool:
    """Say whether of two states each class is in the same; MOST_TURNS is even."""
    return len(states) > 1 and all(np.array_equal(where, states[1][name]) for name, where in states[0].items())
