"""A discrete number is one of a few values; bounds keep whole values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from valsim.core.distribution.discrete import Discrete

PLANTS = {4.0: 0.25, 1.0: 0.5, 2.0: 0.25}


def test_each_value_is_drawn_as_often_as_its_probability_says() -> None:
    drawn = Discrete(values=PLANTS).at(np.arange(8) / 8)
    assert drawn.tolist() == [1.0] * 4 + [2.0] * 2 + [4.0] * 2


def test_the_probability_jumps_at_each_value() -> None:
    assert Discrete(values=PLANTS).cumulative([0.9, 1.0, 1.9, 2.0, 3.0, 4.0, 9.0]).tolist() == [
        0,
        0.5,
        0.5,
        0.75,
        0.75,
        1,
        1,
    ]


def test_bounds_keep_a_value_that_they_name() -> None:
    kept = Discrete(values=PLANTS, at_least=2.0, at_most=4.0)
    assert kept.at(np.array([0.0, 0.49, 0.5, 1 - 2**-53])).tolist() == [2.0, 2.0, 4.0, 4.0]
    assert (kept.support(), kept.probability(2.0)) == ((2.0, 4.0), 0.5)


def test_bounds_between_values_give_no_value_of_their_own() -> None:
    kept = Discrete(values=PLANTS, at_least=1.5, at_most=3.0)
    assert kept.at(np.array([0.0, 0.5, 1 - 2**-53])).tolist() == [2.0] * 3
    assert kept.support() == (2.0, 2.0)


@given(
    values=st.dictionaries(st.floats(-1e9, 1e9), st.integers(1, 9), min_size=2, max_size=6),
    u=st.floats(0, 1, exclude_max=True),
)
def test_a_draw_is_the_smallest_value_with_more_than_u_at_or_below_it(values: dict[float, int], u: float) -> None:
    total = sum(values.values())
    number = Discrete(values={value: count / total for value, count in values.items()})
    x = float(number.at(np.asarray(u)))
    assert x in values
    assert float(number.cumulative(x)) > u
    assert float(number.cumulative(np.nextafter(x, -np.inf))) <= u


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({1.0: 0.5, 2.0: 0.4}, "the probabilities of the values add up to 100 %, got 90 %"),
        ({1.0: 1.0}, "a discrete number has at least two values, each with a probability above 0"),
        ({1.0: 1.0, 2.0: 0.0}, "a discrete number has at least two values, each with a probability above 0"),
    ],
)
def test_what_is_no_distribution_is_refused(values: dict[float, float], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Discrete(values=values)


def test_bounds_that_keep_no_value_are_refused() -> None:
    with pytest.raises(ValidationError, match="nothing of the distribution lies between"):
        Discrete(values=PLANTS, at_least=2.5, at_most=3.5)
