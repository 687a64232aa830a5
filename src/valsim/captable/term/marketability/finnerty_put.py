"""The average-strike put of Finnerty (2012)."""

from typing import Literal

import numpy as np

from valsim.captable.term.marketability.base import OptionModel, two_sided
from valsim.core.rows import Row


class FinnertyPut(OptionModel):
    """The price of a put struck at the average price of the term: whoever cannot sell forgoes selling at an average price.

    ``discount = N(v sqrt(T) / 2) - N(-v sqrt(T) / 2)`` with
    ``v^2 T = s^2 T + log(2 (exp(s^2 T) - s^2 T - 1)) - 2 log(exp(s^2 T) - 1)``, for shares without dividends (Finnerty 2012, "An
    average-strike put option model of the marketability discount", Journal of Derivatives 19(4), equations 4 and 5). However large the
    volatility, ``v^2 T`` stays below ``log 2`` and the discount below 32.3 %.

    >>> put = FinnertyPut.model_construct(volatility=np.asarray(0.3), term=np.asarray(1.0))
    >>> round(float(put.taken_off), 4)
    0.0685
    """

    example = "{kind: finnerty_put, volatility: 60%, term: 3 years}"

    kind: Literal["finnerty_put"]
    """Names this discount."""

    @property
    def taken_off(self) -> Row:
        """The price of the put."""
        variance = np.minimum(self.variance, LARGE)
        # exp(x) - x - 1 and exp(x) - 1 over x^2 / 2 and x: both are 1 at no variance, where logarithms would lose every digit.
        small = variance < SMALL
        safe = np.where(small, 1.0, variance)
        above, below = (np.expm1(safe) - safe) / (safe**2 / 2), np.expm1(safe) / safe
        spread = np.where(small, variance / 3, variance + np.log(above) - 2 * np.log(below))
        return two_sided(np.sqrt(spread) / 2)


SMALL, LARGE = 1e-5, 600.0
"""The variances below which ``v^2 T = s^2 T / 3`` to more digits than the formula has, and above which it is ``log 2``."""
