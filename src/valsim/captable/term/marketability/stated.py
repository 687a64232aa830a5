"""A discount for lack of marketability that is stated."""

from typing import Literal

from valsim.captable.term.marketability.base import Marketability
from valsim.core.parameter import Fraction
from valsim.core.rows import Row


class Stated(Marketability):
    """A discount that is stated, such as from a study of restricted shares."""

    example = "{kind: stated, discount: 20%}"

    kind: Literal["stated"]
    """Names this discount."""
    discount: Fraction
    """What is taken off the present value, a fraction."""

    @property
    def taken_off(self) -> Row:
        """The stated discount."""
        return self.discount
