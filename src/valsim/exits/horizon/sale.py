"""A company still private at the horizon counts as sold."""

from typing import Literal

from valsim.core.parameter import Fraction
from valsim.core.rows import Row, Rows
from valsim.exits.base import sold
from valsim.exits.horizon.base import AtHorizon


class Sale(AtHorizon):
    """A company still private at the horizon counts as sold, a discount below its enterprise value."""

    example = "{kind: sale, discount: 25%}"

    kind: Literal["sale"]
    """Names this rule."""
    discount: Fraction
    """How far the counted price is below the enterprise value, a fraction."""

    def proceeds(self, rows: Rows) -> Row:
        """Give the counted price, with the cash and after debt."""
        return sold(self.discount, rows)
