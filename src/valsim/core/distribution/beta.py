"""A fraction between 0 and 1."""

from functools import cached_property
from typing import ClassVar, Literal

import numpy as np
from pydantic import ValidationInfo, field_validator

from valsim.core.block import custom_error
from valsim.core.distribution.quantiled import QUANTILES, Quantiled, above_zero
from valsim.core.rows import Row
from valsim.core.special import beta_cumulative, beta_quantile, normal_cumulative, normal_quantile
from valsim.core.table import Table


class Beta(Quantiled):
    """A fraction between 0 and 1: ``at(u) = I^-1(alpha, beta; u)``, the inverse regularised incomplete beta function.

    With ``n = alpha + beta`` its mean is ``alpha / n`` and its variance ``alpha beta / (n^2 (n + 1))``. Given by two quantiles,
    by ``alpha`` and ``beta``, or by ``mean`` and ``concentration`` (``n``).

    >>> b = Beta(p10=0.2, p90=0.75)
    >>> [round(float(b.at(u)), 9) for u in (0.1, 0.9)]
    [0.2, 0.75]
    """

    pure: ClassVar[frozenset[str]] = frozenset({"alpha", "beta", "concentration"})
    parameters: ClassVar[tuple[tuple[str, ...], ...]] = (("alpha", "beta"), ("mean", "concentration"))

    example = "{family: beta, p10: 60%, p90: 88%}"

    family: Literal["beta"] = "beta"
    """Names this family."""
    alpha: float | None = None
    """The first shape, above 0."""
    beta: float | None = None
    """The second shape, above 0."""
    mean: float | None = None
    """The mean, between 0 and 1."""
    concentration: float | None = None
    """``alpha + beta``: how narrow the distribution is."""

    def quantile(self, u: Row) -> Row:
        """Give the quantile function: of one number by root finding, of a row from a table, within 1e-7 of that."""
        return 1 / (1 + np.exp(-self._logits(u))) if np.ndim(u) else beta_quantile(*self.fitted, u)

    @cached_property
    def _logits(self) -> Table:
        # Each tail from its own side: near 1 it is 1 - x that has the digits.
        alpha, beta = self.fitted
        return Table.of(
            lambda z: (
                _log(beta_quantile(alpha, beta, normal_cumulative(z)))
                - _log(beta_quantile(beta, alpha, normal_cumulative(-z)))
            )
        )

    def cumulative(self, x: Row | float) -> Row:
        """Give the probability of a value at or below ``x``, shape of ``x``."""
        return beta_cumulative(*self.fitted, np.clip(x, 0.0, 1.0))

    def limits(self) -> tuple[float, float]:
        """Give 0 and 1."""
        return 0.0, 1.0

    @cached_property
    def fitted(self) -> tuple[float, float]:
        """Give the two shapes, stated or met from the outer quantiles."""
        if self.alpha is not None and self.beta is not None:
            return self.alpha, self.beta
        if self.mean is not None and self.concentration is not None:
            return self.mean * self.concentration, (1 - self.mean) * self.concentration
        return _shapes(*self.outer())

    @field_validator("alpha", "beta", "concentration")
    @classmethod
    def _shapes_are_positive(cls, number: float | None, field: ValidationInfo) -> float | None:
        return above_zero(number, str(field.field_name))

    @field_validator("mean", *QUANTILES)
    @classmethod
    def _inside_the_unit_interval(cls, number: float | None, field: ValidationInfo) -> float | None:
        if number is not None and not 0 < number < 1:
            raise custom_error("family", f"a beta number lies between 0 and 1, got {field.field_name} = {number:g}")
        return number


def _shapes(lower: tuple[float, float], upper: tuple[float, float]) -> tuple[float, float]:
    # Newton on probit residuals: nearly linear in (logit mean, log concentration), so a few damped steps do.
    x = np.array([_logit((lower[1] + upper[1]) / 2), np.log(5.0)])
    for _ in range(100):
        residual = _residual(x, lower, upper)
        if np.max(np.abs(residual)) < 1e-12:
            break
        slopes = [(_residual(x + step, lower, upper) - residual) / 1e-6 for step in 1e-6 * np.eye(2)]
        move = np.linalg.solve(np.transpose(slopes), -residual)
        x = x + move / max(1.0, float(np.max(np.abs(move))))
    return _unfolded(x)


def _residual(x: Row, lower: tuple[float, float], upper: tuple[float, float]) -> Row:
    (p, low), (q, high) = lower, upper
    met = beta_cumulative(*_unfolded(x), [low, high]).clip(1e-300, 1 - 1e-16)
    return normal_quantile(met) - normal_quantile(np.array([p, q]))


def _unfolded(x: Row) -> tuple[float, float]:
    mean, concentration = 1 / (1 + np.exp(-x[0])), np.exp(x[1])
    return float(mean * concentration), float((1 - mean) * concentration)


def _log(x: Row) -> Row:
    row: Row = np.log(np.maximum(x, np.finfo(np.float64).tiny))
    return row


def _logit(x: float) -> float:
    return float(np.log(x / (1 - x)))
