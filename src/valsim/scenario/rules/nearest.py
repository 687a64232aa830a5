"""The pairs to write instead of pairs that contradict each other: those of the nearest correlation matrix."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from valsim.core.nearest_correlation import nearest_correlation
from valsim.scenario.correlations import Pair
from valsim.scenario.rules.compatible import exist, stated

DIGITS = 3
"""Digits behind the point that a person is given to type."""


def nearest_pairs(pairs: Sequence[Pair]) -> list[Pair]:
    """Give the pairs of the correlation matrix nearest to that of some pairs, rounded; those that come to 0 are left out.

    Where rounding leaves no correlation matrix, all are weakened by as few thousandths as it takes.

    >>> nearest_pairs([("a", "b", 0.9), ("a", "c", 0.9), ("b", "c", -0.9)])
    [('a', 'b', 0.5), ('a', 'c', 0.5), ('b', 'c', -0.5)]
    """
    names = list(dict.fromkeys(name for pair in pairs for name in pair[:2]))
    matrix = nearest_correlation(np.array([[stated(pairs, a, b) for b in names] for a in names]))
    weaker = (_rounded(names, matrix * (1 - k / 1000)) for k in range(1000))
    return next((found for found in weaker if exist(found)), [])


def _rounded(names: Sequence[str], matrix: np.ndarray) -> list[Pair]:
    every = [(a, b, round(float(matrix[names.index(a), names.index(b)]), DIGITS)) for a, b in combinations(names, 2)]
    return [pair for pair in every if pair[2] != 0]
