"""The protective put of Chaffe (1993)."""

from typing import Literal

import numpy as np

from valsim.captable.term.marketability.base import OptionModel
from valsim.core.parameter import Rate
from valsim.core.rows import Row
from valsim.core.special import normal_cumulative


class ChaffePut(OptionModel):
    """The price of a European put at today's price, over that price: who owns it can sell at the end for what the shares are worth today.

    ``discount = (1 + rate)^-T N(-d2) - N(-d1)``, ``d1, d2 = log(1 + rate) T / (s sqrt(T)) +- s sqrt(T) / 2`` (Chaffe 1993, "Option
    pricing as a proxy for discount for lack of marketability in private company valuations", Business Valuation Review 12(4); the
    put is that of Black and Scholes 1973). Chaffe takes the cost of capital for the rate and calls the result a lower bound.

    >>> put = ChaffePut.model_construct(volatility=np.asarray(0.6), term=np.asarray(2.0), rate=np.asarray(0.05))
    >>> round(float(put.taken_off), 4)
    0.2688
    """

    example = "{kind: chaffe_put, volatility: 60%, term: 3 years, rate: 15%}"

    kind: Literal["chaffe_put"]
    """Names this discount."""
    rate: Rate
    """The rate that the put is discounted at, effective per year: a cost of capital in Chaffe's study, a risk-free rate to others."""

    @property
    def taken_off(self) -> Row:
        """The price of the put; what it pays for certain where there is no volatility, which is nothing at a rate of 0 or more."""
        drift, deviation = np.log1p(self.rate) * self.term, np.sqrt(self.variance)
        with np.errstate(divide="ignore", invalid="ignore"):
            middle = np.where(deviation > 0, drift / deviation, 0.0)
        put = np.exp(-drift) * normal_cumulative(deviation / 2 - middle) - normal_cumulative(-deviation / 2 - middle)
        return np.where(deviation > 0, put, np.maximum(np.expm1(-drift), 0.0))
