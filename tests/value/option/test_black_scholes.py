"""A European call and put have their exact limits, and part with each other by the forward alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from valsim.value.option.black_scholes import binary_call, call, put

MONEY = st.floats(0.01, 1e4)
TERMS = st.tuples(st.floats(0.01, 3.0), st.floats(0.01, 20.0), st.floats(-0.02, 0.2))


def expected(payoff, value, volatility, term, risk_free):
    """The discounted mean of a payoff, by quadrature over the normal number behind it."""
    deviation = volatility * np.sqrt(term)

    def weighed(z):
        return payoff(value * np.exp(risk_free * term + deviation * z - deviation**2 / 2)) * norm.pdf(z)

    return np.exp(-risk_free * term) * quad(weighed, -12, 12, points=[0.0], limit=400)[0]


@pytest.mark.parametrize(("value", "strike"), [(100.0, 80.0), (100.0, 150.0)])
def test_a_call_is_the_discounted_mean_of_what_it_pays(value, strike):
    mean = expected(lambda last: max(last - strike, 0), value, 0.4, 2.0, 0.05)
    assert call(value, strike, 0.4, 2.0, 0.05) == pytest.approx(mean, rel=1e-7)


def test_a_binary_call_is_the_discounted_chance_to_reach_its_strike():
    chance = expected(lambda last: float(last >= 120.0), 100.0, 0.4, 2.0, 0.05)
    assert binary_call(100.0, 120.0, 0.4, 2.0, 0.05) == pytest.approx(chance, rel=1e-4)


@given(MONEY, MONEY, TERMS)
def test_a_call_less_a_put_is_the_value_less_the_present_strike(value, strike, terms):
    _, term, risk_free = terms
    apart = call(value, strike, *terms) - put(value, strike, *terms)
    assert apart == pytest.approx(value - strike * np.exp(-risk_free * term), abs=1e-12 * (value + strike))


@pytest.mark.parametrize(("volatility", "term"), [(0.0, 2.0), (0.5, 0.0)], ids=["no volatility", "no time"])
def test_where_nothing_is_uncertain_a_call_is_what_the_forward_exceeds_the_strike_by(volatility, term):
    strikes = np.array([0.0, 50.0, 100.0, 200.0])
    forward = np.maximum(100.0 - strikes * np.exp(-0.05 * term), 0.0)
    np.testing.assert_allclose(call(100.0, strikes, volatility, term, 0.05), forward, rtol=1e-15)


def test_without_a_strike_a_call_is_the_value_and_without_a_value_it_is_nothing():
    assert call(np.array([0.0, 7.0]), 0.0, 0.9, 4.0, 0.05).tolist() == [0.0, 7.0]
    assert call(0.0, 5.0, 0.9, 4.0, 0.05) == put(0.0, 0.0, 0.9, 4.0, 0.05) == 0.0
