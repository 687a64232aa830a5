"""An option on an option, in closed form: the right to pay once for the right to pay again.

A call on a call is a financing in two tranches that may be abandoned after the first. Source: Geske, Journal of Financial
Economics 7, 1979, equation 4; Haug, The Complete Guide to Option Pricing Formulas, 2nd ed., section 4.18.3 for all four kinds.
"""

from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from valsim.core.inverse import first_above
from valsim.core.rows import Row
from valsim.core.special import bivariate_normal_cumulative, normal_cumulative
from valsim.value.option.black_scholes import call, distances, put

Right: TypeAlias = Literal["call", "put"]
"""The right to buy or to sell."""
_SIGNS = {"call": 1.0, "put": -1.0}
_PRICES = {"call": call, "put": put}


BEYOND = 1e300
"""A value that no company reaches."""


class Leg(NamedTuple):
    """One right: to buy or to sell, at a strike, after a term in years from today."""

    right: Right
    strike: Row | float
    term: Row | float


def compound_option(
    first: Leg, second: Leg, value: Row, volatility: Row | float, risk_free: Row | float, payout: Row | float = 0.0
) -> Row:
    """Give what the right ``first`` to buy or sell the right ``second`` to buy or sell a value is worth today; shapes broadcast.

    The value follows a geometric Brownian motion and pays out ``payout`` of itself a year; ``risk_free`` and ``payout`` are
    continuously compounded. With ``a`` and ``b`` the signs of the first and second right (1 for a call, -1 for a put), ``rho =
    sqrt(first.term / second.term)`` and ``M`` the bivariate normal probability it is ``a b (value exp(-payout T2) M(b z1, a b y1; a
    rho) - K2 exp(-risk_free T2) M(b z2, a b y2; a rho)) - a K1 exp(-risk_free T1) N(a b y2)``, where ``y`` are the distances to
    the value at which the second right is just worth ``K1``, and ``z`` those to ``K2``.

    >>> first, second = Leg("put", 50.0, 0.25), Leg("call", 520.0, 0.5)
    >>> round(float(compound_option(first, second, 500.0, 0.35, 0.08, payout=0.03)), 4)
    21.1965
    """
    one, two = _SIGNS[first.right], _SIGNS[second.right]
    both = one * two
    left = value * np.exp(-np.asarray(payout) * second.term)
    price = first.strike * np.exp(-np.asarray(risk_free) * first.term)
    last_price = second.strike * np.exp(-np.asarray(risk_free) * second.term)
    z1, z2 = distances(left, last_price, volatility * np.sqrt(second.term))
    same = indifference_value(first, second, volatility, risk_free, payout)
    discount = np.exp((np.asarray(payout) - risk_free) * first.term)
    y1, y2 = distances(value, same * discount, volatility * np.sqrt(first.term))
    rho = one * np.sqrt(np.asarray(first.term) / second.term)
    bought = left * bivariate_normal_cumulative(two * z1, both * y1, rho)
    paid = last_price * bivariate_normal_cumulative(two * z2, both * y2, rho)
    return np.asarray(both * (bought - paid) - one * price * normal_cumulative(both * y2))


def indifference_value(
    first: Leg, second: Leg, volatility: Row | float, risk_free: Row | float, payout: Row | float = 0.0
) -> Row:
    """Give the value at which, when the first right expires, the second is just worth its strike, to the last bit.

    A put that is worth less at every value gives 0, one that is worth more at every value :data:`BEYOND`.
    """
    years = np.asarray(second.term) - first.term
    leaks = np.exp(-np.asarray(payout) * years)
    sign, price = _SIGNS[second.right], _PRICES[second.right]

    def rising(now: Row) -> Row:
        return sign * price(now * leaks, second.strike, volatility, years, risk_free)

    wanted = np.broadcast_arrays(np.asarray(first.strike, dtype=float), second.strike, volatility, risk_free, leaks)[0]
    return first_above(rising, sign * wanted, 0.0, BEYOND)
