"""The special functions take the values that tables print."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from valsim.core.special import (
    beta_cumulative,
    beta_quantile,
    binomial_quantile,
    bivariate_normal_cumulative,
    dilogarithm,
    gamma_quantile,
    logistic,
    normal_cumulative,
    normal_quantile,
    poisson_quantile,
)


@pytest.mark.parametrize(
    ("x", "value"), [(1, math.pi**2 / 6), (0, 0), (-1, -(math.pi**2) / 12), (0.5, 0.5822405264650125)]
)
def test_the_dilogarithm_has_its_known_values(x: float, value: float) -> None:
    assert float(dilogarithm(x)) == pytest.approx(value, rel=1e-14)


def test_a_logistic_is_even_at_zero_and_stays_a_share_at_any_distance() -> None:
    assert logistic(np.array([-1e9, 0.0, 1e9])).tolist() == [0.0, 0.5, 1.0]
    assert float(logistic(math.log(3))) == pytest.approx(0.75, rel=1e-15)


def test_normal_probabilities_and_quantiles_undo_each_other() -> None:
    assert float(normal_cumulative(1.959963984540054)) == pytest.approx(0.975, rel=1e-14)
    assert float(normal_quantile(0.975)) == pytest.approx(1.959963984540054, rel=1e-14)


def test_a_beta_of_one_and_two_has_the_closed_form() -> None:
    assert float(beta_cumulative(1.0, 2.0, 0.3)) == pytest.approx(1 - 0.7**2, rel=1e-13)
    assert float(beta_quantile(1.0, 2.0, 0.51)) == pytest.approx(0.3, rel=1e-13)


def test_a_gamma_of_shape_one_is_exponential_and_a_half_is_the_square_of_a_normal() -> None:
    assert float(gamma_quantile(1.0, 0.75)) == pytest.approx(math.log(4), rel=1e-14)
    assert float(gamma_quantile(0.5, 0.95)) == pytest.approx(1.959963984540054**2 / 2, rel=1e-12)


def poisson(count: int, mean: float) -> float:
    return math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(count + 1))


@given(st.floats(1e-3, 300), st.floats(1e-6, 1 - 1e-6))
def test_a_poisson_quantile_is_the_first_count_that_reaches_its_probability(mean: float, u: float) -> None:
    count = int(poisson_quantile(mean, u))
    assert poisson(count, mean) >= u - 1e-12
    assert count == 0 or poisson(count - 1, mean) < u + 1e-12


def test_a_count_with_mean_zero_is_zero_and_its_bounds_are_finite() -> None:
    assert poisson_quantile(np.zeros(3), np.array([0.0, 0.5, 1 - 1e-16])).tolist() == [0.0, 0.0, 0.0]
    assert poisson_quantile(4.0, 0.0) == 0.0
    assert 20 < float(poisson_quantile(4.0, 1.0)) < 50


def test_a_large_poisson_number_is_nearly_normal() -> None:
    assert float(poisson_quantile(1e8, 0.975)) == pytest.approx(1e8 + 1.96e4, abs=3)


def binomial(count: int, trials: int, p: float) -> float:
    return math.fsum(math.comb(trials, k) * p**k * (1 - p) ** (trials - k) for k in range(count + 1))


@given(st.integers(0, 60), st.floats(0, 1), st.floats(1e-6, 1 - 1e-6))
def test_a_binomial_quantile_is_the_first_count_that_reaches_its_probability(trials: int, p: float, u: float) -> None:
    count = int(binomial_quantile(float(trials), p, u))
    assert 0 <= count <= trials
    assert binomial(count, trials, p) >= u - 1e-12
    assert count == 0 or binomial(count - 1, trials, p) < u + 1e-12


def test_a_count_does_not_depend_on_those_beside_it() -> None:
    means, u = np.array([0.1, 7.0, 250.0]), np.array([0.999, 0.01, 0.5])
    alone = [float(poisson_quantile(mean, each)) for mean, each in zip(means, u, strict=True)]
    assert poisson_quantile(means, u).tolist() == alone


def test_two_normal_numbers_are_both_low_as_often_as_quadrature_finds() -> None:
    for x, y, correlation in np.random.default_rng(5).uniform([-3, -3, -0.999], [3, 3, 0.999], (20, 3)):
        unshared = math.sqrt(1 - correlation**2)

        def weighed(z: float, y: float = y, correlation: float = correlation, unshared: float = unshared) -> float:
            return float(norm.pdf(z) * norm.cdf((y - correlation * z) / unshared))

        found = float(bivariate_normal_cumulative(x, y, correlation))
        assert found == pytest.approx(quad(weighed, -12, x, points=[y / correlation], limit=200)[0], abs=1e-10)


@pytest.mark.parametrize(
    ("x", "y", "correlation", "probability"),
    [
        (0, 0, 0.5, 1 / 3),
        (0, -1, 0, norm.cdf(-1) / 2),
        (math.inf, 0.3, 0.2, norm.cdf(0.3)),
        (0.3, -math.inf, 0.2, 0),
        (math.inf, math.inf, -1, 1),
        (0.5, 0.2, 1, norm.cdf(0.2)),
        (0.5, 0.2, -1, norm.cdf(0.5) - norm.cdf(-0.2)),
        (-1, 0.2, -1, 0),
    ],
)
def test_two_normal_numbers_have_their_known_limits(x: float, y: float, correlation: float, probability: float) -> None:
    assert float(bivariate_normal_cumulative(x, y, correlation)) == pytest.approx(probability, abs=1e-15)
