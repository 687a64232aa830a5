"""Annual recurring revenue."""

from typing import Literal

import numpy as np

from valsim.core.rows import Row, Rows
from valsim.value.basis.base import Basis


class Arr(Basis):
    """Annual recurring revenue now: what the running contracts bring in a year."""

    example = "{multiple_of: arr, revenue: arr}"

    multiple_of: Literal["arr"]
    """Names this basis."""

    def measured(self, rows: Rows) -> Row:
        """Give the recurring revenue now."""
        return self.revenue(rows)

    @classmethod
    def over_run_rate(cls, growth: Row) -> Row:
        """Give 1: recurring revenue is taken for all of it."""
        return np.ones_like(growth)
