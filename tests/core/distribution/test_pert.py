"""A PERT number is a beta distribution stretched over two ends."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from valsim.core.distribution.beta import Beta
from valsim.core.distribution.pert import Pert

U = np.linspace(0.001, 0.999, 50)


def test_the_pert_of_the_books_is_a_beta_of_these_shapes() -> None:
    assert Pert(low=10.0, mode=20.0, high=50.0).at(U) == pytest.approx(
        10 + 40 * Beta(alpha=2.0, beta=4.0).at(U), rel=1e-12
    )


def test_a_larger_shape_gathers_values_at_the_mode() -> None:
    within = [np.mean(np.abs(Pert(low=0.0, mode=1.0, high=4.0, shape=s).at(U) - 1) < 0.5) for s in (1.0, 4.0, 40.0)]
    assert within == sorted(within)
    assert within[0] < within[2]


@given(
    low=st.floats(-100, 100), width=st.floats(0.1, 1e4), place=st.floats(0.02, 0.98), shape=st.sampled_from([2.0, 4.0])
)
@settings(max_examples=30)
def test_three_of_its_quantiles_name_the_member_again(low: float, width: float, place: float, shape: float) -> None:
    known = Pert(low=low, mode=low + place * width, high=low + width, shape=shape)
    stated = {f"p{p}": float(known.at(np.asarray(p / 100))) for p in (5, 50, 95)}
    assert Pert(**stated, shape=shape).at(U) == pytest.approx(known.at(U), abs=1e-7 * max(width, abs(low)))


def test_quantiles_that_lean_too_far_meet_no_pert() -> None:
    with pytest.raises(ValidationError, match=r"no pert meets p10 = 1, p50 = 1\.1, p90 = 4; the nearest"):
        Pert(p10=1.0, p50=1.1, p90=4.0)


def test_a_shape_is_above_zero() -> None:
    with pytest.raises(ValidationError, match="shape must be above 0, got 0"):
        Pert(low=0.0, mode=1.0, high=2.0, shape=0.0)


def test_bounds_cut_it() -> None:
    cut = Pert(low=0.0, mode=1.0, high=4.0, at_least=1.0, at_most=3.0)
    assert cut.support() == (1.0, 3.0)
    assert (cut.at(U) >= 1.0).all()
