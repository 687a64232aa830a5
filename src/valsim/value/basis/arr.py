"""Annual recurring revenue."""

from typing import Literal

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
