"""What is paid at the exit before shareholders, and what lenders are left with."""

import numpy as np

from valsim.analysis.spread import Plain, chance, mean
from valsim.core.parameter import middle
from valsim.core.rows import Row
from valsim.result import Result


def senior_claims(result: Result) -> list[Plain]:
    """Give each claim that is paid before shareholders, in the order of payment; means are over all paths."""
    captable = result.scenario.captable
    costs = ["transaction_costs"] if captable.transaction_costs is not None else []
    debts = sorted(captable.debt, key=lambda name: -middle(captable.debt[name].seniority))
    carve_out = ["carve_out"] if captable.carve_out is not None else []
    return [
        *(_claim(result, name) for name in costs),
        *(_claim(result, name) | _debt(result, name) for name in debts),
        *(_claim(result, name) for name in carve_out),
    ]


def _claim(result: Result, name: str) -> Plain:
    paid: Row = result.outcomes["paid first", name]
    of = result.clusters
    return {
        "name": name,
        "paid_at_exit": mean(paid, of),
        "probability_paid_at_exit": chance(paid > 0, of),
        "debt": None,
    }


def _debt(result: Result, name: str) -> Plain:
    left: Row = result.outcomes["left owed", name]
    before, of = result.outcomes["repaid before", name], result.clusters
    found = {
        "probability_repaid_before_exit": chance(np.asarray(before, dtype=bool), of),
        "probability_left_owed": chance(left > 0, of),
        "left_owed": mean(left[left > 0], of[left > 0]),
    }
    return {"debt": found}
