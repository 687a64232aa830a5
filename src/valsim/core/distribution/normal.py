"""The bell curve."""

from functools import cached_property
from typing import ClassVar, Literal

from pydantic import ValidationInfo, field_validator

from valsim.core.distribution.quantiled import Quantiled, above_zero
from valsim.core.rows import Row
from valsim.core.special import normal_cumulative, normal_quantile


class Normal(Quantiled):
    """The bell curve: ``at(u) = mean + standard_deviation * N^-1(u)``, whose variance is ``standard_deviation^2``.

    Given by two quantiles, or by ``mean`` and ``standard_deviation``.

    >>> n = Normal(p10=1.0, p90=3.0)
    >>> round(float(n.at(0.5)), 12), round(float(n.at(0.9)), 12)
    (2.0, 3.0)
    """

    parameters: ClassVar[tuple[tuple[str, ...], ...]] = (("mean", "standard_deviation"),)

    example = "{family: normal, p10: -35%, p90: -5%, at_least: -60%}"

    family: Literal["normal"] = "normal"
    """Names this family."""
    mean: float | None = None
    """The mean, in the unit of the number."""
    standard_deviation: float | None = None
    """The standard deviation, in the unit of the number."""

    def quantile(self, u: Row) -> Row:
        """Give the quantile function."""
        mean, deviation = self.fitted
        return mean + deviation * normal_quantile(u)

    def cumulative(self, x: Row | float) -> Row:
        """Give the probability of a value at or below ``x``, shape of ``x``."""
        mean, deviation = self.fitted
        return normal_cumulative((x - mean) / deviation)

    def limits(self) -> tuple[float, float]:
        """Give minus and plus infinity."""
        return -float("inf"), float("inf")

    @cached_property
    def fitted(self) -> tuple[float, float]:
        """Give the mean and the standard deviation, stated or met from the outer quantiles."""
        if self.mean is not None and self.standard_deviation is not None:
            return self.mean, self.standard_deviation
        (p, low), (q, high) = self.outer()
        deviation = (high - low) / float(normal_quantile(q) - normal_quantile(p))
        return low - deviation * float(normal_quantile(p)), deviation

    @field_validator("standard_deviation")
    @classmethod
    def _spread_is_positive(cls, number: float | None, field: ValidationInfo) -> float | None:
        return above_zero(number, str(field.field_name))
