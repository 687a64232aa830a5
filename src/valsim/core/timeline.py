"""The time grid: regular steps plus every dated event, with exact year fractions."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

DAYS_A_YEAR = 365.25
"""Day count of the engine: a year fraction is actual days over 365.25."""

MONTHS = {"month": 1, "quarter": 3, "year": 12}
"""Months in a regular step, by its name."""


@dataclass(frozen=True)
class Step:
    """One step: it ends at ``date``, ``time`` years after the start, and lasts ``dt`` years.

    The first step has no length: it is the start itself, so that what is dated there happens there.
    """

    index: int
    date: date
    time: float
    dt: float
    regular: float = 0.0
    """The length in years of the regular step that ends here; 0 where none does, at a dated event."""


def add_months(start: date, months: int) -> date:
    """Give the same day some months later, or the last day of a shorter month.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def years_between(start: date, end: date) -> float:
    """Give the year fraction from ``start`` to ``end``: actual days over 365.25.

    >>> years_between(date(2026, 1, 1), date(2030, 1, 1))
    4.0
    """
    return (end - start).days / DAYS_A_YEAR


def after(start: date, years: float) -> date:
    """Give the date a time span after ``start``: whole months by the calendar, anything else by days."""
    months = round(years * 12)
    whole = abs(years * 12 - months) < 1e-9
    return add_months(start, months) if whole else start + timedelta(days=round(years * DAYS_A_YEAR))


def timeline(start: date, end: date, step: str, events: Iterable[date]) -> tuple[Step, ...]:
    """Lay the grid from ``start`` to ``end``: every regular step and every event between them.

    >>> [s.date.isoformat() for s in timeline(date(2026, 1, 1), date(2026, 7, 1), "quarter", [date(2026, 2, 20)])]
    ['2026-01-01', '2026-02-20', '2026-04-01', '2026-07-01']
    """
    regular = list(_regular(start, end, MONTHS[step]))
    dates = sorted({*regular, *(day for day in events if start < day < end), start, end})
    times = [years_between(start, day) for day in dates]
    lengths = [0.0, *(b - a for a, b in pairwise(times))]
    whole = {b: years_between(start, b) - years_between(start, a) for a, b in pairwise([start, *regular])}
    return tuple(map(Step, range(len(dates)), dates, times, lengths, (whole.get(day, 0.0) for day in dates)))


def _regular(start: date, end: date, months: int) -> Iterable[date]:
    count = 1
    while (day := add_months(start, count * months)) <= end:
        yield day
        count += 1
