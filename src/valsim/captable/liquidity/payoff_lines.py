"""What a cap table pays out of every exit value, as plain data: the straight lines that payoffs are made of."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

from valsim.captable.ledger import UNISSUED, Ledger, Lot
from valsim.captable.liquidity.breakpoints import Lines, lines_of
from valsim.captable.liquidity.pay_out import Liquidity, Settlement, Table, pay_out
from valsim.core.rows import Row

Plain: TypeAlias = dict[str, Any]
Payee: TypeAlias = tuple[str, str]
"""A payee by its kind and its name, for a class and a holder may be called the same."""

FIRST = ("transaction_costs", "debt", "carve_out")
"""Who is paid before any share, in the order in which they are."""
DIGITS = 13
"""How many digits of a level and of a slope are more than rounding."""
WITHIN = 1e-9
"""How far from its line, as a part of the proceeds, a payout may be."""
_BETWEEN = np.array([0.0371, 0.2718, 0.5772, 0.8319])
"""Where, inside each line, it is held against the waterfall: at other places than those it was drawn through."""
_BEYOND = np.array([1.37, 7.4, 61.0])
"""The same beyond the start of the last line, in multiples of it."""


def payoff_lines(table: Table, liquidity: Liquidity) -> Plain:
    """Give what classes, holders and those who are paid first are paid out of an exit, exactly.

    From each of the ``starts`` of its ``lines`` to the next one a payee has its level there and its slope of every further unit of
    money; they are nothing where some payout is no straight line between them. ``breakpoints`` are the starts at which somebody's
    part of the next dollar changes, ``discontinuities`` those at which a payout jumps. ``shares`` are those of each class, ``paid_in``
    is what was paid for them at their issue prices; nothing where that is not known or none are shares.
    """
    drawn, ledger = lines_of(table, liquidity, payees), table.ledger.accrued_to(liquidity.day)

    def paid(proceeds: Row) -> Mapping[Payee, Row]:
        return payees(pay_out(table, liquidity, proceeds))

    return {
        "breakpoints": drawn.starts[drawn.bends].tolist(),
        "discontinuities": drawn.starts[drawn.jumps].tolist(),
        "shares": {name: _shares(ledger, name) for name in ledger.series},
        "paid_in": paid_in(ledger),
        "lines": told(drawn) if is_straight(drawn, paid) else None,
    }


def payees(settled: Settlement) -> dict[Payee, Row]:
    """Give what everybody is paid: who is paid first, the classes and the holders."""
    first = {
        name: getattr(settled.first, field)
        for name, field in zip(FIRST, ("transaction_costs", "lent", "carve_out"), strict=True)
    }
    kinds = {"": first, "classes": settled.by_class, "holders": settled.by_holder}
    return {(kind, name): row for kind, rows in kinds.items() for name, row in rows.items()}


def paid_in(ledger: Ledger) -> Plain:
    """Give what was paid for each class and by each holder at the issue prices; nothing where one of a holder's is not known."""
    cost = {
        (holder, name): None if (price := ledger.series[name].cost_of_one) is None else float(shares * price)
        for (holder, name), shares in ledger.lots.items()
        if np.any(shares > 0)
    }
    return {
        "classes": {name: _together(cost, 1, name) for name in ledger.series},
        "holders": {name: _together(cost, 0, name) for name in ledger.holders if name != UNISSUED},
    }


def _together(cost: Mapping[Lot, float | None], by: int, name: str) -> float | None:
    """Add up what was paid for some lots; nothing where there are none, or one is not known."""
    known = [paid for lot, paid in cost.items() if lot[by] == name]
    return None if not known or None in known else sum(filter(None, known))


def _shares(ledger: Ledger, name: str) -> float | None:
    return None if ledger.series[name].is_convertible else float(ledger.outstanding(name))


def is_straight(drawn: Lines[Payee], paid: Callable[[Row], Mapping[Payee, Row]]) -> bool:
    """Say whether what is paid between the starts of lines, and beyond the last one, is what the lines say."""
    inside = drawn.starts[:-1] + np.multiply.outer(_BETWEEN, np.diff(drawn.starts))
    proceeds = np.concatenate([inside.ravel(), max(float(drawn.starts[-1]), 1.0) * _BEYOND])
    said, found = drawn.at(proceeds), paid(proceeds)
    return all(bool(np.all(np.abs(said[payee] - found[payee]) <= WITHIN * proceeds)) for payee in said)


def told(drawn: Lines[Payee]) -> Plain:
    """Give lines as plain data: for each payee its levels and slopes."""
    lines = {
        payee: {"levels": _short(drawn.levels[payee]), "slopes": _short(slopes)}
        for payee, slopes in drawn.slopes.items()
    }
    return {"starts": drawn.starts.tolist(), **by_kind(lines)}


def _short(row: Row) -> list[float]:
    """Write numbers with as many digits as mean something; what is less than rounding of the largest is nothing."""
    nothing = np.abs(row) < 10.0**-DIGITS * np.abs(row).max(initial=0.0)
    return [float(f"{value:.{DIGITS}g}") for value in np.where(nothing, 0.0, row).tolist()]


def by_kind(found: Mapping[Payee, Any]) -> Plain:
    """Put classes and holders one level down; who is paid first stands at the top."""
    kinds: Plain = {name: found["", name] for name in FIRST}
    return kinds | {
        kind: {name: told for (of, name), told in found.items() if of == kind} for kind in ("classes", "holders")
    }
