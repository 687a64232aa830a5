"""How often a promised number is missed, and what it costs."""

from valsim.analysis.spread import Plain, chance, spread
from valsim.result import Result


def valuation_adjustments(result: Result) -> list[Plain]:
    """Give each series with a valuation adjustment; the factor is that of the paths on which it strikes."""
    return [_adjustment(result, series) for series in result.scenario.adjustable]


def _adjustment(result: Result, series: str) -> Plain:
    struck, factor, moved = (
        result.outcomes["valuation adjustment", series, what] for what in ("struck", "factor", "founder shares")
    )
    of = result.clusters
    found, term = chance(struck, of), result.scenario.adjustable[series]
    return {
        "class": series,
        "at": term.at.isoformat(),
        "when": term.when.text,
        "by": term.by,
        "probability_struck": found["mean"],
        "standard_error": found["standard_error"],
        "factor": spread(factor[struck], of[struck]),
        "founder_shares": spread(moved[struck], of[struck]),
    }
