"""The base of the families that may be given by some of their quantiles."""

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from valsim.core.block import custom_error
from valsim.core.distribution.base import Distribution
from valsim.core.quantity import format_quantity
from valsim.core.unit import Unit

QUANTILES = ("p1", "p5", "p10", "p25", "p50", "p75", "p90", "p95", "p99")

MET, FAR = 0.01, 0.25
"""A quantile is met within 1 % of the distance between the outer two; bounds that move one by over a quarter move it far."""


class Quantiled(Distribution):
    """A family that may be given by its parameters or by as many of its quantiles as it has parameters.

    Every further quantile must be one of the same member.
    """

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
    enough: ClassVar[tuple[int, str]] = (2, "two quantiles such as p10 and p90")
    """How many quantiles name a member, and that in words."""

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
        ways = " or ".join(_listed(names) for names in self.parameters)
        stated = self.quantiles()
        least, words = self.enough
        if given and not stated and any(given == frozenset(names) for names in self.parameters):
            return
        if given or len(stated) < least:
            raise custom_error("family", f"expected {ways}, or at least {words}")
        if sorted(stated.values()) != list(stated.values()) or len(set(stated.values())) < len(stated):
            raise custom_error("family", "quantiles must rise: " + _valued(stated))

    def _expect_every_quantile_met(self) -> None:
        stated = self.quantiles()
        if not stated:
            return
        fitted = {p: float(self.quantile(np.asarray(p))) for p in stated}
        if not max(abs(fitted[p] - stated[p]) for p in stated) <= MET * self._width():
            near = f"the nearest, through the outer two, has {_valued(fitted)}"
            message = f"no {getattr(self, self.tag)} meets {_valued(stated)}; {near}"
            way_out = "leave one out" if len(stated) > self.enough[0] else "change one"
            raise custom_error("family", message, f"{way_out}, or name {self._others(len(stated))}")

    def _others(self, count: int) -> str:
        """Name the other families that so many quantiles name a member of."""
        able = sorted(name for name, kind in self.kinds.items() if getattr(kind, "enough", (0,))[0] == count)
        others = [name for name in able if name != getattr(self, self.tag)]
        return f"a family that takes {count}: {', '.join(others)}" if others else "another family"

    def distance_from_stated(self, unit: Unit) -> str:
        """Say how far the bounds move the worst of the stated quantiles; nothing where they move none far.

        >>> from valsim.core.distribution.lognormal import Lognormal
        >>> Lognormal(p10=2.5e6, p90=12e6, at_most=5e6).distance_from_stated(Unit.of("USD"))
        'p90 is 4.67M USD within the bounds, not 12M USD as stated'
        """
        moved = {p: float(self.at(np.asarray(p))) for p in self.quantiles()}
        gaps = {p: abs(moved[p] - value) for p, value in self.quantiles().items()}
        worst = max(gaps, key=lambda p: gaps[p], default=None)
        if worst is None or gaps[worst] <= FAR * self._width():
            return ""
        is_now, was = (format_quantity(at[worst], unit) for at in (moved, self.quantiles()))
        return f"p{round(100 * worst)} is {is_now} within the bounds, not {was} as stated"

    def outer(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Give the lowest and the highest stated quantile as (probability, value)."""
        stated = list(self.quantiles().items())
        return stated[0], stated[-1]

    def _width(self) -> float:
        (_, low), (_, high) = self.outer()
        return high - low


def above_zero(number: float | None, field: str) -> float | None:
    """Give a number back, or raise where it is stated and not above zero."""
    if number is not None and not number > 0:
        raise custom_error("family", f"{field} must be above 0, got {number:g}")
    return number


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]])


def _valued(quantiles: Mapping[float, Any]) -> str:
    return ", ".join(f"p{round(100 * p)} = {value:.6g}" for p, value in quantiles.items())
