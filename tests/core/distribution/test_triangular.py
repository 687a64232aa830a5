"""A triangular number lies between two ends and is likeliest at its mode."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from valsim.core.distribution.triangular import Triangular


@pytest.mark.parametrize("mode", [0.0, 1.0, 4.0])
def test_the_mode_may_be_an_end(mode: float) -> None:
    triangle = Triangular(low=0.0, mode=mode, high=4.0)
    assert [float(triangle.at(np.asarray(u))) for u in (0.0, mode / 4)] == pytest.approx([0.0, mode], rel=1e-15)
    assert triangle.cumulative([-1.0, 0.0, mode, 4.0, 1e200]).tolist() == [0.0, 0.0, mode / 4, 1.0, 1.0]


def test_the_density_rises_to_the_mode_and_falls_in_straight_lines() -> None:
    triangle = Triangular(low=0.0, mode=2.0, high=4.0)
    assert triangle.cumulative([1.0, 2.0, 3.0]).tolist() == [0.125, 0.5, 0.875]


@given(low=st.floats(-1e6, 1e6), width=st.floats(1e-2, 1e6), place=st.floats(0.11, 0.89))
def test_three_of_its_quantiles_name_the_member_again(low: float, width: float, place: float) -> None:
    known = Triangular(low=low, mode=min(low + place * width, low + width), high=low + width)
    stated = {f"p{p}": float(known.at(np.asarray(p / 100))) for p in (10, 50, 90)}
    assume(len(set(stated.values())) == 3)
    u = np.linspace(0.001, 0.999, 50)
    assert Triangular(**stated).at(u) == pytest.approx(known.at(u), abs=1e-6 * max(width, abs(low)))


def test_quantiles_on_one_side_of_the_mode_are_met_with_the_mode_at_the_outer_one() -> None:
    steep = Triangular(low=0.0, mode=0.0, high=1.0)
    stated = {f"p{p}": float(steep.at(np.asarray(p / 100))) for p in (10, 50, 90)}
    fitted = Triangular(**stated)
    assert fitted.fitted[1] == pytest.approx(stated["p10"], rel=1e-6)
    assert fitted.at(np.array([0.1, 0.5, 0.9])) == pytest.approx(list(stated.values()), rel=1e-9)


def test_quantiles_that_lean_too_far_meet_no_triangle() -> None:
    with pytest.raises(ValidationError) as caught:
        Triangular(p10=1.0, p50=2.0, p90=4.0)
    (detail,) = caught.value.errors()
    assert detail["msg"] == (
        "no triangular meets p10 = 1, p50 = 2, p90 = 4; the nearest, through the outer two, has p10 = 1, p50 = 2.1459, p90 = 4"
    )


def test_the_nearest_triangle_of_quantiles_that_lean_too_far_has_its_mode_at_the_end() -> None:
    at = [1 - np.sqrt(1 - u) for u in (0.1, 0.5, 0.9)]
    assert 1 + 3 * (at[1] - at[0]) / (at[2] - at[0]) == pytest.approx(2.1459, abs=5e-5)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"low": 1.0, "high": 2.0}, "expected low, mode and high, or at least three quantiles such as p10, p50 and p90"),
        ({"p10": 1.0, "p90": 2.0}, "expected low, mode and high, or at least three quantiles such as p10, p50 and p90"),
        ({"low": 1.0, "mode": 3.0, "high": 2.0}, "the mode lies from low to high, and low below high; got 1, 3 and 2"),
        ({"low": 2.0, "mode": 2.0, "high": 2.0}, "the mode lies from low to high, and low below high; got 2, 2 and 2"),
        ({"p10": 3.0, "p50": 2.0, "p90": 4.0}, "quantiles must rise: p10 = 3, p50 = 2, p90 = 4"),
    ],
)  # fmt: skip
def test_what_names_no_triangle_is_refused(given: dict[str, float], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Triangular.model_validate(given)
