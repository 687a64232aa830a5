from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import ndtr

from valsim.value.fair_value.exit_law import DatedExit, ExponentialExit

START = np.log(np.array([3e8]))
VOLATILITIES, RATES, RISK_FREE = st.floats(0.05, 2.0), st.floats(0.02, 3.0), st.floats(0.0, 0.3)


def whole(law):
    return law.moments(np.array([-np.inf, np.inf]), START)


@given(VOLATILITIES, RISK_FREE, RATES)
def test_discounted_growth_is_a_martingale(volatility: float, risk_free: float, rate: float):
    found = whole(ExponentialExit(volatility, risk_free, rate))
    assert found.value.item() == pytest.approx(3e8, rel=1e-9)
    assert found.one.item() == pytest.approx(rate / (rate + risk_free), rel=1e-9)


def test_the_published_density_has_its_published_mass():
    assert whole(ExponentialExit(0.9, 0.025, 0.25)).one.item() == pytest.approx(0.9090909090909091, rel=1e-12)


WEIGHTS = (np.ones_like, np.asarray, np.exp, lambda z: z * np.exp(z))
"""What each of the moments weighs the log value by."""


def holds(found, density, edges):
    """Whether moments are the integrals of a density of the log value."""
    for i, (low, high) in enumerate(pairwise(edges)):
        for row, weight in zip(found, WEIGHTS, strict=True):
            wanted, _ = quad(lambda z, w=weight: density(z) * w(z), low, high, points=[START[0]], epsrel=1e-12)
            assert row[i, 0] == pytest.approx(wanted, rel=1e-9)


@pytest.mark.parametrize("parameters", [(0.9, 0.025, 0.25), (0.3, 0.2, 1.0), (0.5, 0.0, 0.1)])
def test_the_moments_are_the_integrals_of_the_published_density(parameters):
    volatility, risk_free, rate = parameters
    variance, mean = volatility**2, risk_free - volatility**2 / 2
    root = np.sqrt(mean**2 + 2 * variance * (rate + risk_free))

    def density(z):
        y = z - START[0]
        return rate / root * np.exp((mean * y - abs(y) * root) / variance)

    edges = START[0] + np.array([-2.0, -0.3, 0.4, 1.7, 5.0])
    holds(ExponentialExit(*parameters).moments(edges, START), density, edges)


def test_what_lies_far_above_today_keeps_its_digits():
    far = np.array([-np.inf, START[0] + 5.0, np.inf])
    found = DatedExit(0.2, 0.0, 1.0).moments(far, START)
    assert found.one[1, 0] == pytest.approx(ndtr(-(5.0 + 0.02) / 0.2), rel=1e-9)
    assert found.one[1, 0] < 1e-100


def test_moments_of_a_dated_exit_are_those_of_a_lognormal():
    spread, centre = 0.6 * np.sqrt(2.0), START[0] + (0.03 - 0.18) * 2

    def density(z):
        return np.exp(-0.06 - ((z - centre) / spread) ** 2 / 2) / spread / np.sqrt(2 * np.pi)

    edges = START[0] + np.array([-1.0, 0.2, 0.9])
    holds(DatedExit(0.6, 0.03, 2.0).moments(edges, START), density, edges)


def test_an_exit_without_volatility_comes_to_what_grew_at_the_risk_free_rate():
    found = ExponentialExit(1e-7, 0.05, 0.5).moments(np.array([-np.inf, START[0], START[0] + 0.1, np.inf]), START)
    below, until, after = found.one[:, 0]
    assert below == pytest.approx(0.0, abs=1e-6)
    assert until == pytest.approx(0.5 / 0.55 * (1 - np.exp(-0.55 * 2)), rel=1e-6)
    assert after == pytest.approx(0.5 / 0.55 * np.exp(-0.55 * 2), rel=1e-6)
