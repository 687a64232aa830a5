"""The enterprise-software template: its figures are sensible, and what drives the company moves it as it should."""

import pytest

from tests.templates.playing import growth, left, middle, played, value

NAME = "enterprise_software"


@pytest.fixture(scope="module")
def base():
    return played(NAME)


def test_growth_and_what_is_left_of_it_a_year_later_are_those_of_software_companies(base) -> None:
    rates = growth(base, "arr", 4)
    assert 0.3 < rates[0] < 0.6
    assert all(0.6 < each < 0.95 for each in left(rates))


def test_the_gross_margin_is_that_of_software(base) -> None:
    assert 0.7 < middle(base, "gross_margin", 3) < 0.8


def test_burn_over_the_revenue_that_it_adds_is_near_that_of_others_of_its_size(base) -> None:
    burnt = 40e6 - middle(base, "cash", 1)
    assert 0.8 < burnt / (middle(base, "arr", 1) - 20e6) < 1.8


def test_some_companies_list_more_are_bought_and_some_fail() -> None:
    whole = played(NAME, "horizon=8 years")
    shares = {way: float((whole.outcomes["exit",] == code).mean()) for code, way in enumerate(whole.scenario.exits)}
    assert 0.03 < shares["ipo"] < shares["acquisition"] < 0.5
    assert 0.03 < shares["wind_down"] < 0.3


@pytest.mark.parametrize(
    ("change", "grows"),
    [
        ("drivers.productivity.mean=0.4M USD/year/employee/year", True),
        ("drivers.arr.net_retention=115%", True),
        ("drivers.seller_turnover.value=60% per year", False),
        ("risks.frozen_budgets.probability_per_year=90%", False),
    ],
)
def test_what_sells_and_keeps_moves_recurring_revenue_and_value(base, change: str, grows: bool) -> None:
    other = played(NAME, change)
    assert (middle(other, "arr", 4) > 1.03 * middle(base, "arr", 4)) is grows
    assert (middle(other, "arr", 4) < 0.97 * middle(base, "arr", 4)) is not grows
    assert (value(other) > value(base)) is grows


def test_a_company_that_is_short_of_cash_hires_fewer() -> None:
    poor, rich = (played(NAME, f"company.cash={cash}", "rounds=[]") for cash in ("12M USD", "80M USD"))
    assert middle(poor, "hiring", 1) < 0.8 * middle(rich, "hiring", 1)
