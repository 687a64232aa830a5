"""A number that is planned date by date."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from valsim.core.block import custom_error
from valsim.core.day import DayText
from valsim.core.errors import Problem
from valsim.core.parameter import Level, Parameter
from valsim.core.quantity import parse_date
from valsim.core.rows import Row, Rows
from valsim.core.timeline import years_between
from valsim.core.unit import ONE, Unit
from valsim.drivers.process.base import Process


class Schedule(Process):
    """A number that is planned date by date: contracted prices, a budget, the capacity of plants.

    Each value holds from its date on, the last one for ever. Between two dates, a part ``w`` of the way from ``a`` to ``b``, the
    level is ``a`` (step), ``a + w (b - a)`` (linear) or ``a^(1 - w) b^w`` (geometric: a steady growth). The dates need not be
    on the time grid; the level is read at the instants of the grid. A month or a quarter is its first day.
    """

    example = "{kind: schedule, between: step, values: {2026-Q1: 10M USD/year, 2027-Q1: 20M USD/year}}"

    shocks = 0

    kind: Literal["schedule"]
    """Names this process."""
    values: Mapping[DayText, Level] = Field(min_length=1)
    """The values by date; the first date is not after the start of the scenario."""
    between: Literal["step", "linear", "geometric"]
    """The level between two dates: the earlier value until the later date, or on the way from one to the other."""

    _points: tuple[tuple[float, Row], ...] = PrivateAttr(default=())
    _age: float = PrivateAttr(default=0.0)

    def begun(self, start: date) -> Self:
        """Give the schedule with its dates in years from the start."""
        return self.but(_points=tuple((years_between(start, day), self.values[text]) for day, text in self.dates))

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Go on by one step."""
        del shock, rows
        return self.but(_age=self._age + dt)

    def level(self, rows: Rows) -> Row:
        """Give the level planned for now."""
        del rows
        after = bisect_right(self._points, self._age + HALF_A_DAY, key=lambda point: point[0])
        time, value = self._points[after - 1]
        if after == len(self._points) or self.between == "step":
            return value
        later, then = self._points[after]
        w = max(0.0, self._age - time) / (later - time)
        return value + w * (then - value) if self.between == "linear" else value ** (1 - w) * then**w

    @cached_property
    def dates(self) -> tuple[tuple[date, str], ...]:
        """The dates in order, each with its text in the document."""
        return tuple(sorted((parse_date(text), text) for text in self.values))

    @cached_property
    def level_unit(self) -> Unit:
        """The unit of the level: the stated one, else that of the first value."""
        if self.unit is not None:
            return self.unit
        value: Any = next(iter(self.values.values()))
        return value.unit if isinstance(value, Parameter) else ONE

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report values in another unit, values that no growth leads through, and a start before the first date."""
        yield from context.in_force(("values", self.dates[0][1]), self.dates[0][0])
        for text, value in self.values.items():
            yield from self.of_this_unit(("values", text), value)
            if self.between == "geometric" and isinstance(value, Parameter) and value.distribution.support()[0] <= 0:
                message = f"a geometric schedule has values above 0, got {value.given!r}"
                yield Problem(("values", text), message, "choose between: linear", code="domain")

    @model_validator(mode="after")
    def _each_date_has_one_value(self) -> Self:
        days = [day for day, _ in self.dates]
        if len(set(days)) < len(days):
            twice = next(day for day in days if days.count(day) > 1)
            raise custom_error("schedule", f"two values are dated {twice}", "a month or a quarter is its first day")
        return self


HALF_A_DAY = 0.5 / 365.25
"""All dates are whole days; this is more than steps lose in rounding when they are added up."""
