"""What the company must be sold for until a holder has its money back, and three times its money."""

from collections.abc import Mapping

import numpy as np

from valsim.analysis.spread import Plain, chance, number, quantiles
from valsim.captable.ledger import UNISSUED, Ledger
from valsim.captable.liquidity.break_even import break_even, side_by_side
from valsim.captable.liquidity.pay_out import Liquidity, Table
from valsim.core.parameter import at_medians
from valsim.outcome.break_even import MULTIPLES
from valsim.outcome.money import opening_costs
from valsim.result import Result
from valsim.scenario.model import Scenario
from valsim.scenario.names import holder_names


def break_evens(result: Result, ledger: Ledger) -> dict[str, Plain]:
    """Give for each holder the exit values at which a sale pays it its money back, and three times its money.

    ``today`` is by the opening cap table, at the medians of its numbers, for what the holder paid for its part of it; ``at_exit`` over
    the cap tables at the ends of some real-world paths, after dilution, the stack of their day and carry.
    """
    today = _today(result.scenario, ledger)
    return {
        name: {f"{m:g}": _told(result, name, m, today) for m in MULTIPLES}
        for name in holder_names(result.scenario)
        if np.any(result.outcomes["holder", name, "invested"])
    }


def _told(result: Result, name: str, multiple: float, today: Mapping[str, Mapping[float, float]]) -> Plain:
    column = result.outcomes.get(("holder", name, "break even", f"{multiple:g}"))
    found: Plain = {"today": number(today[name][multiple]) if name in today else None, "at_exit": None}
    if column is None:
        return found
    there = ~np.isnan(column)
    known = column[there]
    if not known.size:
        return found
    return found | {
        "at_exit": {
            "quantiles": quantiles(np.minimum(known, np.finfo(float).max)),
            "never": chance(np.isinf(known), result.clusters[there]),
            "paths": int(known.size),
        }
    }


def _today(scenario: Scenario, ledger: Ledger) -> dict[str, dict[float, float]]:
    """Give the exit values by the opening cap table, by holder and multiple, for holders of whose shares the cost is known."""
    medians = at_medians(scenario)
    costs = opening_costs(medians)
    paid = {
        name: sum(-float(f.amount) for f in costs if f.holder == name) for name in ledger.holders if name != UNISSUED
    }
    blocks = [(name, multiple) for name, cost in paid.items() if cost > 0 for multiple in MULTIPLES]
    if not blocks:
        return {}
    due = np.array([paid[name] * multiple for name, multiple in blocks])
    sale = Liquidity("acquisition", "as_agreed", np.asarray(float(scenario.as_of.toordinal())))
    values = break_even(Table(ledger, medians.captable.senior), sale, side_by_side([name for name, _ in blocks]), due)
    found: dict[str, dict[float, float]] = {}
    for (name, multiple), value in zip(blocks, values.tolist(), strict=True):
        found.setdefault(name, {})[multiple] = value
    return found
