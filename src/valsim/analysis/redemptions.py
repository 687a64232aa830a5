"""How often holders sell their shares back to the company, and what they are paid."""

import numpy as np

from valsim.analysis.spread import Plain, chance, spread
from valsim.result import Result


def redemptions(result: Result) -> list[Plain]:
    """Give each series with a redemption right; what is paid is that of the paths on which it is demanded."""
    return [_redemption(result, series) for series in result.scenario.redeemable]


def _redemption(result: Result, series: str) -> Plain:
    demanded, paid, in_full = (
        result.outcomes["redemption", series, what] for what in ("demanded", "paid", "paid in full")
    )
    of = result.clusters
    found = chance(demanded, of)
    return {
        "class": series,
        "opens": result.scenario.redeemable[series].opens.isoformat(),
        "probability_demanded": found["mean"],
        "standard_error": found["standard_error"],
        "probability_paid_in_full": float(np.mean(in_full)),
        "paid": spread(paid[demanded], of[demanded]),
    }
