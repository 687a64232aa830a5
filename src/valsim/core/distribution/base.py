"""The base of every distribution: a quantile function, truncated at stated bounds."""

import math
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Protocol

import numpy as np
from pydantic import model_validator

from valsim.core.block import Kind, custom_error
from valsim.core.placing import inside
from valsim.core.rows import Row
from valsim.core.unit import Unit


class Numbers(Protocol):
    """Reads the numbers inside a distribution of a document, and sees that all that count something count the same."""

    def counted(self, raw: Any, name: str) -> float:
        """Read a number in the unit of the distribution; ``name`` is what a complaint about its unit calls it."""
        ...

    def plain(self, raw: Any) -> float:
        """Read a number without a unit: a shape, a weight, a probability."""
        ...

    def distribution(self, raw: Any, name: str) -> "Distribution":
        """Read a whole distribution in the unit of this one."""
        ...


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
    def cumulative(self, x: Row | float) -> Row:
        """Give the untruncated probability of a value at or below ``x``, shape of ``x``."""

    @abstractmethod
    def limits(self) -> tuple[float, float]:
        """Give the smallest and the largest value that the untruncated family can take."""

    def at(self, u: Row) -> Row:
        """Give the quantile function within the bounds at ``u`` in (0, 1), shape ``(n_paths,)``."""
        low, high = self._kept()
        within = np.minimum(low + np.asarray(u) * (high - low), math.nextafter(high, 0.0))
        return np.clip(self.quantile(within), *self.support())

    def probability(self, x: Row | float) -> Row:
        """Give the probability of a value at or below ``x`` within the bounds, shape of ``x``."""
        low, high = self._kept()
        return np.clip((self.cumulative(x) - low) / (high - low), 0.0, 1.0)

    def support(self) -> tuple[float, float]:
        """Give the smallest and the largest value that a draw can take."""
        low, high = self.limits()
        return max(low, _or(self.at_least, -math.inf)), min(high, _or(self.at_most, math.inf))

    def distance_from_stated(self, unit: Unit) -> str:
        """Say how far what is drawn lies from what was stated; nothing where it is near."""
        del unit
        return ""

    def _kept(self) -> tuple[float, float]:
        low = 0.0 if self.at_least is None else float(self.cumulative(math.nextafter(self.at_least, -math.inf)))
        high = 1.0 if self.at_most is None else float(self.cumulative(self.at_most))
        return low, high

    @classmethod
    def in_numbers(cls, body: Mapping[str, Any], numbers: Numbers) -> dict[str, Any]:
        """Give the fields of the family as a document writes them, every quantity turned into a number."""
        read = dict(body)
        for key in (key for key in body if key in cls.model_fields and key != cls.tag):
            with inside(key):
                read[key] = cls.field_in_numbers(key, body[key], numbers)
        return read

    @classmethod
    def field_in_numbers(cls, key: str, raw: Any, numbers: Numbers) -> Any:
        """Give one field in numbers; a family whose field holds several says how."""
        return numbers.plain(raw) if key in cls.pure else numbers.counted(raw, key)

    @classmethod
    def written(cls, body: Mapping[str, Any]) -> str:
        """Give what a document wrote in one line, for the report."""
        return " ".join([str(body[cls.tag]), *(cls.field_written(key, body[key]) for key in body if key != cls.tag)])

    @classmethod
    def field_written(cls, key: str, raw: Any) -> str:
        """Give one field as it is written in the report."""
        return f"{key} {raw}"

    def expect_one_member(self) -> None:
        """Raise the error that says why the fields do not name one member of the family."""

    @model_validator(mode="after")
    def _names_a_member_and_bounds_leave_something(self) -> "Distribution":
        with np.errstate(all="ignore"):  # what is too large is told below
            self.expect_one_member()
            self._expect_something_between_bounds()
            self._expect_finite_values()
        return self

    def _expect_something_between_bounds(self) -> None:
        if self.at_least is None and self.at_most is None:
            return
        low, high = self._kept()
        if not high - low > 1e-9:
            raise custom_error("bounds", "nothing of the distribution lies between at_least and at_most")

    def _expect_finite_values(self) -> None:
        tails = [float(self.at(np.asarray(u))) for u in (1e-15, 1 - 1e-15)]
        if not all(map(math.isfinite, tails)):
            raise custom_error("family", "the values of this distribution lie beyond 1e308", "check its numbers")


def _or(value: float | None, default: float) -> float:
    return default if value is None else value
