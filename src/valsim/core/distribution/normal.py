"""The bell curve."""

from functools import cached_property
from typing import ClassVar, Literal

from pydantic import model_validator
from scipy.special import ndtr, ndtri

from valsim.core.block import custom_error
from valsim.core.distribution.base import Quantiled
from valsim.core.rows import Row


class Normal(Quantiled):
    """The bell curve: ``at(u) = mean + standard_deviation * N^-1(u)``.

    >>> n = Normal(p10=-1.0, p90=1.0)
    >>> round(float(n.at(0.5)), 12), round(float(n.at(0.9)), 12)
    (0.0, 1.0)
    """

    parameters: ClassVar[tuple[tuple[str, ...], ...]] = (("mean", "standard_deviation"),)

    family: Literal["normal"] = "normal"
    """Names this family."""
    mean: float | None = None
    """The mean, in the unit of the number."""
    standard_deviation: float | None = None
    """The standard deviation, in the unit of the number."""

    def quantile(self, u: Row) -> Row:
        """Give the quantile function."""
        mean, deviation = self.fitted
        return mean + deviation * ndtri(u)

    def cumulative(self, x: float) -> float:
        """Give the probability of a value at or below ``x``."""
        mean, deviation = self.fitted
        return float(ndtr((x - mean) / deviation))

    def limits(self) -> tuple[float, float]:
        """Give minus and plus infinity."""
        return -float("inf"), float("inf")

    @cached_property
    def fitted(self) -> tuple[float, float]:
        """Give the mean and the standard deviation, stated or met from the outer quantiles."""
        if self.mean is not None and self.standard_deviation is not None:
            return self.mean, self.standard_deviation
        (p, low), (q, high) = self.outer()
        deviation = (high - low) / float(ndtri(q) - ndtri(p))
        return low - deviation * float(ndtri(p)), deviation

    @model_validator(mode="after")
    def _spread_is_positive(self) -> "Normal":
        if self.standard_deviation is not None and not self.standard_deviation > 0:
            raise custom_error("family", f"standard_deviation must be above 0, got {self.standard_deviation:g}")
        return self
