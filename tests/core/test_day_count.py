"""The year fractions of the day counts, at dates where they differ."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valsim.core.day_count import DayCount, year_fraction

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
COUNTS: tuple[DayCount, ...] = ("actual/365", "actual/360", "actual/365.25", "30/360")


def years(day_count: DayCount, start: date, end: date) -> float:
    return float(year_fraction(day_count, np.asarray(start.toordinal()), np.asarray(end.toordinal())))


def test_two_years_without_a_leap_day_are_730_days() -> None:
    span = date(2025, 1, 1), date(2027, 1, 1)
    assert [years(count, *span) for count in COUNTS] == [2.0, 730 / 360, 730 / 365.25, 2.0]


def test_a_leap_day_counts_as_a_day_except_where_months_have_30() -> None:
    span = date(2027, 1, 1), date(2029, 1, 1)
    assert [years(count, *span) for count in COUNTS] == [731 / 365, 731 / 360, 731 / 365.25, 2.0]


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2025, 1, 15), date(2025, 2, 15), 30),
        (date(2025, 1, 30), date(2025, 3, 31), 60),  # the last day of 31 counts as 30 behind a first one of 30
        (date(2025, 1, 31), date(2025, 3, 31), 60),
        (date(2025, 1, 29), date(2025, 3, 31), 62),
        (date(2025, 2, 28), date(2025, 3, 31), 33),  # the bond basis knows no end of February
        (date(2024, 2, 29), date(2025, 2, 28), 359),
        (date(2025, 1, 31), date(2025, 2, 28), 28),
        (date(1968, 12, 31), date(1970, 1, 1), 361),
    ],
)
def test_the_bond_basis_counts_months_of_30_days(start: date, end: date, days: int) -> None:
    assert years("30/360", start, end) == days / 360


@given(start=DAYS, end=DAYS)
def test_actual_days_are_those_of_the_calendar_and_months_of_30_days_are_never_far_from_them(
    start: date, end: date
) -> None:
    assert years("actual/365", start, end) == (end - start).days / 365
    assert abs(years("30/360", start, end) - years("actual/365.25", start, end)) < 3 / 360 + 0.001


@given(spans=st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=8), day_count=st.sampled_from(COUNTS))
def test_the_dates_of_many_paths_are_counted_as_each_alone(spans: list[tuple[date, date]], day_count: DayCount) -> None:
    start, end = (np.array([float(day.toordinal()) for day in days]) for days in zip(*spans, strict=True))
    assert year_fraction(day_count, start, end).tolist() == [years(day_count, *span) for span in spans]
