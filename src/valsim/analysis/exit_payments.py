"""When an exit pays and in which form."""

from collections.abc import Iterator

import numpy as np

from valsim.analysis.cash import dates, payment
from valsim.analysis.spread import Plain, chance, mean
from valsim.captable.curve import total
from valsim.core.rows import Bools, Row
from valsim.exits import Exit
from valsim.outcome.payments import slots
from valsim.result import Result
from valsim.scenario.names import holder_names


def money_of_exits(result: Result) -> Plain:
    """Give all of this by the names that the summary has for it."""
    return {
        "exit_payments": exit_payments(result),
        "raised_by_listing": raised(result),
        "earn_out": earned(result),
    }


def exit_payments(result: Result) -> list[Plain]:
    """Give each payment of each exit that happens: its part of all that holders get of such exits, and the years until then."""
    found: list[Plain] = []
    for code, (name, way) in enumerate(result.scenario.exits.items()):
        where = result.outcomes["exit",] == code
        if where.any():
            found += _payments(result, name, way, where)
    return found


def raised(result: Result) -> Plain | None:
    """Give what the company itself raises by a listing with new shares, where it has one; nothing where it sells none."""
    new = result.outcomes.get(("raised",))
    return None if new is None or not new.any() else mean(new[new > 0], result.clusters[new > 0])


def earned(result: Result) -> Plain | None:
    """Give how often an earn-out pays anything, of the sales that leave one, and how much then; nothing where it never does."""
    row = result.outcomes.get(("earned",))
    if row is None or not row.any():
        return None
    codes = [code for code, way in enumerate(result.scenario.exits.values()) if way.contingent is not None]
    of = result.clusters
    sold = np.isin(result.outcomes["exit",], codes)
    return {"paid": chance(row[sold] > 0, of[sold]), "amount_if_paid": mean(row[row > 0], of[row > 0])}


def _payments(result: Result, name: str, way: Exit, where: Bools) -> Iterator[Plain]:
    numbers = {slot: number for number, slot in enumerate(slots(result.scenario), 1)}
    forms = {(i, k): sale or stage for i, stage in enumerate(way.stage_forms) for k, sale in enumerate(way.sale_forms)}
    money = {slot: _everybodys(result, numbers[slot])[where] for slot in forms}
    everything = sum(float(row.sum()) for row in money.values())
    for slot, form in forms.items():
        waits = ((time - result.outcomes["exit time",])[where] for time in dates(result, numbers[slot]))
        years = [_mean_of(wait, money[slot]) for wait in waits]
        yield {
            "exit": name,
            "form": form,
            "part": float(money[slot].sum()) / everything if everything else None,
            "amount": mean(money[slot], result.clusters[where]),
            "first_years": min(years),
            "last_years": max(years),
        }


def _mean_of(wait: Row, money: Row) -> float:
    """Give the mean time of some money; where there is none, that of the paths."""
    everything = float(money.sum())
    return float((wait * money).sum()) / everything if everything > 0 else float(wait.mean())


def _everybodys(result: Result, number: int) -> Row:
    """Give what all holders get together by one payment, after carry."""
    return total(payment(result, holder, number) for holder in holder_names(result.scenario))
