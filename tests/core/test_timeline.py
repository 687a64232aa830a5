"""The grid holds the regular steps and every dated event, with exact year fractions."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valsim.core.timeline import add_months, after, timeline, years_between

START = date(2026, 2, 20)
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def test_a_year_fraction_is_actual_days_over_365_and_a_quarter() -> None:
    assert years_between(date(2025, 1, 1), date(2026, 1, 1)) == 365 / 365.25
    assert years_between(date(2026, 1, 1), date(2030, 1, 1)) == 4.0


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 31), 12, date(2027, 1, 31)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_a_shorter_month(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


def test_month_ends_do_not_drift_after_a_short_month() -> None:
    grid = timeline(date(2026, 1, 31), date(2026, 5, 31), "month", [])
    assert [step.date.day for step in grid] == [31, 28, 31, 30, 31]


@pytest.mark.parametrize(
    ("years", "end"), [(1.5, date(2027, 8, 20)), (0.25, date(2026, 5, 20)), (0.1, date(2026, 3, 29))]
)
def test_a_span_of_whole_months_is_counted_by_the_calendar_and_others_by_days(years: float, end: date) -> None:
    assert after(START, years) == end


def test_every_event_inside_is_a_step_of_its_own_and_events_outside_are_none() -> None:
    inside, on_a_step = date(2026, 6, 1), date(2026, 5, 20)
    grid = timeline(
        START, date(2026, 11, 20), "quarter", [inside, on_a_step, date(2025, 1, 1), date(2030, 1, 1), START]
    )
    assert [step.date for step in grid] == [START, on_a_step, inside, date(2026, 8, 20), date(2026, 11, 20)]


def test_the_first_step_is_the_start_itself_and_has_no_length() -> None:
    first = timeline(START, date(2027, 2, 20), "year", [])[0]
    assert (first.index, first.date, first.time, first.dt) == (0, START, 0.0, 0.0)


def test_the_end_is_a_step_where_the_regular_ones_miss_it() -> None:
    assert [s.date for s in timeline(START, date(2026, 6, 1), "quarter", [])] == [
        START,
        date(2026, 5, 20),
        date(2026, 6, 1),
    ]


@given(
    start=DAYS,
    months=st.integers(1, 60),
    events=st.lists(DAYS, max_size=5),
    step=st.sampled_from(["month", "quarter", "year"]),
)
def test_dates_rise_and_lengths_add_up_to_the_exact_time(
    start: date, months: int, events: list[date], step: str
) -> None:
    grid = timeline(start, add_months(start, months), step, events)
    assert [s.index for s in grid] == list(range(len(grid)))
    assert all(a.date < b.date for a, b in pairwise(grid))
    assert all(s.time == years_between(start, s.date) for s in grid)
    assert sum(s.dt for s in grid) == pytest.approx(grid[-1].time, rel=1e-14)


def test_a_longer_run_keeps_the_steps_of_a_shorter_one() -> None:
    horizon = date(2028, 2, 20)
    short, long = timeline(START, horizon, "quarter", []), timeline(START, after(horizon, 1.0), "quarter", [horizon])
    assert long[: len(short)] == short
    assert long[-1].date == date(2029, 2, 20)


def test_a_step_knows_the_regular_step_that_ends_with_it_whatever_is_dated_in_between() -> None:
    plain = timeline(START, date(2027, 1, 20), "quarter", [])
    dated = timeline(START, date(2027, 1, 20), "quarter", [date(2026, 3, 1), date(2026, 8, 20), date(2026, 9, 1)])
    assert [step.regular > 0 for step in dated] == [False, False, True, True, False, True, False]
    assert [step.regular for step in dated if step.regular] == [step.dt for step in plain[1:-1]]
