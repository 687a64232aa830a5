"""Measured numbers: an estimate together with what each path adds to its error, so that whatever is made of it has its error too."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from valsim.core.clusters import ALONE, Clusters, coarsest
from valsim.core.rows import Bools, Row
from valsim.core.special import logistic

CERTAIN = np.asarray(0.0)
"""The influence of a number without error, which knows no paths."""


@dataclass(frozen=True, eq=False)
class Measured(NDArrayOperatorsMixin):
    """A number that was estimated on paths, and how far each path moved it.

    ``influence`` has shape ``(paths,)`` and mean zero: to first order the estimate is the truth plus its mean, so that the
    standard error is ``sd(influence) / sqrt(paths)`` where paths are drawn alone, else that of their clusters. Of a function of several numbers it is
    ``sum_k df/dx_k influence_k`` (the delta method; Hampel, "The influence curve and its role in robust estimation", 1974),
    which knows how they move together: ``+ - * / ^``, ``exp``, ``log``, ``sqrt``, ``abs``, ``minimum`` and ``maximum`` give
    measured numbers, comparisons plain ones. Path ``i`` of two runs of one seed has the same random numbers, so a difference of
    them is paired.

    >>> proceeds, invested = Measured.mean(np.array([4.0, 0.0, 9.0])), Measured.mean(np.array([2.0, 2.0, 4.0]))
    >>> multiple = proceeds / invested
    >>> round(multiple.value, 3), round(multiple.standard_error, 3)
    (1.625, 0.638)
    """

    value: float
    influence: Row = field(default_factory=lambda: CERTAIN)
    clusters: Clusters = ALONE
    """Which paths depend on each other."""

    @classmethod
    def mean(cls, row: Row, clusters: Clusters = ALONE) -> "Measured":
        """Estimate an expected value from shape ``(paths,)``; the influence is how far each path is from it."""
        value = float(np.mean(row)) if row.size else np.nan
        return cls(value, row - value, clusters)

    @classmethod
    def mean_where(cls, row: Row | Bools, where: Bools, clusters: Clusters = ALONE) -> "Measured":
        """Estimate an expected value among the paths where something holds, ``E[row 1] / E[1]``; NaN where it nowhere does."""
        among = cls.mean(where.astype(float), clusters)
        if among.value == 0:
            return cls(np.nan, np.full(where.shape, np.nan), clusters)
        found: Measured = cls.mean(np.where(where, row, 0.0), clusters) / among
        return found

    @classmethod
    def chance(cls, where: Bools) -> "Measured":
        """Estimate a probability, from shape ``(paths,)``."""
        return cls.mean(where.astype(float))

    @classmethod
    def root(cls, value: float, rows: Row, slope: float, clusters: Clusters = ALONE) -> "Measured":
        """Give the root ``value`` of ``E[rows(value)] = 0`` as an estimate: ``influence = -(rows - mean(rows)) / slope``.

        ``rows`` are what each path says at the root and ``slope`` how fast their mean changes there (the implicit function).
        """
        return cls(value, -(rows - np.mean(rows)) / slope, clusters)

    @property
    def standard_error(self) -> float:
        """The standard error; 0 of a number that is certain, NaN of a single path."""
        return 0.0 if self.influence.ndim == 0 else self.clusters.error(self.influence)

    def __array_ufunc__(self, function: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        compares, slopes = function in COMPARISONS, SLOPES.get(function.__name__)
        if method != "__call__" or options or not (compares or slopes):
            return NotImplemented
        terms = [each if isinstance(each, Measured) else Measured(float(each)) for each in inputs]
        values = [np.float64(each.value) for each in terms]
        if slopes is None:
            return function(*values)
        with np.errstate(all="ignore"):  # a number that does not exist is NaN, and so is its error
            moved = zip(slopes(*values), terms, strict=True)
            parts = [slope * each.influence for slope, each in moved if each.influence.ndim]
            together = coarsest(each.clusters for each in terms)
            return Measured(float(function(*values)), sum(parts, CERTAIN), together)


Slopes: TypeAlias = Callable[..., tuple[Any, ...]]
"""How fast a function changes with each of its arguments."""


SLOPES: Mapping[str, Slopes] = {
    "add": lambda *_: (1.0, 1.0),
    "subtract": lambda *_: (1.0, -1.0),
    "multiply": lambda a, b: (b, a),
    "divide": lambda a, b: (1 / b, -a / b**2),
    "power": lambda a, b: (b * a ** (b - 1), a**b * np.log(a)),
    "negative": lambda *_: (-1.0,),
    "absolute": lambda a: (np.sign(a),),
    "exp": lambda a: (np.exp(a),),
    "log": lambda a: (1 / a,),
    "sqrt": lambda a: (0.5 / np.sqrt(a),),
    "minimum": lambda a, b: (a <= b, a > b),
    "maximum": lambda a, b: (a >= b, a < b),
    "expit": lambda a: (logistic(a) * logistic(-a),),
}
"""By the name of the function."""
COMPARISONS = frozenset((np.less, np.less_equal, np.greater, np.greater_equal, np.equal, np.not_equal))
