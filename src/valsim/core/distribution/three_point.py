"""The base of the families between a low and a high end, with a mode."""

from abc import abstractmethod
from functools import cached_property
from typing import ClassVar

import numpy as np

from valsim.core.block import custom_error
from valsim.core.distribution.quantiled import Quantiled
from valsim.core.inverse import first_above
from valsim.core.rows import Row


class ThreePoint(Quantiled):
    """A family of ``low + (high - low) q(u; c)``, where ``c = (mode - low) / (high - low)`` places its mode.

    Three quantiles ``x1 < x2 < x3`` name a member: ``(x2 - x1) / (x3 - x1)`` depends on ``c`` alone and rises with it. Where
    even ``c = 0`` or ``c = 1`` does not give it, no member has these quantiles.
    """

    parameters: ClassVar[tuple[tuple[str, ...], ...]] = (("low", "mode", "high"),)
    enough: ClassVar[tuple[int, str]] = (3, "three quantiles such as p10, p50 and p90")

    low: float | None = None
    """The smallest value."""
    mode: float | None = None
    """The likeliest value, from ``low`` to ``high``."""
    high: float | None = None
    """The largest value."""

    @abstractmethod
    def of_unit(self, u: Row, place: Row | float) -> Row:
        """Give the quantile function ``q(u; c)`` of the member between 0 and 1 whose mode is at ``place``."""

    def places(self, first: float, last: float) -> tuple[float, float]:
        """Give the ends between which a mode is looked for, given the outer two probabilities."""
        del first, last
        return 0.0, 1.0

    def limits(self) -> tuple[float, float]:
        """Give the two ends."""
        low, _, high = self.fitted
        return low, high

    @cached_property
    def fitted(self) -> tuple[float, float, float]:
        """Give low end, mode and high end, stated or met from the outer two quantiles and one between them."""
        if self.low is not None and self.mode is not None and self.high is not None:
            return self.low, self.mode, self.high
        stated = list(self.quantiles().items())
        (p, low), (q, middle), (r, high) = stated[0], stated[len(stated) // 2], stated[-1]
        leaning = (middle - low) / (high - low)
        place = float(first_above(lambda c: self._leaning(c, p, q, r), leaning, *self.places(p, r)))
        first, last = (float(self.of_unit(np.asarray(at), place)) for at in (p, r))
        width = (high - low) / (last - first)
        return low - first * width, low + (place - first) * width, low + (1 - first) * width

    def _leaning(self, place: Row, p: float, q: float, r: float) -> Row:
        first, middle, last = (self.of_unit(np.asarray(at), place) for at in (p, q, r))
        return (middle - first) / (last - first)

    @property
    def place(self) -> float:
        """The place of the mode, 0 at the low end and 1 at the high one."""
        low, mode, high = self.fitted
        return (mode - low) / (high - low)

    def expect_one_member(self) -> None:
        """Raise the error that says why the fields do not name one member of the family."""
        self._expect_one_way_of_naming()
        if self.low is not None and self.mode is not None and self.high is not None:
            self._expect_order(self.low, self.mode, self.high)
        self._expect_every_quantile_met()

    @staticmethod
    def _expect_order(low: float, mode: float, high: float) -> None:
        if not (low <= mode <= high and low < high):
            given = f"{low:g}, {mode:g} and {high:g}"
            raise custom_error("family", f"the mode lies from low to high, and low below high; got {given}")
