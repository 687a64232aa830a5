"""A company still private at the horizon is followed for longer."""

from typing import Literal

from valsim.core.parameter import Fraction, PositiveDuration
from valsim.core.rows import Row, Rows
from valsim.exits.base import sold
from valsim.exits.horizon.base import AtHorizon


class Extend(AtHorizon):
    """A company still private at the horizon is followed for longer, in steps of the same length, and then counts as sold.

    What it brings after the horizon stays unrealised, also where it exits before the extension ends.
    """

    example = "{kind: extend, by: 2 years, discount: 25%}"

    kind: Literal["extend"]
    """Names this rule."""
    by: PositiveDuration
    """How much longer it is followed."""
    discount: Fraction
    """How far the counted price at the very end is below the enterprise value, a fraction."""

    def proceeds(self, rows: Rows) -> Row:
        """Give the counted price at the very end, with the cash and after debt."""
        return sold(self.discount, rows)

    @property
    def extension(self) -> Row:
        """The longer time, in years."""
        return self.by
