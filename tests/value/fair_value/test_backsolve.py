import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valsim.core.errors import ValuationError
from valsim.value.fair_value.backsolve import backsolve


@given(st.floats(0.3, 3.0), st.floats(0.2, 3.0))
def test_the_root_of_a_power_is_found_to_the_last_digits(price: float, power: float):
    (root,) = backsolve(lambda value: value**power, price, 1.0, 481)
    assert root == pytest.approx(price ** (1 / power), rel=1e-12)


def test_every_root_of_a_worth_that_falls_again_is_listed():
    roots = backsolve(lambda value: np.sin(np.log(value)) + 2, 2.5, 1.0, 481)
    inside = np.log(roots)
    np.testing.assert_allclose(np.sin(inside), 0.5, atol=1e-12)
    assert roots.size == len([k for k in range(-30, 30) for at in (np.pi / 6, 5 * np.pi / 6)
                              if abs(at + 2 * np.pi * k) < 6 * np.log(10)])  # fmt: skip


def test_two_roots_between_neighbours_of_the_grid_are_not_missed():
    roots = backsolve(lambda value: (np.log(value) - 0.03) ** 2, 1e-6, 1.0, 481)
    np.testing.assert_allclose(np.log(roots), [0.029, 0.031], rtol=1e-9)


def test_a_price_above_all_that_the_class_may_be_worth_is_refused():
    with pytest.raises(ValuationError, match="at most 5"):
        backsolve(lambda value: np.minimum(value, 5.0), 6.0, 10.0, 481)


def test_a_class_that_is_worth_nothing_has_no_fair_price():
    with pytest.raises(ValuationError, match="worth nothing"):
        backsolve(np.zeros_like, 6.0, 10.0, 481)


def test_a_class_that_is_worth_more_at_any_company_value_is_refused():
    with pytest.raises(ValuationError, match="or more"):
        backsolve(lambda value: value + 7.0, 6.0, 10.0, 481)


def test_a_price_that_a_stretch_of_company_values_gives_is_refused_with_the_stretch():
    # Twice the price is paid from a company value of 40 on: between 5 and 35 the class is worth 5 at every value.
    with pytest.raises(
        ValuationError, match=r"worth 5 wherever the company is worth 5\.\d+ to 3\d\.\d+: its price does not say"
    ):
        backsolve(lambda value: np.minimum(value, 5.0) + np.maximum(value - 35.0, 0.0), 5.0, 10.0, 481)


def test_a_price_that_is_just_reached_is_no_stretch():
    (root,) = backsolve(lambda value: np.minimum(value, 5.0) + np.maximum(value - 5.0, 0.0) / 100, 5.0, 10.0, 481)
    assert root == pytest.approx(5.0, rel=1e-12)
