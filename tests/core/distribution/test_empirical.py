"""A sample is drawn from in straight lines between its values, never beyond them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from valsim.core.distribution.empirical import Empirical

SAMPLES = st.lists(st.integers(-50, 50).map(float), min_size=2, max_size=30).filter(lambda each: len(set(each)) > 1)


def test_the_values_stand_at_the_middles_of_equal_parts() -> None:
    sample = Empirical(values=(40.0, 10.0, 30.0, 20.0))
    assert sample.at(np.array([0.125, 0.25, 0.375, 0.5, 0.875])).tolist() == [10.0, 15.0, 20.0, 25.0, 40.0]


def test_no_draw_leaves_the_sample() -> None:
    assert Empirical(values=(1.0, 2.0)).at(np.array([0.0, 1e-300, 1 - 2**-53])).tolist() == [1.0, 1.0, 2.0]


@given(values=SAMPLES, u=st.floats(0, 1, exclude_max=True))
def test_the_probability_undoes_the_quantile_function_where_it_rises(values: list[float], u: float) -> None:
    sample = Empirical(values=tuple(values))
    x = float(sample.at(np.asarray(u)))
    low, high = float(sample.cumulative(np.nextafter(x, -np.inf))), float(sample.cumulative(x))
    assert low - 1e-12 <= u <= high + 1e-12


@given(values=SAMPLES)
def test_the_probability_never_falls_and_ends_at_one(values: list[float]) -> None:
    sample = Empirical(values=tuple(values))
    x = np.linspace(-60, 60, 481)
    assert (np.diff(sample.cumulative(x)) >= 0).all()
    assert (float(sample.cumulative(min(values) - 1)), float(sample.cumulative(max(values)))) == (0.0, 1.0)


def test_a_value_that_was_seen_twice_is_met_exactly_as_often() -> None:
    drawn = Empirical(values=(1.0, 2.0, 2.0, 3.0)).at((np.arange(400) + 0.5) / 400)
    assert (drawn == 2.0).sum() == 100


def test_bounds_cut_the_sample() -> None:
    cut = Empirical(values=(0.0, 1.0, 2.0, 3.0), at_least=0.5, at_most=2.5)
    assert cut.at(np.array([0.0, 0.5, 1 - 2**-53])).tolist() == pytest.approx([0.5, 1.5, 2.5])


def test_one_value_is_no_sample() -> None:
    with pytest.raises(ValidationError, match="a sample has at least two different values"):
        Empirical(values=(1.0, 1.0))
