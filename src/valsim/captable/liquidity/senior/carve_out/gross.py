"""A carve-out of one fraction."""

from typing import Literal

from valsim.captable.liquidity.senior.carve_out.base import CarveOut
from valsim.core.parameter import Fraction
from valsim.core.rows import Row


class Gross(CarveOut):
    """A fraction of the exit, whatever its recipients get for shares of their own: ``min(fraction base, left after debt)``."""

    example = "{kind: gross, fraction: 8%, base: after_debt, paid_at: [acquisition]}"

    kind: Literal["gross"] = "gross"
    """Names this kind."""
    fraction: Fraction
    """The part of the base that is set aside."""

    def promised(self, base: Row) -> Row:
        """Give the fraction."""
        return self.fraction * base
