"""Interest by hand and at its limits; published cases stand in ``tests/published``."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valsim.captable.accrual import Compounding, growth, interest, period_problems
from valsim.core.day_count import DayCount

RATE = 0.08
START = 739_252.0
"""The ordinal of 2025-01-01."""


def earned(
    days: Any, compounding: Compounding = "simple", periods: int | None = None, count: DayCount = "actual/365"
) -> Any:
    return interest(np.float64(1e6), np.float64(RATE), START, START + np.asarray(days), count, compounding, periods)


def test_nothing_is_earned_before_the_first_day_and_on_it() -> None:
    for compounding in ("simple", "compound"):
        assert earned([-400.0, -1.0, 0.0], compounding, 4).tolist() == [0.0, 0.0, 0.0]


def test_a_part_of_a_period_counts_in_the_exponent() -> None:
    assert earned(365 / 2, "compound", 1) == pytest.approx(1e6 * (1.08**0.5 - 1), rel=1e-14)


@given(days=st.lists(st.integers(0, 20_000), min_size=2, max_size=6))
def test_more_days_and_more_periods_earn_more(days: list[int]) -> None:
    ordered = np.array(sorted(days), dtype=float)
    for compounding, periods in (("simple", None), ("compound", 1), ("compound", 12)):
        assert np.all(np.diff(earned(ordered, compounding, periods)) >= 0)
    assert np.all(earned(ordered, "compound", 12) >= earned(ordered, "compound", 4) * (1 - 1e-12))


@given(days=st.integers(0, 20_000), periods=st.sampled_from([1, 2, 4, 12, 365]))
def test_what_a_unit_has_become_is_the_unit_and_its_interest(days: int, periods: int) -> None:
    for compounding in ("simple", "compound"):
        whole = growth(np.float64(RATE), np.float64(days / 365), compounding, periods)
        assert 1e6 * whole == pytest.approx(1e6 + earned(days, compounding, periods), rel=1e-13)


@pytest.mark.parametrize(
    ("compounding", "periods", "place"),
    [
        ("simple", None, None),
        ("compound", 4, None),
        ("compound", None, "compounding"),
        ("simple", 4, "periods_per_year"),
    ],
)
def test_how_often_is_said_of_compound_interest_alone(
    compounding: Compounding, periods: int | None, place: str | None
) -> None:
    assert [problem.path for problem in period_problems(compounding, periods)] == ([(place,)] if place else [])
