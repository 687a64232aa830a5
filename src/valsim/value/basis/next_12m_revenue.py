"""Revenue of the next twelve months."""

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np

from valsim.core.choose import choose
from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.rows import Row, Rows
from valsim.value.basis.base import Basis


class Next12mRevenue(Basis):
    """Revenue that the market expects of the next twelve months, at the growth it sees now.

    ``revenue x growth / log(1 + growth)``: the mean over a year of a rate that grows by ``growth``.
    """

    example = "{multiple_of: next_12m_revenue, revenue: arr + services, growth: arr.growth}"

    multiple_of: Literal["next_12m_revenue"]
    """Names this basis."""
    growth: Expression
    """The growth per year that the market expects now, a formula, such as ``enterprise_arr.growth``."""

    def measured(self, rows: Rows) -> Row:
        """Give the expected revenue of the next twelve months."""
        return self.revenue(rows) * self.over_run_rate(np.asarray(self.growth(rows)))

    @classmethod
    def over_run_rate(cls, growth: Row) -> Row:
        """Give ``growth / log(1 + growth)``, the mean over the year to come of a rate that grows so.

        >>> round(float(Next12mRevenue.over_run_rate(np.asarray(1.5))), 3)
        1.637
        """
        log_growth = np.log1p(growth)
        flat = log_growth == 0
        mean_over_now: Row = choose(flat, 1.0, np.expm1(log_growth) / choose(flat, 1.0, log_growth))
        return mean_over_now

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report formulas that do not fit."""
        yield from super().problems(context)
        yield from context.formula(("growth",), self.growth, "1")
