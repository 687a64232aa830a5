"""Interest by hand, as published, and at its limits."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valsim.captable.accrual import Compounding, growth, interest, period_problems
from valsim.core.day_count import DayCount

PUBLISHED = [
    # principal, rate, days, day count, compounding, periods a year, interest: github.com/ogulcan-ozyavuz/
    # algorithmic-game-theory-for-private-equity, docs/debt.md (A1 to A6) and docs/dividends.md (DV1 to DV3)
    ("A1", 1_000_000, 730, "actual/365", "simple", None, Fraction(160_000)),
    ("A2", 1_000_000, 730, "actual/365", "compound", 1, Fraction(166_400)),
    ("A3", 1_000_000, 730, "actual/365", "compound", 4, Fraction("171659.3810022656")),
    ("A4", 1_000_000, 730, "actual/365", "compound", 2, Fraction("169858.56")),
    ("A5", 1_000_000, 730, "actual/360", "simple", None, Fraction(58_400_000, 360)),
    ("A6", 1_000_000, 731, "actual/365", "simple", None, Fraction(58_480_000, 365)),
    ("DV1", 5_000_000, 730, "actual/365", "simple", None, Fraction(800_000)),
    ("DV2", 5_000_000, 730, "actual/365", "compound", 1, Fraction(832_000)),
    ("DV3", 5_000_000, 730, "actual/360", "simple", None, Fraction(292_000_000, 360)),
]
RATE = 0.08
START = 739_252.0
"""The ordinal of 2025-01-01."""


def earned(
    days: Any, compounding: Compounding = "simple", periods: int | None = None, count: DayCount = "actual/365"
) -> Any:
    return interest(np.float64(1e6), np.float64(RATE), START, START + np.asarray(days), count, compounding, periods)


@pytest.mark.parametrize(
    ("principal", "days", "count", "compounding", "periods", "expected"),
    [case[1:] for case in PUBLISHED],
    ids=[case[0] for case in PUBLISHED],
)
def test_the_interest_is_the_published_one(
    principal: float, days: int, count: DayCount, compounding: Compounding, periods: int | None, expected: Fraction
) -> None:
    found = interest(np.float64(principal), np.float64(RATE), START, START + days, count, compounding, periods)
    assert found == pytest.approx(float(expected), rel=1e-14)


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
