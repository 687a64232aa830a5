"""European options on a value that follows a geometric Brownian motion, in closed form."""

import numpy as np

from valsim.core.rows import Row
from valsim.core.special import normal_cumulative


def call(
    value: Row | float, strike: Row | float, volatility: Row | float, term: Row | float, risk_free: Row | float
) -> Row:
    """Give what the right to buy at ``strike`` after ``term`` years is worth today; shapes broadcast.

    ``value N(d1) - strike exp(-risk_free term) N(d2)``, with ``d1, d2 = log(value / (strike exp(-risk_free term))) / s +- s / 2`` and
    ``s = volatility sqrt(term)``; with ``s = 0`` it is ``max(value - strike exp(-risk_free term), 0)``. ``risk_free`` is
    continuously compounded. Source: Black & Scholes, Journal of Political Economy 81(3), 1973, equation 13.

    >>> round(float(call(15.0, 17.1, 0.4, 4.0, np.log(1.05))), 5)
    4.99747
    """
    present_strike = strike * np.exp(-np.asarray(risk_free) * term)
    with_value, with_money = distances(value, present_strike, volatility * np.sqrt(term))
    worth = value * normal_cumulative(with_value) - present_strike * normal_cumulative(with_money)
    return np.asarray(np.maximum(worth, 0.0))


def put(
    value: Row | float, strike: Row | float, volatility: Row | float, term: Row | float, risk_free: Row | float
) -> Row:
    """Give what the right to sell at ``strike`` after ``term`` years is worth today; shapes broadcast.

    ``strike exp(-risk_free term) N(-d2) - value N(-d1)``, with ``d1`` and ``d2`` as in :func:`call`.

    >>> round(float(put(36.0, 40.0, 0.2, 1.0, 0.06)), 3)
    3.844
    """
    present_strike = strike * np.exp(-np.asarray(risk_free) * term)
    with_value, with_money = distances(value, present_strike, volatility * np.sqrt(term))
    worth = present_strike * normal_cumulative(-with_money) - value * normal_cumulative(-with_value)
    return np.asarray(np.maximum(worth, 0.0))


def binary_call(
    value: Row | float, strike: Row | float, volatility: Row | float, term: Row | float, risk_free: Row | float
) -> Row:
    """Give what a unit of money is worth today that is paid after ``term`` years if ``value`` is then at ``strike`` or above.

    ``exp(-risk_free term) N(d2)``, with ``d2`` as in :func:`call`; shapes broadcast.

    >>> round(float(binary_call(40.0, 0.0, 0.9, 5.0, 0.05)), 6)
    0.778801
    """
    discount = np.exp(-np.asarray(risk_free) * term)
    _, with_money = distances(value, strike * discount, volatility * np.sqrt(term))
    return np.asarray(discount * normal_cumulative(with_money))


def distances(value: Row | float, present_strike: Row | float, deviation: Row | float) -> tuple[Row, Row]:
    """Give ``d1`` and ``d2``: how many deviations a value ends above its strike, counted in the value and counted in money.

    What no ratio decides, a value that is its strike and does not move, counts as above it.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        distance = np.log(np.asarray(value) / present_strike) / deviation
    distance = np.where(np.isnan(distance), np.inf, distance)
    return distance + deviation / 2, distance - deviation / 2
