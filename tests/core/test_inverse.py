"""The inverse of a rising function: the first double above, and a table that knows where it is wrong."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valsim.core.inverse import Inverse, first_above
from valsim.core.special import normal_cumulative


@given(jump=st.floats(-1e300, 1e300))
def test_a_jump_is_found_to_the_last_bit_wherever_it_is(jump: float) -> None:
    assert float(first_above(lambda x: np.where(x >= jump, 1.0, 0.0), 0.5)) == jump


def test_the_ends_are_given_where_nothing_is_above_or_everything_is() -> None:
    assert first_above(lambda x: x, np.array([-5.0, 0.5, 9.0]), 0.0, 1.0).tolist() == [0.0, np.nextafter(0.5, 1), 1.0]


def test_a_smooth_function_is_read_from_the_table() -> None:
    inverse = Inverse.of(normal_cumulative, (-np.inf, np.inf))
    u = np.linspace(0.001, 0.999, 999)
    assert normal_cumulative(inverse(u)) == pytest.approx(u, abs=1e-9)
    assert inverse.rough[2000:2300].sum() == 0


def test_around_a_jump_the_table_is_not_trusted() -> None:
    def jumping(x: np.ndarray) -> np.ndarray:
        return np.where(x < 0, 0.4 * normal_cumulative(x) / 0.5, 0.6 + 0.4 * (normal_cumulative(x) - 0.5) / 0.5)

    inverse = Inverse.of(jumping, (-np.inf, np.inf))
    assert inverse(np.array([0.41, 0.5, 0.59])).tolist() == pytest.approx([0.0] * 3, abs=1e-300)
    assert inverse.rough.any()
