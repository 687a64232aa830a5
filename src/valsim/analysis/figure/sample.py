"""What a figure of a run is: a spread over paths, a share of them, or one number; each with its standard error."""

from typing import NamedTuple

import numpy as np

from valsim.core.rows import Bools, Row
from valsim.core.streams import Paths

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


def spread_of(row: Row, path: Paths | None = None) -> Sample | None:
    """Give the quantiles of a row, shape ``(n,)``; nothing where fewer than two cases are known.

    The standard error of a quantile is half the distance between the quantiles one standard error of the share below it to
    either side, which needs no density (Woodruff, Confidence intervals for medians, 1952). Cases of one ``path`` depend on each
    other, so the standard error of a share then adds them up path by path; without paths each case is one of its own.

    >>> spread_of(np.arange(1, 102.0)).values
    (11.0, 51.0, 91.0)
    """
    there = ~np.isnan(row)
    known, of = row[there], None if path is None else path[there]
    if known.size < 2:
        return None
    ordered = np.sort(known)
    found = tuple(_of_sorted(ordered, p * (known.size - 1)) for p in TAILS)
    return Sample(
        found,
        tuple(_error(ordered, p, _share_error(known <= value, of)) for p, value in zip(TAILS, found, strict=True)),
        known.size,
    )


def share_of(where: Bools, path: Paths | None = None) -> Sample | None:
    """Give the share of cases in which something holds; nothing without a case.

    Its standard error is ``sqrt(p (1 - p) / n)``, or where cases of one ``path`` depend on each other the root of the sum over
    paths of ``(sum of (x - p))^2``, over n.
    """
    if not where.size:
        return None
    return Sample((float(np.mean(where)),), (_share_error(where, path),), where.size)


def deviation_of(row: Row, years: float) -> Sample | None:
    """Give the standard deviation of changes over some years, per square root of a year.

    ``s +- sqrt((m4 - m2^2) / n) / (2 s)``, both over ``sqrt(years)``; m2 and m4 are central moments (Cramer, Mathematical
    Methods of Statistics, 1946, section 27.7).
    """
    known = row[np.isfinite(row)]
    if known.size < 2:
        return None
    away = (known - known.mean()) ** 2
    m2 = float(away.mean())
    error = np.sqrt(max(float((away**2).mean()) - m2**2, 0.0) / known.size) / (2 * np.sqrt(m2)) if m2 else 0.0
    return Sample((float(np.sqrt(m2 / years)),), (float(error / np.sqrt(years)),), known.size)


def rate_of(events: int, years: float) -> Sample | None:
    """Give how often something happens in a year: ``k / T +- sqrt(k) / T``, as of a Poisson process."""
    return Sample((events / years,), (float(np.sqrt(events)) / years,), events) if years > 0 else None


def _share_error(where: Bools, path: Paths | None) -> float:
    away = where - np.mean(where)
    by_path = away if path is None else np.bincount(path, away)
    return float(np.sqrt(np.sum(by_path**2)) / where.size)


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
