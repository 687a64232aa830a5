"""How outcomes are spread: what is exactly nothing, histograms on two scales, quantiles, and the chance of at least so much."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from valsim.analysis.ordered import Ordered
from valsim.analysis.spread import LEVELS, Plain, chance, mean, number, quantiles_of_sorted
from valsim.core.clusters import Clusters
from valsim.core.rows import Row
from valsim.result import Result
from valsim.scenario.names import holder_names

BINS = 30
"""How many bins of equal width reach up to the 95th percentile, about."""
HIGH = 0.95
"""Up to this quantile of what is above nothing a linear scale goes; the rest is in its last bin, which has no end."""
ENDS = (0.005, 0.995)
"""From and up to these quantiles of what is above nothing a logarithmic scale goes."""
MOST_BINS = 36
MULTIPLES = (0.5, 1.0, 2.0, 3.0, 5.0, 10.0)
"""The multiples of money that chances are told of."""
MOST_HOLDERS = 5
"""So many holders are told of: positions first, then those who invest most."""


class Outcome(NamedTuple):
    """A row of paths whose spread is told, and its name."""

    of: str | None
    what: str
    unit: str
    row: Row
    clusters: Clusters


def distributions(result: Result) -> list[Plain]:
    """Give the spread of the proceeds of the company on all paths, and of the multiple of money of its main investors where they invest.

    All are real-world. Nothing is what is exactly 0; it is in no bin. A bin counts what is at least its lower edge and below its upper
    one; the first count is of what is below all edges, the last of what is at the last or above. Together they are all paths.
    """
    return [told(outcome) for outcome in _outcomes(result)]


def _outcomes(result: Result) -> Iterator[Outcome]:
    yield Outcome(None, "proceeds", result.scenario.currency, result.outcomes["proceeds",], result.clusters)
    for name in main_investors(result):
        invested = result.outcomes["holder", name, "invested"]
        where = np.flatnonzero(invested > 0)
        multiple = result.outcomes["holder", name, "proceeds"][where] / invested[where]
        yield Outcome(name, "moic", "multiple", multiple, result.clusters[where])


def main_investors(result: Result) -> list[str]:
    """Name the positions of the document that are ever bought, then those who invest most and paid for all that they hold."""
    means = {
        name: float(np.mean(result.outcomes["holder", name, "invested"])) for name in holder_names(result.scenario)
    }
    ledger = result.opening_ledger
    unpaid = {holder for holder, series in ledger.lots if ledger.series[series].cost_of_one is None}
    bought = [name for name, paid in means.items() if paid > 0 and name not in unpaid]
    return sorted(bought, key=lambda name: (name not in result.scenario.positions, -means[name]))[:MOST_HOLDERS]


def told(outcome: Outcome) -> Plain:
    """Give the spread of one outcome; of no paths everything is nothing or empty."""
    row, clusters = outcome.row, outcome.clusters
    ordered = Ordered.of(row, clusters)
    above = ordered.ordered[np.searchsorted(ordered.ordered, 0.0, side="right") :]
    return {
        "holder": outcome.of,
        "what": outcome.what,
        "unit": outcome.unit,
        "measure": "real-world",
        "paths": row.size,
        **mean(row, clusters),
        "nothing": {"count": int(np.count_nonzero(row == 0)), **chance(row == 0, clusters)},
        "quantiles": quantiles_of_sorted(ordered.ordered),
        "quantile_standard_errors": {f"{level:g}": number(ordered.quantile_error(level)) for level in LEVELS},
        "linear": _counted(ordered, linear_edges(above)),
        "logarithmic": _counted(ordered, logarithmic_edges(above)),
        "at_least": [{"value": least, **chance(row >= least, clusters)} for least in _asked(outcome.what, above)],
    }


def _counted(ordered: Ordered, edges: Sequence[float]) -> Plain:
    """Count what is in each bin, before the first edge and from the last one on; each share of the paths has its standard error."""
    if not edges:
        return {"edges": [], "counts": [], "standard_errors": []}
    last = len(edges) + 1
    # What is nothing counts for itself, behind all others.
    kinds = np.where(ordered.by_path == 0, last, np.searchsorted(edges, ordered.by_path, side="right"))
    errors = ordered.clusters.share_errors(kinds, last + 1)
    counts = np.bincount(kinds, minlength=last + 1)
    return {
        "edges": [*map(float, edges)],
        "counts": counts[:last].tolist(),
        "standard_errors": [number(error) for error in errors[:last]],
    }


def linear_edges(above: Row) -> list[float]:
    """Give round edges of equal distance from 0 to just above the 95th percentile of a sorted row above nothing; none of nothing.

    >>> linear_edges(np.array([1.0, 1.0]))[:2], linear_edges(np.array([1.0, 1.0]))[-1]
    ([0.0, 0.05], 1.05)
    """
    if not above.size:
        return []
    high = float(np.quantile(above, HIGH))
    width = round_up(high / BINS)
    return [float(f"{step * width:.12g}") for step in range(math.floor(high / width + 1e-9) + 2)]


def round_up(number: float) -> float:
    """Give the next 1, 2 or 5 times a power of ten.

    >>> round_up(0.03), round_up(7.0), round_up(2e8)
    (0.05, 10.0, 200000000.0)
    """
    power = math.floor(math.log10(number) + 1e-12)
    return next(found for step in (1, 2, 5, 10) if (found := float(f"{step}e{power}")) >= number * (1 - 1e-9))


def logarithmic_edges(above: Row) -> list[float]:
    """Give edges of equal ratio, five to a decade or fewer where there are many decades, around nearly all of a sorted row above nothing.

    >>> [round(edge, 3) for edge in logarithmic_edges(np.array([1.0, 2.0]))]
    [1.0, 1.585, 2.512]
    """
    if not above.size:
        return []
    low, high = (math.log10(end) for end in np.quantile(above, ENDS))
    steps = next((steps for steps in (5, 2) if (high - low) * steps <= MOST_BINS), 1)
    first, last = math.floor(low * steps + 1e-9), math.floor(high * steps + 1e-9) + 1
    return [float(f"{10 ** (step / steps):.12g}") for step in range(first, last + 1)]


def _asked(what: str, above: Row) -> Sequence[float]:
    """Give the amounts that chances are told of: fixed multiples, or round amounts of money that people get."""
    if what == "moic":
        return MULTIPLES
    if not above.size:
        return ()
    low, high = np.quantile(above, (0.05, 0.99))
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    rounds = [float(f"{step}e{power}") for power in powers for step in (1, 2, 5)]
    return [each for each in rounds if low <= each <= high]
