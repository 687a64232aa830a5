"""Logistic growth fills its capacity."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.drivers.process.playing import STEPS, later, process, standard_errors, still
from valsim.drivers.process.base import saturating

USERS = {"kind": "logistic_growth", "start": "3M users", "growth": "150%", "capacity": "100M users", "volatility": "0"}


def closed(start: float, years: float, growth: float = 1.5, capacity: float = 100e6) -> float:
    return capacity / (1 + (capacity / start - 1) * (1 + growth) ** -years)


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("start", [3e6, 100e6, 250e6], ids=["below", "at", "above capacity"])
def test_at_volatility_zero_it_follows_the_closed_form_whatever_the_steps(start: float, lengths: list[float]) -> None:
    users = process({**USERS, "start": f"{start} users"})
    assert still(users, lengths * 5) == pytest.approx(closed(start, 5), rel=1e-12)


def test_after_one_step_its_mean_is_the_grown_level_within_four_standard_errors() -> None:
    users = later(process({**USERS, "volatility": "50%"}), [1.0]).level({})
    assert standard_errors(users, closed(3e6, 1)) < 4


def test_without_growth_it_stays() -> None:
    assert still(process({**USERS, "growth": "0%"}), [1.0, 2.0]) == 3e6


@pytest.mark.parametrize("start", ["3M users", "250M users"])
def test_a_decline_is_not_held_back_by_the_capacity_nor_explodes_above_it(start: str) -> None:
    users = process({**USERS, "start": start, "growth": "-50%"})
    assert still(users, [0.5, 1.5]) == pytest.approx(float(users.level({})) / 4, rel=1e-12)


@given(start=st.floats(1e-6, 1e12), capacity=st.floats(1e-6, 1e12), growth=st.floats(-800, 800))
def test_no_growth_however_strong_gives_a_level_outside_of_start_and_capacity(
    start: float, capacity: float, growth: float
) -> None:
    level = float(saturating(np.asarray(start), np.asarray(capacity), np.asarray(growth)))
    low, high = sorted([start, capacity]) if growth >= 0 else (0.0, start)
    assert low * (1 - 1e-12) <= level <= high * (1 + 1e-12)
