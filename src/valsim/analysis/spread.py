"""From a row of paths to what is said of it: mean, standard error and quantiles, as plain numbers."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from valsim.core.clusters import Clusters
from valsim.core.rows import Bools, Row
from valsim.result import estimate

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The quantiles that are reported."""

Plain = dict[str, Any]
"""Plain data that JSON can hold: no NaN and no infinity."""


def number(value: Any) -> float | None:
    """Give a plain number, or nothing where it is not one."""
    return float(value) if np.isfinite(value) else None


def mean(row: Row, clusters: Clusters) -> Plain:
    """Give the mean with its standard error."""
    found = estimate(row, clusters)
    return {"mean": number(found.mean), "standard_error": number(found.standard_error)}


def quantiles(row: Row) -> dict[str, float | None]:
    """Give the reported quantiles of a row, linear between order statistics; of nothing they are nothing."""
    return quantiles_of_sorted(np.sort(row))


def quantiles_of_sorted(row: Row) -> dict[str, float | None]:
    """Give the reported quantiles of a row that is sorted; of nothing they are nothing."""
    values = of_sorted(row) if row.size else np.full(len(LEVELS), np.nan)
    return {f"{level:g}": number(value) for level, value in zip(LEVELS, values, strict=True)}


def of_sorted(row: Row) -> Row:
    """Give the reported quantiles of a sorted row, linear between neighbours."""
    place = np.asarray(LEVELS) * (row.size - 1)
    left = place.astype(np.intp)
    right = np.minimum(left + 1, row.size - 1)
    values: Row = row[left] + (place - left) * (row[right] - row[left])
    return values


def spread(row: Row, clusters: Clusters) -> Plain:
    """Give mean, standard error and quantiles."""
    return {**mean(row, clusters), "quantiles": quantiles(row)}


def ratio(above: Row, below: Row, clusters: Clusters) -> Plain:
    """Give ``E[above] / E[below]`` with its standard error (delta method), and the quantiles of the ratio by path."""
    exists = above.size and np.any(below)
    return {**ratio_of_means(above, below, clusters), "quantiles": quantiles(above / below if exists else above[:0])}


def ratio_of_means(above: Row, below: Row, clusters: Clusters) -> Plain:
    """Give ``E[above] / E[below]`` with its standard error (delta method); of nothing they are nothing."""
    if not above.size or not np.any(below):
        return {"mean": None, "standard_error": None}
    center = float(np.mean(above) / np.mean(below))
    error = clusters.error(above - center * below) / float(np.mean(below))
    return {"mean": number(center), "standard_error": number(error)}


def difference_of_means(row: Row, one: Bools, other: Bools, clusters: Clusters) -> Plain:
    """Give ``E[row | one] - E[row | other]`` of cases that are never in both, with its standard error."""
    first, second = estimate(row[one], clusters[one]), estimate(row[other], clusters[other])
    return {
        "mean": number(first.mean - second.mean),
        "standard_error": number(clusters.error_of_difference(row, one, other)),
    }


def chance(where: Bools, clusters: Clusters) -> Plain:
    """Give the probability of something with its standard error; one path has none."""
    p = float(np.mean(where)) if where.size else np.nan
    return {"mean": number(p), "standard_error": number(clusters.chance_error(where))}


def tidy(data: Mapping[str, Any]) -> Plain:
    """Give a mapping without the entries that hold nothing."""
    return {key: value for key, value in data.items() if value is not None}
