"""Clusters: paths that depend on each other, and the standard errors of what is estimated on them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from valsim.core.rows import Bools, Row
from valsim.core.streams import Paths


@dataclass(frozen=True)
class Clusters:
    """Which cases of a row belong together: ``size`` paths after one another, which are independent of all others.

    ``path`` says which path each case is of; without it they are all paths in their order. What is cut out of a row is cut out of
    its clusters too, ``clusters[where]``. The sums over clusters are independent, and so the standard error of a mean is
    ``sqrt(C / (C - 1) sum_c (sum of (x - mean) in c)^2) / n`` for ``C`` clusters with ``n`` cases, of any sizes (Cochran, Sampling
    Techniques, 1977, section 9A.2). Of paths that are each alone it is ``sd / sqrt(n)``.

    >>> row = np.array([1.0, 2.0, 3.0, 4.0])
    >>> round(ALONE.error(row), 4), Clusters(2).error(row), Clusters(2).error(row[[0, 3, 1, 2]])
    (0.6455, 1.0, 0.0)
    """

    size: int = 1
    path: Paths | None = None

    def __getitem__(self, where: Any) -> "Clusters":
        """Give the clusters of some cases, by a mask or by indices."""
        if self.are_alone:
            return self
        chosen = np.asarray(where)
        kept = np.flatnonzero(chosen) if chosen.dtype == bool else chosen
        return replace(self, path=kept if self.path is None else self.path[kept])

    @property
    def are_alone(self) -> bool:
        """Whether each case is independent of all others."""
        return self.size == 1 and self.path is None

    def sums(self, row: Row) -> Row:
        """Add up a row by cluster, shape ``(clusters with a case,)``."""
        if self.are_alone:
            return row
        _, of = np.unique(self._of(row.size), return_inverse=True)
        return np.bincount(of, row).astype(float)

    def error(self, row: Row) -> float:
        """Give the standard error of the mean of a row; NaN of less than two clusters."""
        if self.are_alone:
            return float(np.std(row, ddof=1) / np.sqrt(row.size)) if row.size > 1 else np.nan
        sums = self.sums(row - np.mean(row)) if row.size else row
        return float(np.sqrt(np.sum(sums**2) * sums.size / (sums.size - 1)) / row.size) if sums.size > 1 else np.nan

    def chance_error(self, where: Bools) -> float:
        """Give the standard error of the share of cases where something holds: of cases that are each alone ``sqrt(p (1 - p) / n)``."""
        if not self.are_alone:
            return self.error(where.astype(float))
        p = np.mean(where) if where.size else np.nan
        return float(np.sqrt(p * (1 - p) / where.size)) if where.size > 1 else np.nan

    def share_errors(self, kinds: npt.NDArray[np.intp], count: int) -> Row:
        """Give the standard errors of the shares of cases of each kind, 0 to ``count - 1``, shape ``(count,)``: those of
        :meth:`chance_error`, found at once; NaN of less than two clusters.

        >>> Clusters(2).share_errors(np.array([0, 1, 0, 1]), 2).tolist(), ALONE.share_errors(np.array([0, 1]), 2).round(4).tolist()
        ([0.0, 0.0], [0.3536, 0.3536])
        """
        size = kinds.size
        shares = np.bincount(kinds, minlength=count)[:count] / max(size, 1)
        if self.are_alone:
            return np.sqrt(shares * (1 - shares) / size) if size > 1 else np.full(count, np.nan)
        _, of = np.unique(self._of(size), return_inverse=True)
        sizes = np.bincount(of)
        cells, times = np.unique(of * count + kinds, return_counts=True)
        squares, cross = (np.bincount(cells % count, times * by, count) for by in (times, sizes[cells // count]))
        apart = np.maximum(squares - 2 * shares * cross + shares**2 * np.sum(sizes**2), 0.0)
        return np.sqrt(apart * sizes.size / (sizes.size - 1)) / size if sizes.size > 1 else np.full(count, np.nan)

    def error_of_difference(self, row: Row, one: Bools, other: Bools) -> float:
        """Give the standard error of the mean of a row where one thing holds, less where another does; never do both."""
        if self.are_alone:
            return float(np.hypot(self.error(row[one]), self.error(row[other])))
        if not (one.any() and other.any()):
            return np.nan
        away = (np.where(where, (row - np.mean(row[where])) / np.mean(where), 0.0) for where in (one, other))
        return self.error(next(away) - next(away))

    def _of(self, cases: int) -> Paths:
        return (np.arange(cases) if self.path is None else self.path) // self.size


ALONE = Clusters()
"""Each path by itself."""


def coarsest(of: Iterable[Clusters]) -> Clusters:
    """Give the largest of some clusters of all paths, which hold the others: what several runs of one seed are compared by."""
    return max(of, key=lambda clusters: clusters.size, default=ALONE)
