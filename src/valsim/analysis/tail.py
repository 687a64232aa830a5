"""What the worst paths cost a holder: value at risk and expected shortfall."""

import numpy as np

from valsim.analysis.measured import Measured
from valsim.analysis.ordered import Ordered
from valsim.analysis.spread import Plain, number
from valsim.captable.curve import ratio
from valsim.core.clusters import ALONE, Clusters
from valsim.core.rows import Bools, Row
from valsim.result import Result, estimate

LEVELS = (0.95, 0.99)
"""The levels that are reported: the worst path of 20, and of 100."""


def tails(gain: Row, invested: Row, clusters: Clusters) -> dict[str, Plain]:
    """Give value at risk and expected shortfall at each level, in money, and of the part of what was invested that is lost.

    ``gain`` and ``invested`` are of the paths with an investment, discounted, shape ``(n_paths,)``; a loss is a negative gain. The
    worst paths by part need not be those by money, where more is invested on some.
    """
    loss, part = Ordered.of(-gain, clusters), Ordered.of(ratio(-gain, invested), clusters)
    return {f"{level:g}": _tail(loss, part, level) for level in LEVELS}


def gains(result: Result, holder: str) -> tuple[Row, Bools]:
    """Give what a holder loses today by path, a gain below zero, and where it invests; shapes ``(paths,)``."""
    return -result.outcomes["holder", holder, "gain today"], result.outcomes["holder", holder, "invested"] > 0


def at_risk(loss: Row, where: Bools, level: float) -> Measured:
    """Estimate the value at risk among some paths, its influence that of a quantile: ``(level - [L <= q]) / density``.

    The density is that between the order statistics one deviation away, as the standard error has it.
    """
    found = value_at_risk(loss[where], level, ALONE)
    if found["mean"] is None:
        return Measured(np.nan, np.full(loss.shape, np.nan))
    slope = found["standard_error"] * np.sqrt(where.sum() / (level * (1 - level)))
    moved = np.where(where, (level - (loss <= found["mean"])) * slope / np.mean(where), 0.0)
    return Measured(found["mean"], moved - np.mean(moved))


def shortfall(loss: Row, where: Bools, level: float) -> Measured:
    """Estimate the expected shortfall among some paths."""
    quantile = value_at_risk(loss[where], level, ALONE)["mean"]
    if quantile is None:
        return Measured(np.nan, np.full(loss.shape, np.nan))
    return Measured.mean_where(quantile + np.maximum(loss - quantile, 0.0) / (1 - level), where)


def _tail(loss: Ordered, part: Ordered, level: float) -> Plain:
    return {
        "one_path_in": round(1 / (1 - level)),
        "value_at_risk": _value_at_risk(loss, level) | {"of_invested": _value_at_risk(part, level)["mean"]},
        "expected_shortfall": _expected_shortfall(loss, level)
        | {"of_invested": _expected_shortfall(part, level)["mean"]},
    }


def value_at_risk(loss: Row, level: float, clusters: Clusters) -> Plain:
    """Give the loss that is not exceeded with a probability of ``level``, an order statistic, with its 95 % interval.

    The interval is distribution-free: the order statistics at ``n level -+ 1.96 sqrt(n level (1 - level))``, or where paths are not drawn
    alone ``n (level -+ 1.96 e)`` with ``e`` the standard error of the share of paths up to the quantile (Woodruff, Confidence intervals for
    medians, 1952). The standard error is half the distance between those one deviation away. Where many paths lose the same, as all of it, both may be nothing.

    >>> value_at_risk(np.arange(1.0, 101.0), 0.95, ALONE)["mean"]
    95.0
    """
    return _value_at_risk(Ordered.of(loss, clusters), level)


def _value_at_risk(loss: Ordered, level: float) -> Plain:
    paths = loss.ordered.size
    if paths < 2:
        return {"mean": None, "standard_error": None, "interval": [None, None]}
    width = loss.width(level)
    places = np.ceil(paths * level - 1e-9) - 1 + np.nan_to_num(width) * np.array([0.0, -1.0, 1.0, -1.96, 1.96])
    value, low, high, first, last = loss.ordered[np.clip(np.rint(places), 0, paths - 1).astype(np.intp)]
    if np.isnan(width):  # all paths depend on each other, so nothing tells an error
        return {"mean": number(value), "standard_error": None, "interval": [None, None]}
    return {
        "mean": number(value),
        "standard_error": number((high - low) / 2),
        "interval": [number(first), number(last)],
    }


def expected_shortfall(loss: Row, level: float, clusters: Clusters) -> Plain:
    """Give the mean loss of the worst paths, of a part ``1 - level``: ``q + E[max(L - q, 0)] / (1 - level)``, ``q`` the value at risk.

    Its standard error is that of the mean of these rows, which is exact to first order, for in ``q`` the estimate is flat
    (Rockafellar and Uryasev 2000, "Optimization of conditional value-at-risk", theorem 1).

    >>> expected_shortfall(np.arange(1.0, 101.0), 0.95, ALONE)["mean"]
    98.0
    """
    return _expected_shortfall(Ordered.of(loss, clusters), level)


def _expected_shortfall(loss: Ordered, level: float) -> Plain:
    quantile = _value_at_risk(loss, level)["mean"]
    if quantile is None:
        return {"mean": None, "standard_error": None}
    found = estimate(quantile + np.maximum(loss.by_path - quantile, 0.0) / (1 - level), loss.clusters)
    return {"mean": number(found.mean), "standard_error": number(found.standard_error)}
