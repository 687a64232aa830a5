"""A call at an exponential random time is the mean of calls on each day, to the last digits and at every limit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from valsim.value.option import black_scholes
from valsim.value.option.random_expiration import binary_call, call, discount_factor


def mean_over_days(price, value, strike, volatility, exit_rate, risk_free):
    def weighed(waits):
        return np.exp(-waits) * float(price(value, strike, volatility, waits / exit_rate, risk_free))

    return quad(weighed, 0, 60, limit=400, epsabs=1e-13, epsrel=1e-11)[0]


TERMS = st.tuples(st.floats(0.05, 2.0), st.floats(0.05, 2.0), st.floats(-0.02, 0.15))


@settings(max_examples=25)
@given(st.floats(0.1, 10.0), TERMS)
def test_a_call_is_the_mean_of_black_scholes_calls_over_the_time(value, terms):
    assert call(value, 1.0, *terms) == pytest.approx(mean_over_days(black_scholes.call, value, 1.0, *terms), abs=1e-8)


@settings(max_examples=25)
@given(st.floats(0.1, 10.0), TERMS)
def test_a_binary_call_is_the_mean_of_binary_calls_over_the_time(value, terms):
    mean = mean_over_days(black_scholes.binary_call, value, 1.0, *terms)
    assert binary_call(value, 1.0, *terms) == pytest.approx(mean, abs=1e-6)


def test_without_volatility_the_strike_is_passed_on_a_day_that_is_known():
    # From 1 to 2 at 5 % takes log(2) / 0.05 years; whoever is paid later has the value less the strike, both discounted.
    wait = np.log(2.0) / 0.05
    later = np.exp(-0.25 * wait) - 2.0 * 0.25 / 0.3 * np.exp(-0.3 * wait)
    assert call(1.0, 2.0, 0.0, 0.25, 0.05) == pytest.approx(later, rel=1e-14)
    assert call(2.0, 1.0, 0.0, 0.25, 0.05) == pytest.approx(2.0 - 0.25 / 0.3, rel=1e-15)


def test_without_volatility_and_interest_a_call_is_what_it_pays_at_once():
    assert call(np.array([2.0, 1.0, 0.5]), 1.0, 0.0, 0.25, 0.0) == pytest.approx([1.0, 0.0, 0.0], abs=1e-99)


@pytest.mark.parametrize("strike", [0.5, 2.0], ids=["in the money", "out of it"])
def test_a_small_volatility_comes_to_none_without_losing_digits(strike):
    limit = float(call(1.0, strike, 0.0, 0.25, 0.05))
    found = [float(call(1.0, strike, volatility, 0.25, 0.05)) for volatility in (1e-3, 1e-5, 1e-9, 1e-60)]
    away = np.abs(np.array(found) / limit - 1)
    assert away[0] < 1e-3
    assert away[1:].max() < 1e-7


def test_far_strikes_and_large_volatilities_lose_no_digits():
    # Far out of the money the price is one power of the value: doubling the value multiplies it by the same factor anywhere.
    near, far = (call(2 * x, 1.0, 0.3, 0.25, 0.05) / call(x, 1.0, 0.3, 0.25, 0.05) for x in (1e-3, 1e-60))
    assert near == pytest.approx(float(far), rel=1e-12)
    assert call(1.0, 2.0, 50.0, 0.25, 0.05) == pytest.approx(1.0, rel=1e-3)


def test_an_exit_that_never_comes_leaves_the_value_and_one_at_once_pays_at_once():
    assert call(1.0, 5.0, 0.9, 1e-14, 0.05) == pytest.approx(1.0, rel=1e-9)
    assert call(np.array([3.0, 0.5]), 1.0, 0.9, 1e14, 0.05) == pytest.approx([2.0, 0.0], abs=1e-6)


def test_without_a_strike_a_call_is_the_value_and_without_a_value_it_is_nothing():
    assert call(np.array([0.0, 7.0]), 0.0, 0.9, 0.25, 0.05).tolist() == [0.0, 7.0]
    assert call(0.0, 5.0, 0.9, 0.25, 0.05) == binary_call(0.0, 5.0, 0.9, 0.25, 0.05) == 0.0
    assert binary_call(7.0, 0.0, 0.9, 0.25, 0.05) == discount_factor(0.25, 0.05) == pytest.approx(0.25 / 0.3)


def test_at_the_strike_both_sides_meet_in_value_and_in_slope():
    below, at, above = call(1.0 + np.array([-1e-6, 0.0, 1e-6]), 1.0, 0.9, 0.25, 0.05)
    assert above - at == pytest.approx(at - below, rel=1e-5)
