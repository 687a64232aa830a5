"""A row of paths in its order: quantiles, and how far each is off."""

from typing import NamedTuple, Self

import numpy as np

from valsim.core.clusters import Clusters
from valsim.core.rows import Row


class Ordered(NamedTuple):
    """A row by path, and the same in its order, which one sort gives to every level; shapes ``(paths,)``."""

    by_path: Row
    ordered: Row
    clusters: Clusters

    @classmethod
    def of(cls, row: Row, clusters: Clusters) -> Self:
        """Sort a row."""
        return cls(row, np.sort(row), clusters)

    def width(self, level: float) -> float:
        """How many paths the number of those below the quantile is off, by one deviation."""
        paths = self.ordered.size
        if self.clusters.are_alone:
            return float(np.sqrt(paths * level * (1 - level)))
        at = self.ordered[max(int(np.ceil(paths * level - 1e-9)) - 1, 0)]
        return paths * self.clusters.chance_error(self.by_path <= at)

    def quantile_error(self, level: float) -> float:
        """Give the standard error of a quantile: half the distance between those one deviation away (Woodruff, Confidence intervals for
        medians, 1952); NaN of less than two paths, or where all depend on each other.

        >>> from valsim.core.clusters import ALONE
        >>> Ordered.of(np.arange(100.0), ALONE).quantile_error(0.5)
        5.0
        """
        width = self.width(level) if self.ordered.size > 1 else np.nan
        if np.isnan(width):
            return np.nan
        places = (self.ordered.size - 1) * level + np.array([-width, width])
        low, high = np.interp(places, np.arange(self.ordered.size), self.ordered)
        return float(high - low) / 2
