"""A positive number whose logarithm follows the bell curve."""

import math
from functools import cached_property
from typing import ClassVar, Literal

import numpy as np
from pydantic import model_validator
from scipy.special import ndtr, ndtri

from valsim.core.block import custom_error
from valsim.core.distribution.base import Quantiled
from valsim.core.rows import Row


class Lognormal(Quantiled):
    """A positive number whose logarithm is normal: ``at(u) = median * exp(sigma * N^-1(u))``.

    Given by two quantiles, by ``median`` and ``sigma``, or by ``mean`` and ``sigma`` (``mean = median exp(sigma^2 / 2)``).

    >>> multiple = Lognormal(p10=12.0, p90=60.0)
    >>> round(float(multiple.at(0.5)) ** 2, 9)
    720.0
    """

    pure: ClassVar[frozenset[str]] = frozenset({"sigma"})
    parameters: ClassVar[tuple[tuple[str, ...], ...]] = (("median", "sigma"), ("mean", "sigma"))

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
        return np.exp(location + sigma * ndtri(u))

    def cumulative(self, x: float) -> float:
        """Give the probability of a value at or below ``x``."""
        location, sigma = self.fitted
        return float(ndtr((math.log(x) - location) / sigma)) if x > 0 else 0.0

    def limits(self) -> tuple[float, float]:
        """Give zero and infinity."""
        return 0.0, float("inf")

    @cached_property
    def fitted(self) -> tuple[float, float]:
        """Give the mean and the standard deviation of the logarithm."""
        if self.sigma is not None:
            return self._stated(self.sigma), self.sigma
        (p, low), (q, high) = self.outer()
        sigma = math.log(high / low) / float(ndtri(q) - ndtri(p))
        return math.log(low) - sigma * float(ndtri(p)), sigma

    def _stated(self, sigma: float) -> float:
        if self.median is not None:
            return math.log(self.median)
        return math.log(self.mean or math.nan) - sigma**2 / 2

    @model_validator(mode="before")
    @classmethod
    def _everything_is_positive(cls, data: dict[str, float]) -> dict[str, float]:
        for name in ("median", "mean", "sigma", "p1", "p5", "p10", "p25", "p50", "p75", "p90", "p95", "p99"):
            if isinstance(data.get(name), float) and not data[name] > 0:
                raise custom_error("family", f"a lognormal number is positive, got {name} = {data[name]:g}")
        return data
