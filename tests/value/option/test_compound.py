"""An option on an option agrees with a plain expectation, with parity, and with its limits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from valsim.value.option import black_scholes
from valsim.value.option.compound import Leg, compound_option, indifference_value

PRICES = {"call": black_scholes.call, "put": black_scholes.put}
SIGNS = {"call": 1, "put": -1}
KINDS = [(first, second) for first in SIGNS for second in SIGNS]


def expected(first, second, value, volatility, risk_free, payout):
    """The discounted mean of what the first right pays, by quadrature on the day it expires."""
    years = second.term - first.term
    same = float(indifference_value(first, second, volatility, risk_free, payout))
    drift = (risk_free - payout - volatility**2 / 2) * first.term
    deviation = volatility * np.sqrt(first.term)

    def weighed(z):
        then = value * np.exp(drift + deviation * z - payout * years)
        worth = float(PRICES[second.right](then, second.strike, volatility, years, risk_free))
        return max(SIGNS[first.right] * (worth - first.strike), 0) * norm.pdf(z)

    kink = (np.log(same / value) - drift) / deviation
    points = [kink] if abs(kink) < 10 else [0.0]
    return np.exp(-risk_free * first.term) * quad(weighed, -10, 10, points=points, limit=300)[0]


@pytest.mark.parametrize(("one", "two"), KINDS)
def test_it_is_the_discounted_mean_of_what_the_first_right_pays(one, two):
    first, second = Leg(one, 6.0, 0.75), Leg(two, 105.0, 2.5)
    found = compound_option(first, second, 100.0, 0.45, 0.04, 0.02)
    assert found == pytest.approx(expected(first, second, 100.0, 0.45, 0.04, 0.02), rel=1e-8)


@settings(max_examples=30)
@given(st.floats(50.0, 200.0), st.floats(0.0, 40.0), st.sampled_from(["call", "put"]), st.floats(0.1, 0.9))
def test_a_call_on_a_right_less_a_put_on_it_is_the_right_less_the_present_strike(value, strike, right, volatility):
    second, (one, two) = Leg(right, 100.0, 3.0), (Leg(kind, strike, 1.0) for kind in ("call", "put"))
    apart = compound_option(one, second, value, volatility, 0.05) - compound_option(
        two, second, value, volatility, 0.05
    )
    plain = PRICES[right](value, 100.0, volatility, 3.0, 0.05)
    assert apart == pytest.approx(float(plain - strike * np.exp(-0.05)), abs=1e-9)


def test_a_first_right_that_costs_nothing_is_the_second():
    second = Leg("call", 100.0, 3.0)
    plain = black_scholes.call(80.0, 100.0, 0.6, 3.0, 0.05)
    assert compound_option(Leg("call", 0.0, 1.0), second, 80.0, 0.6, 0.05) == pytest.approx(float(plain), rel=1e-14)


def test_a_right_to_pay_more_than_a_put_can_ever_be_worth_is_worth_nothing():
    first, second = Leg("call", 99.0, 1.0), Leg("put", 100.0, 3.0)
    assert indifference_value(first, second, 0.6, 0.05) == 0.0
    assert compound_option(first, second, 80.0, 0.6, 0.05) == 0.0


def test_rights_that_expire_together_are_one_call_at_both_strikes():
    both = compound_option(Leg("call", 20.0, 3.0), Leg("call", 100.0, 3.0), 80.0, 0.6, 0.05)
    assert both == pytest.approx(float(black_scholes.call(80.0, 120.0, 0.6, 3.0, 0.05)), rel=1e-12)


def test_at_the_indifference_value_the_second_right_is_worth_its_price():
    first, second = Leg("call", np.array([1.0, 6.0, 30.0]), 1.0), Leg("call", 100.0, 3.0)
    same = indifference_value(first, second, 0.6, 0.05)
    np.testing.assert_allclose(black_scholes.call(same, 100.0, 0.6, 2.0, 0.05), first.strike, rtol=1e-13)


def test_it_works_on_rows_of_values():
    first, second, values = Leg("call", 6.0, 1.0), Leg("call", 100.0, 3.0), np.array([50.0, 100.0, 200.0])
    rows = compound_option(first, second, values, 0.6, 0.05)
    assert rows.tolist() == [float(compound_option(first, second, value, 0.6, 0.05)) for value in values]
