"""Dates of a document."""

from datetime import date

import pytest
from pydantic import ValidationError

from valsim.core.block import Block
from valsim.core.day import Day


class Event(Block):
    """Holds a date."""

    at: Day


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-02-20", date(2026, 2, 20)), ("2026-02", date(2026, 2, 1)), ("2026-Q3", date(2026, 7, 1))],
)
def test_a_month_or_quarter_means_its_first_day(text: str, day: date) -> None:
    assert Event.model_validate({"at": text}).at == day


@pytest.mark.parametrize("value", ["soon", "2026-02-30", 2026, None, "20/02/2026"])
def test_what_is_no_date_says_how_one_is_written(value: object) -> None:
    with pytest.raises(ValidationError, match="expected a date such as 2026-02-20, got"):
        Event.model_validate({"at": value})
