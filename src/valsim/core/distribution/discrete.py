"""One of a few values, each with its probability."""

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

import numpy as np

from valsim.core.block import custom_error, shown
from valsim.core.distribution.base import Distribution, Numbers
from valsim.core.placing import at_key, inside
from valsim.core.rows import Row


class Discrete(Distribution):
    """One of a few values, each with its probability: ``at(u)`` is the smallest value with more than ``u`` at or below it.

    The mean is ``sum p x`` and the variance ``sum p x^2 - mean^2``. Bounds keep the values from ``at_least`` to ``at_most``,
    both included.

    >>> plants = Discrete(values={1.0: 0.5, 2.0: 0.25, 4.0: 0.25})
    >>> plants.at(np.array([0.4, 0.5, 0.8])).tolist()
    [1.0, 2.0, 4.0]
    """

    example = "{family: discrete, values: {10M USD: 25%, 30M USD: 75%}}"

    family: Literal["discrete"] = "discrete"
    """Names this family."""
    values: Mapping[float, float]
    """Each value and its probability, such as ``{10M USD: 25%, 30M USD: 75%}``; the probabilities add up to 100 %."""

    def quantile(self, u: Row) -> Row:
        """Give the quantile function."""
        values, ends = self._steps
        return values[np.searchsorted(ends[:-1], u, side="right")]

    def cumulative(self, x: Row | float) -> Row:
        """Give the probability of a value at or below ``x``, shape of ``x``."""
        values, ends = self._steps
        return np.concatenate([[0.0], ends])[np.searchsorted(values, x, side="right")]

    def limits(self) -> tuple[float, float]:
        """Give the smallest and the largest value."""
        return min(self.values), max(self.values)

    def support(self) -> tuple[float, float]:
        """Give the smallest and the largest value within the bounds."""
        low, high = super().support()
        kept = [value for value in self.values if low <= value <= high]
        return min(kept), max(kept)

    @cached_property
    def _steps(self) -> tuple[Row, Row]:
        values = sorted(self.values)
        ends = np.cumsum([self.values[value] for value in values])
        ends[-1] = 1.0
        return np.array(values), ends

    @classmethod
    def field_in_numbers(cls, key: str, raw: Any, numbers: Numbers) -> Any:
        """Read values and probabilities; everything else as it is."""
        return _outcomes(raw, numbers) if key == "values" else super().field_in_numbers(key, raw, numbers)

    @classmethod
    def field_written(cls, key: str, raw: Any) -> str:
        """Write ``value (probability)`` for each value."""
        if key != "values":
            return super().field_written(key, raw)
        return ", ".join(f"{value} ({probability})" for value, probability in raw.items())

    def expect_one_member(self) -> None:
        """Raise the error that says why the fields name no distribution."""
        if len(self.values) < 2 or min(self.values.values()) <= 0:
            raise custom_error("family", "a discrete number has at least two values, each with a probability above 0")
        total = math.fsum(self.values.values())
        if abs(total - 1) > 1e-9:
            raise custom_error("family", f"the probabilities of the values add up to 100 %, got {100 * total:.6g} %")


def _outcomes(raw: Any, numbers: Numbers) -> dict[float, float]:
    if not isinstance(raw, Mapping):
        raise custom_error(
            "family", f"expected each value with its probability, got {shown(raw)}", "e.g. {3: 40%, 7: 60%}"
        )
    values: dict[float, float] = {}
    for text, probability in raw.items():
        with at_key(text):
            value = numbers.counted(text, text)
            if value in values:
                raise custom_error("family", f"the value {text} is listed twice", "add up its probabilities")
        with inside(text):
            values[value] = numbers.plain(probability)
    return values
