"""Numbers with their errors: whatever is made of them has its own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valsim.analysis.measured import Measured

PATHS = 4000
DRAWS = np.random.default_rng(5)
INVESTED = 1 + DRAWS.random(PATHS)
PROCEEDS = INVESTED * np.exp(DRAWS.normal(0.2, 0.8, PATHS))

OF_MEANS = {
    "a sum": lambda a, b: a + 2 * b,
    "a difference": lambda a, b: b - a - 1,
    "a product": lambda a, b: a * b,
    "a ratio": lambda a, b: b / a,
    "a power": lambda a, b: a**b,
    "a logarithm": lambda a, b: np.log(b / a),
    "an exponential": lambda a, b: np.exp(-a) * b,
    "a root": lambda a, b: np.sqrt(a + b),
    "a negative": lambda a, b: -a * b,
    "a distance": lambda a, b: abs(a - b),
    "the smaller": np.minimum,
    "the larger": np.maximum,
}
"""Functions of two expected values."""


def bootstrapped(function, *rows) -> float:
    """The standard deviation of a function of means over samples drawn again from the paths."""
    draws = np.random.default_rng(9)
    again = (draws.integers(0, PATHS, PATHS) for _ in range(400))
    return float(np.std([function(*(row[which].mean() for row in rows)) for which in again], ddof=1))


@pytest.mark.parametrize("name", OF_MEANS)
def test_the_error_of_what_is_made_of_means_is_that_of_samples_drawn_again(name: str) -> None:
    function = OF_MEANS[name]
    found = function(Measured.mean(INVESTED), Measured.mean(PROCEEDS))
    assert found.value == pytest.approx(float(function(INVESTED.mean(), PROCEEDS.mean())), rel=1e-12)
    assert found.standard_error == pytest.approx(bootstrapped(function, INVESTED, PROCEEDS), rel=0.12)


def test_a_mean_is_off_by_the_spread_over_the_root_of_the_paths() -> None:
    found = Measured.mean(np.array([1.0, 2.0, 3.0]))
    assert (found.value, found.standard_error) == (2.0, pytest.approx(1 / np.sqrt(3)))


def test_a_mean_among_some_paths_is_that_of_a_smaller_sample() -> None:
    found = Measured.mean_where(np.array([1.0, 3.0, np.nan, 5.0, 7.0]), np.array([True, True, False, True, True]))
    # Off by -3, -1, 1 and 3 over a chance of 4/5: the sum of squares is 20 / 0.64, over 4 and over 5 it is 1.25 squared.
    assert (found.value, found.standard_error) == (4.0, pytest.approx(1.25, rel=1e-12))


def test_a_mean_among_no_path_is_no_number() -> None:
    assert np.isnan(Measured.mean_where(np.ones(3), np.zeros(3, dtype=bool)).value)


def test_the_same_number_twice_differs_by_nothing_at_all() -> None:
    found = Measured.mean(PROCEEDS) - Measured.mean(PROCEEDS.copy())
    assert (found.value, found.standard_error) == (0.0, 0.0)


def test_a_difference_of_paired_paths_knows_less_noise_than_each_side() -> None:
    one, other = Measured.mean(PROCEEDS), Measured.mean(PROCEEDS * 1.01)
    assert (other - one).standard_error == pytest.approx(0.01 * one.standard_error, rel=1e-9)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_a_certain_number_has_no_error_and_adds_none(shift: float, factor: float) -> None:
    found = Measured.mean(PROCEEDS[:50])
    assert Measured(shift).standard_error == 0
    assert (found + shift).standard_error == pytest.approx(found.standard_error)
    assert (factor * found).standard_error == pytest.approx(abs(factor) * found.standard_error)


def test_a_root_moves_against_what_moves_the_function_over_its_slope() -> None:
    # E[x - r] = 0 has the root E[x], with the error of the mean.
    found = Measured.root(float(PROCEEDS.mean()), PROCEEDS - PROCEEDS.mean(), slope=-1.0)
    assert found.standard_error == pytest.approx(Measured.mean(PROCEEDS).standard_error, rel=1e-12)


def test_comparisons_are_of_the_values_alone() -> None:
    assert Measured(2.0) > 1
    assert Measured(2.0) != Measured(3.0)


def test_a_function_whose_error_is_not_known_is_refused() -> None:
    with pytest.raises(TypeError):
        np.sin(Measured(2.0))
    with pytest.raises(TypeError):
        np.add.reduce([Measured(2.0)], out=Measured(1.0))


def test_one_path_has_no_error() -> None:
    assert np.isnan(Measured.mean(np.ones(1)).standard_error)
