"""What a figure of a run is: a spread over paths, a share of them, or one number; each with its standard error."""

from typing import NamedTuple

import numpy as np

from valsim.core.clusters import Clusters
from valsim.core.rows import Bools, Row

TAILS = (0.1, 0.5, 0.9)
"""The quantiles that usual values are given at."""


class Sample(NamedTuple):
    """A figure at the quantiles of :data:`TAILS`, or one number alone, with the standard errors, of so many cases."""

    values: tuple[float, ...]
    errors: tuple[float, ...]
    cases: int

    @property
    def middle(self) -> float:
        """The median, or the number itself."""
        return self.values[len(self.values) // 2]


def spread_of(row: Row, clusters: Clusters) -> Sample | None:
    """Give the quantiles of a row, shape ``(n,)``; nothing where fewer than two cases are known.

    The standard error of a quantile is half the distance between the quantiles one standard error of the share below it to
    either side, which needs no density (Woodruff, Confidence intervals for medians, 1952). Cases of one cluster depend on each
    other, so the standard error of a share adds them up cluster by cluster.

    >>> spread_of(np.arange(1, 102.0), ALONE).values
    (11.0, 51.0, 91.0)
    """
    there = ~np.isnan(row)
    known, of = row[there], clusters[there]
    if known.size < 2:
        return None
    ordered = np.sort(known)
    found = tuple(_of_sorted(ordered, p * (known.size - 1)) for p in TAILS)
    return Sample(
        found,
        tuple(_error(ordered, p, _share_error(known <= value, of)) for p, value in zip(TAILS, found, strict=True)),
        known.size,
    )


def share_of(where: Bools, clusters: Clusters) -> Sample | None:
    """Give the share of cases in which something holds; nothing without a case.

    Its standard error is ``sqrt(p (1 - p) / n)``, or where cases depend on each other the root of the sum over clusters of
    ``(sum of (x - p))^2``, over n.
    """
    if not where.size:
        return None
    return Sample((float(np.mean(where)),), (_share_error(where, clusters),), where.size)


def deviation_of(row: Row, years: float, clusters: Clusters) -> Sample | None:
    """Give the standard deviation of changes over some years, per square root of a year.

    ``s +- sqrt((m4 - m2^2) / n) / (2 s)``, both over ``sqrt(years)``; m2 and m4 are central moments (Cramer, Mathematical
    Methods of Statistics, 1946, section 27.7).
    """
    known = row[np.isfinite(row)]
    if known.size < 2:
        return None
    away = (known - known.mean()) ** 2
    m2 = float(away.mean())
    error = _spread_error(away, clusters[np.isfinite(row)]) / (2 * np.sqrt(m2)) if m2 else 0.0
    return Sample((float(np.sqrt(m2 / years)),), (float(error / np.sqrt(years)),), known.size)


def rate_of(events: Bools, years: Row, clusters: Clusters) -> Sample | None:
    """Give how often something happens in a year: ``k / T +- sqrt(k) / T``, as of a Poisson process.

    ``events`` and ``years`` are by path; where paths are not drawn alone the error is that of the ratio of their means.
    """
    count, whole = int(np.count_nonzero(events)), float(years.sum())
    if not whole > 0:
        return None
    error = float(np.sqrt(count)) / whole if clusters.are_alone else _ratio_error(events, years, clusters)
    return Sample((count / whole,), (error,), count)


def _ratio_error(above: Bools, below: Row, clusters: Clusters) -> float:
    return clusters.error(above - np.mean(above) / np.mean(below) * below) / float(np.mean(below))


def _share_error(where: Bools, clusters: Clusters) -> float:
    return float(np.sqrt(np.sum(clusters.sums(where - np.mean(where)) ** 2)) / where.size)


def _spread_error(away: Row, clusters: Clusters) -> float:
    """Give the standard error of the mean of squares."""
    if not clusters.are_alone:
        return clusters.error(away)
    return float(np.sqrt(max(float((away**2).mean()) - float(away.mean()) ** 2, 0.0) / away.size))


def _error(ordered: Row, p: float, error: float) -> float:
    low, high = (_of_sorted(ordered, (p + side * error) * (ordered.size - 1)) for side in (-1, 1))
    return (high - low) / 2 if np.isfinite(high) else float("inf")


def _of_sorted(row: Row, place: float) -> float:
    place = min(max(place, 0.0), row.size - 1.0)
    left = int(place)
    right = min(left + 1, row.size - 1)
    # Between two that have no bound, and at one beside such a one, there is nothing to interpolate.
    there = place == left or row[left] == row[right]
    return float(row[left] if there else row[left] + (place - left) * (row[right] - row[left]))
