"""What became of each tranche: the chance that it is funded, and the reasons why not."""

import numpy as np

from valsim.analysis.spread import Plain, chance, mean, quantiles
from valsim.captable.outcome import ENDED, FUNDED, MISSED, NOT_FOLLOWED, OPEN, WAIVED, conditions, reason
from valsim.captable.round import Tranche
from valsim.core.rows import Row
from valsim.result import Result


def tranches(result: Result) -> list[Plain]:
    """Give each tranche in the order of the document; the reasons and the chance of funding add up to 1."""
    return [_tranche(result, tranche) for tranche in result.scenario.tranches]


def settled_codes(result: Result, tranche: Tranche) -> Row:
    """Give the final code of a tranche on every path: one left open was not followed up, or the company had ended."""
    codes = result.outcomes["tranche", *tranche.key, "code"]
    if tranche.after is not None:
        before = result.outcomes["tranche", *tranche.after, "code"]
        codes = np.where((codes == OPEN) & (before != FUNDED) & (before != WAIVED), NOT_FOLLOWED, codes)
    return np.where(codes == OPEN, ENDED, codes)


def _tranche(result: Result, tranche: Tranche) -> Plain:
    codes = settled_codes(result, tranche)
    done = (codes == FUNDED) | (codes == WAIVED)
    found = {
        name: result.outcomes["tranche", *tranche.key, name][done]
        for name in ("new_money", "post_money_valuation", "dilution")
    }
    funded = chance(done)
    return {
        "round": tranche.round,
        "tranche": tranche.name,
        "window": [tranche.first.isoformat(), tranche.last.isoformat()],
        "probability_funded": funded["mean"],
        "standard_error": funded["standard_error"],
        "probability_waived": float(np.mean(codes == WAIVED)),
        "not_funded_because": _reasons(tranche, codes[~done], codes.size),
        "milestones": _milestones(tranche, codes),
        "new_money": {**mean(found["new_money"]), "quantiles": quantiles(found["new_money"])},
        "post_money_valuation": {"quantiles": quantiles(found["post_money_valuation"])},
        "dilution": {"quantiles": quantiles(found["dilution"])},
    }


def _reasons(tranche: Tranche, codes: Row, paths: int) -> dict[str, float]:
    kinds, counts = np.unique(codes, return_counts=True)
    ordered = sorted(zip(counts.tolist(), kinds.tolist(), strict=True), reverse=True)
    return {reason(tranche, code): count / paths for count, code in ordered}


def _milestones(tranche: Tranche, codes: Row) -> dict[str, float]:
    """Give, for each condition, how often it was met where the tranche came to be decided by its conditions."""
    decided = (codes == FUNDED) | (codes > MISSED)
    missed = np.where(codes > MISSED, codes - MISSED, 0)[decided]
    return {
        name: float(np.mean((missed >> i & 1) == 0)) if missed.size else 0.0
        for i, name in enumerate(conditions(tranche))
    }
