"""The broad-based weighted average."""

from typing import Literal

import numpy as np

from valsim.captable.term.anti_dilution.base import AntiDilution
from valsim.core.rows import Row


class BroadBasedWeightedAverage(AntiDilution):
    """A cheaper issue lowers the conversion price by its weight: ``CP2 = CP1 (A + B) / (A + C)``.

    ``A`` = fully diluted shares before, ``B`` = shares that the new money would have bought at ``CP1``, ``C`` = new shares.

    >>> round(float(BroadBasedWeightedAverage().adjusted(2.5, price=1.25, new_shares=4e6, before=14e6)), 6)
    2.222222
    """

    example = "{kind: broad_based_weighted_average}"

    kind: Literal["broad_based_weighted_average"] = "broad_based_weighted_average"
    """Names this kind."""

    def adjusted(self, conversion_price: Row, price: Row, new_shares: Row, before: Row) -> Row:
        """Give the weighted average, where it is lower."""
        at_old_price = new_shares * price / conversion_price
        return np.minimum(conversion_price, conversion_price * (before + at_old_price) / (before + new_shares))
