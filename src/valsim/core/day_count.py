"""Day counts: how many years a contract counts between two dates.

A date is its proleptic ordinal, ``date.toordinal()``, so that the dates of many paths are a row.
"""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from valsim.core.rows import Row

DayCount: TypeAlias = Literal["actual/365", "actual/360", "actual/365.25", "30/360"]
"""How a contract counts days: the actual ones over a year of 365, 360 or 365.25, or months of 30 days and a year of 360."""

_EPOCH = 719_163
"""The ordinal of 1970-01-01, from which NumPy counts."""


def year_fraction(day_count: DayCount, start: Row | float, end: Row | float) -> Row:
    """Give the years from ``start`` to ``end`` by a day count, below zero where the end comes first.

    ``actual/N`` is ``(end - start) / N``. ``30/360`` is the bond basis, ``(360 (Y2 - Y1) + 30 (M2 - M1) + D2 - D1) / 360``,
    where a first day of 31 counts as 30, and a last day of 31 too if the first is then 30. Both dates are proleptic ordinals
    in whole days, scalars or rows of shape ``(n_paths,)``. Source: ISDA 2006 Definitions, 4.16 (d), (e) and (f).

    >>> from datetime import date
    >>> start, end = date(2025, 1, 1).toordinal(), date(2027, 1, 1).toordinal()
    >>> float(year_fraction("actual/365", start, end)), float(year_fraction("30/360", start, end))
    (2.0, 2.0)
    """
    return _COUNTED[day_count](np.asarray(start, dtype=float), np.asarray(end, dtype=float))


def _actual(year: float) -> Callable[[Row, Row], Row]:
    def counted(start: Row, end: Row) -> Row:
        return (end - start) / year

    return counted


def _bond_basis(start: Row, end: Row) -> Row:
    first, last = _calendar(start), _calendar(end)
    first_day = np.minimum(first.day, 30)
    last_day = np.where((last.day == 31) & (first_day == 30), 30, last.day)
    days = 360 * (last.year - first.year) + 30 * (last.month - first.month) + (last_day - first_day)
    return np.asarray(days / 360)


class _Calendar(NamedTuple):
    """Years, months and days of the month of some dates, whole numbers."""

    year: Row
    month: Row
    day: Row


def _calendar(day: Row) -> _Calendar:
    days = (day.astype(np.int64) - _EPOCH).astype("datetime64[D]")
    months, years = days.astype("datetime64[M]"), days.astype("datetime64[Y]")
    return _Calendar(*(part.astype(float) for part in (years, months - years, days - months + 1)))


_COUNTED: Mapping[DayCount, Callable[[Row, Row], Row]] = {
    "actual/365": _actual(365.0),
    "actual/360": _actual(360.0),
    "actual/365.25": _actual(365.25),
    "30/360": _bond_basis,
}
