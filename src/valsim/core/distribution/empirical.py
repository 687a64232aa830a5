"""A sample of observed values."""

from functools import cached_property
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from valsim.core.block import custom_error, shown
from valsim.core.columns import Columns
from valsim.core.distribution.base import Distribution, Numbers
from valsim.core.placing import inside
from valsim.core.rows import Row


class Empirical(Distribution):
    """A number that is distributed as a sample is: ``at(u)`` runs in straight lines between the sorted values.

    Of ``n`` values the k-th smallest stands at ``u = (k - 1/2) / n``; below the first and above the last ``at(u)`` is flat, so
    no draw leaves the sample. Of the usual conventions (Hyndman and Fan 1996, type 5; Hazen 1914) it is the one whose mean
    is exactly that of the sample. With ``x0 = x1`` and ``xn+1 = xn``, the mean of the squares is
    ``(x1^2 + xn^2) / (2 n) + sum_k (xk^2 + xk xk+1 + xk+1^2) / (3 n)`` over the n - 1 gaps.

    >>> Empirical(values=(3.0, 1.0, 2.0)).at(np.array([0.1, 0.5, 2 / 3])).round(12).tolist()
    [1.0, 2.0, 2.5]
    """

    example = "{family: empirical, values: [12%, 35%, 40%, 90%]}"

    family: Literal["empirical"] = "empirical"
    """Names this family."""
    values: tuple[float, ...] = Field(default=(), strict=False)
    """The observed values, in any order."""
    file: str = Field(default="", examples=["history.csv"])
    """Instead of ``values``: a CSV file beside the scenario or in a folder below, with a header, which is read with it."""
    column: str = Field(default="", examples=["growth"])
    """The column of the file that holds the values, by its header."""
    unit: str = Field(default="", examples=["USD/year"])
    """The unit of the column, where its cells have none."""
    sample: str = ""
    """What the sample is, such as ``growth in history.csv``; it changes no number."""

    reads_columns: ClassVar[Columns] = Columns({"column": "values"}, unit="unit")
    words: ClassVar[frozenset[str]] = frozenset({"file", "column", "unit", "sample"})

    def quantile(self, u: Row) -> Row:
        """Give the quantile function."""
        values, places = self._sorted
        return np.interp(u, places, values)

    def cumulative(self, x: Row | float) -> Row:
        """Give the probability of a value at or below ``x``, shape of ``x``."""
        values, places = self._sorted
        count = np.searchsorted(values, x, side="right")
        left, right = np.clip(count - 1, 0, None), np.clip(count, None, len(values) - 1)
        gap = np.where(values[right] > values[left], values[right] - values[left], 1.0)
        within = places[left] + (np.clip(x, values[0], values[-1]) - values[left]) / gap / len(values)
        return np.where(count == 0, 0.0, np.where(count == len(values), 1.0, within))

    def limits(self) -> tuple[float, float]:
        """Give the smallest and the largest value."""
        return min(self.values), max(self.values)

    @cached_property
    def _sorted(self) -> tuple[Row, Row]:
        return np.sort(self.values), (np.arange(len(self.values)) + 0.5) / len(self.values)

    @classmethod
    def field_in_numbers(cls, key: str, raw: Any, numbers: Numbers) -> Any:
        """Read the values; everything else as it is."""
        if key in cls.words:
            return raw
        return _observed(raw, numbers) if key == "values" else super().field_in_numbers(key, raw, numbers)

    @classmethod
    def field_written(cls, key: str, raw: Any) -> str:
        """Write few values one by one, of many how many they are, and the sample in brackets."""
        if key != "values":
            return f"({raw})" if key == "sample" else super().field_written(key, raw)
        return ", ".join(map(str, raw)) if len(raw) <= MOST_WRITTEN else f"{len(raw)} values"

    def expect_one_member(self) -> None:
        """Raise the error that says why the fields name no distribution."""
        # Where the scenario is read from a file, its values have taken the place of these.
        if self.file or self.column or self.unit:
            raise custom_error("family", "file, column and unit go together, in a scenario that is a file itself")
        if len(set(self.values)) < 2:
            raise custom_error("family", "a sample has at least two different values", "write one number as it is")


MOST_WRITTEN = 8
"""The values of a small sample are listed in the report."""


def _observed(raw: Any, numbers: Numbers) -> list[float]:
    if not isinstance(raw, list):
        raise custom_error("family", f"expected a list of values, got {shown(raw)}", "or a file and a column of it")
    values = []
    for index, item in enumerate(raw):
        with inside(index):
            values.append(numbers.counted(item, f"value {index + 1}"))
    return values
