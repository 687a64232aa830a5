"""The full ratchet."""

from typing import Literal

import numpy as np

from valsim.captable.term.anti_dilution.base import AntiDilution
from valsim.core.rows import Row


class FullRatchet(AntiDilution):
    """Any cheaper share lowers the conversion price to its price: ``CP2 = min(CP1, price)``.

    >>> float(FullRatchet().adjusted(2.0, price=1.0, new_shares=5e6, before=20e6))
    1.0
    """

    example = "{kind: full_ratchet}"

    kind: Literal["full_ratchet"] = "full_ratchet"
    """Names this kind."""

    def adjusted(self, conversion_price: Row, price: Row, new_shares: Row, before: Row) -> Row:
        """Give the lower of the two prices, where shares are issued at all."""
        del before
        return np.where(np.asarray(new_shares) > 0, np.minimum(conversion_price, price), conversion_price)
