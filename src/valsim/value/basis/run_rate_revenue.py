"""Revenue at today's rate."""

from typing import Literal

import numpy as np

from valsim.core.rows import Row, Rows
from valsim.value.basis.base import Basis


class RunRateRevenue(Basis):
    """Revenue at today's rate for a year: the latest month times twelve."""

    example = "{multiple_of: run_rate_revenue, revenue: revenue}"

    multiple_of: Literal["run_rate_revenue"]
    """Names this basis."""

    def measured(self, rows: Rows) -> Row:
        """Give the revenue at today's rate."""
        return self.revenue(rows)

    @classmethod
    def over_run_rate(cls, growth: Row) -> Row:
        """Give 1: today's rate is what all are compared with."""
        return np.ones_like(growth)
