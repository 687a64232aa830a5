"""The lookback put of Longstaff (1995)."""

from typing import Literal

import numpy as np

from valsim.captable.term.marketability.base import OptionModel
from valsim.core.rows import Row
from valsim.core.special import normal_cumulative


class LongstaffPut(OptionModel):
    """The price of selling at the highest price of the term: an upper bound, for nobody knows that price before its end.

    ``discount = (2 + s^2 T / 2) N(s sqrt(T) / 2) + s sqrt(T / (2 pi)) exp(-s^2 T / 8) - 1`` (Longstaff 1995, "How much can
    marketability affect security values?", Journal of Finance 50(5), equation 7). It is above 100 % at a large volatility, where more
    than everything would be given up; then nothing is left.

    >>> put = LongstaffPut.model_construct(volatility=np.asarray(0.3), term=np.asarray(2.0))
    >>> round(float(put.taken_off), 5)
    0.38605
    """

    example = "{kind: longstaff_put, volatility: 30%, term: 2 years}"

    kind: Literal["longstaff_put"]
    """Names this discount."""

    @property
    def taken_off(self) -> Row:
        """The price of the put, at most 1."""
        variance = self.variance
        deviation = np.sqrt(variance)
        gain = (2 + variance / 2) * normal_cumulative(deviation / 2) - 2
        worth = gain + 1 + deviation / np.sqrt(2 * np.pi) * np.exp(-variance / 8)
        return np.asarray(np.minimum(worth, 1.0))
