"""A positive number whose logarithm follows the bell curve."""

import math
from functools import cached_property
from typing import ClassVar, Literal

import numpy as np
from pydantic import ValidationInfo, field_validator

from valsim.core.distribution.quantiled import QUANTILES, Quantiled, above_zero
from valsim.core.rows import Row
from valsim.core.special import normal_cumulative, normal_quantile


class Lognormal(Quantiled):
    """A positive number whose logarithm is normal: ``at(u) = median * exp(sigma * N^-1(u))``.

    Given by two quantiles, by ``median`` and ``sigma``, or by ``mean`` and ``sigma`` (``mean = median exp(sigma^2 / 2)``).
    Its variance is ``mean^2 (exp(sigma^2) - 1)``.

    >>> multiple = Lognormal(p10=12.0, p90=60.0)
    >>> round(float(multiple.at(0.5)) ** 2, 9)
    720.0
    """

    pure: ClassVar[frozenset[str]] = frozenset({"sigma"})
    parameters: ClassVar[tuple[tuple[str, ...], ...]] = (("median", "sigma"), ("mean", "sigma"))

    example = "{family: lognormal, p10: 30%, p90: 100%, at_most: 200%}"

    family: Literal["lognormal"] = "lognormal"
    """Names this family."""
    median: float | None = None
    """The median, in the unit of the number."""
    mean: float | None = None
    """The mean, in the unit of the number."""
    sigma: float | None = None
    """The standard deviation of the logarithm, a plain number."""

    def quantile(self, u: Row) -> Row:
        """Give the quantile function."""
        location, sigma = self.fitted
        return np.exp(location + sigma * normal_quantile(u))

    def cumulative(self, x: Row | float) -> Row:
        """Give the probability of a value at or below ``x``, shape of ``x``."""
        location, sigma = self.fitted
        below = normal_cumulative((np.log(np.maximum(x, np.finfo(np.float64).tiny)) - location) / sigma)
        return np.where(np.asarray(x) > 0, below, 0.0)

    def limits(self) -> tuple[float, float]:
        """Give zero and infinity."""
        return 0.0, float("inf")

    @cached_property
    def fitted(self) -> tuple[float, float]:
        """Give the mean and the standard deviation of the logarithm."""
        if self.sigma is not None:
            return self._stated(self.sigma), self.sigma
        (p, low), (q, high) = self.outer()
        sigma = math.log(high / low) / float(normal_quantile(q) - normal_quantile(p))
        return math.log(low) - sigma * float(normal_quantile(p)), sigma

    def _stated(self, sigma: float) -> float:
        if self.median is not None:
            return math.log(self.median)
        return math.log(self.mean or math.nan) - sigma * sigma / 2

    @field_validator("median", "mean", "sigma", *QUANTILES)
    @classmethod
    def _everything_is_positive(cls, number: float | None, field: ValidationInfo) -> float | None:
        return above_zero(number, str(field.field_name))
