"""Revenue of the last twelve months."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

import numpy as np
from pydantic import PrivateAttr

from valsim.core.choose import choose
from valsim.core.errors import Problem
from valsim.core.parameter import ANY, Domain, Parameter
from valsim.core.rows import Row, Rows
from valsim.core.unit import Unit
from valsim.value.basis.base import Basis

Stretch = tuple[float, Row]
"""A length of time in years, and the revenue per year within it."""


class Trailing12mRevenue(Basis):
    """Revenue of the last twelve months: the mean of the rate over the year up to now.

    A step counts with the rate at its end; before the start the year is filled with ``trailing_at_start``.
    """

    example = "{multiple_of: trailing_12m_revenue, revenue: revenue, trailing_at_start: 18M USD/year}"

    multiple_of: Literal["trailing_12m_revenue"]
    """Names this basis."""
    trailing_at_start: Annotated[Row, Domain(ANY, at_least=0.0)]
    """Revenue of the twelve months before the start, per year."""

    _recent: tuple[Stretch, ...] = PrivateAttr(default=())

    def later(self, dt: float, rows: Rows) -> Self:
        """Give the basis one step later, the step's revenue included."""
        return self.but(_recent=tuple(_last_year(((dt, self.revenue(rows)), *self._recent))))

    def measured(self, rows: Rows) -> Row:
        """Give the revenue of the last twelve months."""
        del rows
        covered = sum(length for length, _ in self._recent)
        total: Row = sum((length * rate for length, rate in self._recent), (1 - covered) * self.trailing_at_start)
        return total

    @classmethod
    def over_run_rate(cls, growth: Row) -> Row:
        """Give ``growth / ((1 + growth) log(1 + growth))``, the mean over the last year of a rate that has grown so.

        >>> round(float(Trailing12mRevenue.over_run_rate(np.asarray(1.5))), 4)
        0.6548
        """
        log_growth = np.log1p(growth)
        flat = log_growth == 0
        mean_over_now: Row = choose(flat, 1.0, -np.expm1(-log_growth) / choose(flat, 1.0, log_growth))
        return mean_over_now

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report formulas that do not fit, and an opening revenue that is not money per year."""
        yield from super().problems(context)
        given: Any = self.trailing_at_start
        wanted = Unit.of(context.currency) / Unit.of("year")
        if isinstance(given, Parameter) and given.unit != wanted:
            message = f"expected money per year such as 30M {wanted}, got {given.given!r}"
            yield Problem(("trailing_at_start",), message, code="unit")


def _last_year(stretches: tuple[Stretch, ...]) -> list[Stretch]:
    left, kept = 1.0, []
    for length, rate in stretches:
        part = min(length, left)
        if part > 0:
            kept.append((part, rate))
        left -= part
    return kept
