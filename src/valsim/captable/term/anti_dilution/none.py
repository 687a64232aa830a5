"""No anti-dilution protection."""

from typing import Literal

from valsim.captable.term.anti_dilution.base import AntiDilution
from valsim.core.rows import Row


class NoAntiDilution(AntiDilution):
    """The conversion price stays as it is."""

    example = "{kind: none}"

    kind: Literal["none"] = "none"
    """Names this kind."""

    def adjusted(self, conversion_price: Row, price: Row, new_shares: Row, before: Row) -> Row:
        """Give the same conversion price."""
        del price, new_shares, before
        return conversion_price
