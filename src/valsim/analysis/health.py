"""The health of the sample: whether a few paths carry the answer, and how far it may be off."""

import numpy as np

from valsim.analysis.spread import Plain, number
from valsim.core.parameter import at_medians
from valsim.core.rows import Row
from valsim.core.unit import Unit
from valsim.result import Result, estimate
from valsim.run import last_round
from valsim.scenario.compose.variant import BASE, OWN
from valsim.scenario.model import Scenario
from valsim.scenario.rules.hot_multiple import quiet_multiple

TAIL, ERROR = 0.35, 0.015
"""The most that the top 1 % of paths may carry of present value, and its largest relative standard error."""
LEAST, MOST = 0.5, 2.0
"""How far the opening multiple may be scaled to meet the last price before the price and the drivers contradict each other."""


def health(result: Result) -> Plain:
    """Give the tail share, the relative standard error, the anchor, and revenue beside the size of its market."""
    value = present_value(result)
    found = estimate(value, result.clusters)
    tail = float(np.sort(value)[-max(1, value.size // 100) :].sum() / value.sum()) if value.sum() > 0 else np.nan
    error = found.standard_error / found.mean if found.mean > 0 else np.nan
    crowded = p99_revenue_over_market_size(result)
    return {
        "present_value_of_opening_classes": {
            "mean": number(found.mean),
            "standard_error": number(found.standard_error),
        },
        "top_1pct_share_of_present_value": number(tail),
        "relative_standard_error_of_present_value": number(error),
        "anchor": _anchor(result.scenario),
        "anchor_scale": result.manifest.anchor_scale,
        "anchor_standard_error": result.manifest.anchor_standard_error,
        "p99_revenue_over_market_size": number(crowded),
        "notes": _notes(tail, error, crowded, result.manifest.anchor_scale),
    }


def anchored_by(scenario: Scenario) -> str:
    """Say where the scale of the opening multiple comes from: its ``own`` price, the case ``base``, or ``none``."""
    if scenario.valuation.anchor == "none":
        return "none"
    return OWN if scenario.anchored_as is scenario else BASE


def present_value(result: Result) -> Row:
    """Give what all opening classes are worth today on each path, shape ``(paths,)``."""
    names = result.scenario.captable.classes
    return sum((result.valued["class", name, "present value"] for name in names), np.zeros(result.manifest.paths))


def p99_revenue_over_market_size(result: Result) -> float:
    """Give the 99th percentile of revenue at the end over the sizes of its markets added up; NaN without any, or without time series.

    Only drivers in money per year count: a market of users or requests is none of revenue.
    """
    if not result.history.series:
        return np.nan
    revenue_unit = Unit.of(result.scenario.currency) / Unit.of("year")
    sold = {name for name, process in result.scenario.drivers.items() if process.level_unit == revenue_unit}
    drivers = at_medians(result.scenario).drivers
    sizes = (getattr(process, "market_size", None) for name, process in drivers.items() if name in sold)
    market = sum(float(size) for size in sizes if size is not None)
    revenue = result.history.series["valued_revenue"][-1][result.history.alive[-1]]
    return float(np.quantile(revenue, 0.99)) / market if market and revenue.size else np.nan


def _anchor(scenario: Scenario) -> Plain | None:
    """Say which price the opening multiple is scaled to meet, whose scale it is, and the median multiple before it is scaled."""
    by = anchored_by(scenario)
    if by == "none":
        return None
    paid, (stated, _) = last_round(scenario.anchored_as), quiet_multiple(scenario)
    return {"by": by, "class": paid.name, "price": paid.price, "opening_multiple": stated}


def _notes(tail: float, error: float, crowded: float, scale: float) -> list[str]:
    checks = {
        f"the opening multiple is scaled by {scale:.3g} to meet the last price, outside {LEAST:g} to {MOST:g}: "
        "the price and the drivers contradict each other": not LEAST <= scale <= MOST,
        f"the top 1 % of paths carry {tail:.0%} of present value, more than {TAIL:.0%}: the mean rests on few paths": tail
        > TAIL,
        f"the standard error of present value is {error:.1%} of it, more than {ERROR:.1%}: use more paths": error
        > ERROR,
        f"the 99th percentile of revenue is {crowded:.0%} of its market: growth is hardly bounded": crowded > 1,
    }
    return [text for text, holds in checks.items() if holds]
