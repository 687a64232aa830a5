"""A number between two ends that is likeliest at a mode: the beta-PERT of project planning."""

from functools import cached_property
from typing import ClassVar, Literal

import numpy as np
from pydantic import ValidationInfo, field_validator

from valsim.core.distribution.beta import Beta
from valsim.core.distribution.quantiled import above_zero
from valsim.core.distribution.three_point import ThreePoint
from valsim.core.rows import Row
from valsim.core.special import beta_quantile


class Pert(ThreePoint):
    """A number between two ends that is likeliest at a mode: a beta distribution stretched over them (beta-PERT).

    With ``c = (mode - low) / (high - low)``, ``at(u) = low + (high - low) I^-1(1 + shape c, 1 + shape (1 - c); u)``. The mean is
    ``(low + shape mode + high) / (2 + shape)``; the variance is ``(mean - low)(high - mean) / (3 + shape)``. Given by its ends
    and mode, or by three quantiles.

    >>> round(float(Pert(low=0.0, mode=2.0, high=4.0).at(0.5)), 12)
    2.0
    """

    pure: ClassVar[frozenset[str]] = frozenset({"shape"})

    example = "{family: pert, low: 3 months, mode: 6 months, high: 18 months}"

    family: Literal["pert"] = "pert"
    """Names this family."""
    shape: float = 4.0
    """How strongly values gather at the mode, above 0: 4 is the PERT of the books, more is narrower."""

    def of_unit(self, u: Row, place: Row | float) -> Row:
        """Give the quantile function between 0 and 1 with the mode at ``place``, by root finding."""
        c = np.asarray(place)
        return beta_quantile(1 + self.shape * c, 1 + self.shape * (1 - c), u)

    def quantile(self, u: Row) -> Row:
        """Give the quantile function: of one number by root finding, of a row from a table, within 1e-7 of that."""
        low, _, high = self.fitted
        return low + (high - low) * self._within.quantile(u)

    def cumulative(self, x: Row | float) -> Row:
        """Give the probability of a value at or below ``x``, shape of ``x``."""
        low, _, high = self.fitted
        return self._within.cumulative((np.clip(x, low, high) - low) / (high - low))

    @cached_property
    def _within(self) -> Beta:
        return Beta(alpha=1 + self.shape * self.place, beta=1 + self.shape * (1 - self.place))

    @field_validator("shape")
    @classmethod
    def _shape_is_positive(cls, number: float, field: ValidationInfo) -> float | None:
        return above_zero(number, str(field.field_name))
