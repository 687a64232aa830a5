"""The rights of a class fit the rows and the calendar of their document, and a redemption counts from a date."""

import pytest

from tests.companies import STEADY, steady
from tests.scenario.found import ROUND, one


def right(day: str, key: str = "at") -> str:
    terms = f"{{{key}: {day}, return_per_year: 8%, compounding: simple, payer: company}}"
    return f"captable.classes.series_a.redemption={terms}"


@pytest.mark.parametrize("day", ["2025-12-31", "2029-01-02"])
@pytest.mark.parametrize("key", ["at", "listed_by"])
def test_a_right_outside_the_run_is_reported_once_however_many_take_it_over(day: str, key: str) -> None:
    assert one(STEADY, right(day, key), f"rounds=[{ROUND}]") == (
        f"captable.classes.series_a.redemption.{key}",
        f"{day} is outside the run, from 2026-01-01 to 2029-01-01",
    )


def test_a_right_of_a_round_itself_is_looked_at_too() -> None:
    terms = "redemption: {at: 2040-01-01, return_per_year: 8%, compounding: simple, payer: company}"
    place, _ = one(STEADY, f"rounds=[{ROUND.replace('seniority: 2', f'seniority: 2, {terms}')}]")
    assert place == "rounds[0].series.redemption.at"


def test_the_return_of_a_class_counts_from_its_issue() -> None:
    assert one(STEADY, right("2027-01-01"), "captable.classes.series_a.issued=null") == (
        "captable.classes.series_a",
        "the return of a redemption counts from the issue of the class, whose date is not known",
    )


def test_what_the_company_keeps_is_money() -> None:
    terms = "{at: 2027-01-01, return_per_year: 8%, compounding: simple, payer: company, cash_kept: 2 * burn}"
    place, message = one(STEADY, f"captable.classes.series_a.redemption={terms}")
    assert (place, message) == ("captable.classes.series_a.redemption.cash_kept", "expected USD, got USD/year")


def test_the_date_of_a_right_is_on_the_grid_and_later_series_take_it_over() -> None:
    scenario = steady(right("2027-05-05"), f"rounds=[{ROUND}]")
    assert list(scenario.redeemable) == ["series_a", "b"]
    assert "2027-05-05" in [step.date.isoformat() for step in scenario.steps]
