"""The base of every distribution: a quantile function, truncated at stated bounds."""

import math
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from pydantic import model_validator

from valsim.core.block import Kind, custom_error
from valsim.core.rows import Row


class Distribution(Kind, member_of="distribution", tag="family"):
    """A number that is not known: ``at(u)`` is its quantile function.

    Bounds truncate: draws outside them are not moved to the bound but excluded, so that
    ``F(x | bounds) = (F(x) - F(at_least)) / (F(at_most) - F(at_least))``. Parameters and quantiles are those of the whole
    distribution, before its bounds cut it.
    """

    pure: ClassVar[frozenset[str]] = frozenset()
    """Fields without the unit of the number: shapes, log standard deviations, weights."""

    at_least: float | None = None
    """The lower bound; draws below it are excluded."""
    at_most: float | None = None
    """The upper bound; draws above it are excluded."""

    @abstractmethod
    def quantile(self, u: Row) -> Row:
        """Give the untruncated quantile function at ``u`` in (0, 1), shape ``(n_paths,)``."""

    @abstractmethod
    def cumulative(self, x: float) -> float:
        """Give the untruncated probability of a value at or below ``x``."""

    @abstractmethod
    def limits(self) -> tuple[float, float]:
        """Give the smallest and the largest value that the untruncated family can take."""

    def at(self, u: Row) -> Row:
        """Give the quantile function within the bounds at ``u`` in (0, 1), shape ``(n_paths,)``."""
        low, high = self._kept()
        within = np.minimum(low + np.asarray(u) * (high - low), LAST)
        return np.clip(self.quantile(within), *self.support())

    def support(self) -> tuple[float, float]:
        """Give the smallest and the largest value that a draw can take."""
        low, high = self.limits()
        return max(low, _or(self.at_least, -math.inf)), min(high, _or(self.at_most, math.inf))

    def _kept(self) -> tuple[float, float]:
        low = 0.0 if self.at_least is None else self.cumulative(math.nextafter(self.at_least, -math.inf))
        high = 1.0 if self.at_most is None else self.cumulative(self.at_most)
        return low, high

    def expect_one_member(self) -> None:
        """Raise the error that says why the fields do not name one member of the family."""

    @model_validator(mode="after")
    def _names_a_member_and_bounds_leave_something(self) -> "Distribution":
        self.expect_one_member()
        if self.at_least is None and self.at_most is None:
            return self
        low, high = self._kept()
        if not high - low > 1e-9:
            raise custom_error("bounds", "nothing of the distribution lies between at_least and at_most")
        return self


class Quantiled(Distribution):
    """A two-parameter family that may be given by two of its quantiles."""

    p1: float | None = None
    """The value with 1 % below it."""
    p5: float | None = None
    """The value with 5 % below it."""
    p10: float | None = None
    """The value with 10 % below it."""
    p25: float | None = None
    """The value with 25 % below it."""
    p50: float | None = None
    """The median."""
    p75: float | None = None
    """The value with 75 % below it."""
    p90: float | None = None
    """The value with 90 % below it."""
    p95: float | None = None
    """The value with 95 % below it."""
    p99: float | None = None
    """The value with 99 % below it."""

    parameters: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """The sets of parameters that name a member instead of quantiles."""

    def quantiles(self) -> dict[float, float]:
        """Give the stated quantiles, probability to value, in order."""
        stated = {int(name[1:]) / 100: getattr(self, name) for name in QUANTILES}
        return {p: value for p, value in stated.items() if value is not None}

    def expect_one_member(self) -> None:
        """Raise the error that says why the fields do not name one member of the family."""
        self._expect_one_way_of_naming()
        self._expect_every_quantile_met()

    def _expect_one_way_of_naming(self) -> None:
        given = frozenset(n for names in self.parameters for n in names if getattr(self, n) is not None)
        ways = " or ".join(" and ".join(names) for names in self.parameters)
        stated = self.quantiles()
        if given and not stated and any(given == frozenset(names) for names in self.parameters):
            return
        if given or len(stated) < 2:
            raise custom_error("family", f"expected {ways}, or at least two quantiles such as p10 and p90")
        if sorted(stated.values()) != list(stated.values()) or len(set(stated.values())) < len(stated):
            raise custom_error("family", "quantiles must rise: " + _listed(stated))

    def _expect_every_quantile_met(self) -> None:
        stated = self.quantiles()
        if len(stated) < 2:
            return
        fitted = np.array([self.quantile(np.asarray(p)) for p in stated])
        width = max(stated.values()) - min(stated.values())
        if np.max(np.abs(fitted - list(stated.values()))) > 0.01 * width:
            near = _listed(dict(zip(stated, fitted.tolist(), strict=True)))
            message = f"no {getattr(self, self.tag)} meets {_listed(stated)}; that through the outer two has {near}"
            raise custom_error("family", message, "keep two, or name another family")

    def outer(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Give the lowest and the highest stated quantile as (probability, value)."""
        stated = list(self.quantiles().items())
        return stated[0], stated[-1]


LAST = 1 - 2**-53
"""The largest probability below 1: no quantile is taken at 1, where many a family is infinite."""

QUANTILES = ("p1", "p5", "p10", "p25", "p50", "p75", "p90", "p95", "p99")


def above_zero(number: float | None, field: str) -> float | None:
    """Give a number back, or raise where it is stated and not above zero."""
    if number is not None and not number > 0:
        raise custom_error("family", f"{field} must be above 0, got {number:g}")
    return number


def _or(value: float | None, default: float) -> float:
    return default if value is None else value


def _listed(quantiles: Mapping[float, Any]) -> str:
    return ", ".join(f"p{round(100 * p)} = {value:.6g}" for p, value in quantiles.items())
