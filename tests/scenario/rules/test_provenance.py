"""Every number is in the currency of the scenario, and every source is listed and was published by then."""

from tests.companies import STEADY
from tests.scenario.found import ROUND, one, problems, warned


def test_an_amount_in_another_currency_says_what_to_do_and_where_in_a_list_it_stands() -> None:
    (problem,) = problems(STEADY, f"rounds=[{ROUND.replace('50M USD', '50M EUR')}]")
    assert problem.place == "rounds[0].closings[0].new_money"
    assert problem.message == "amounts are in USD, got '50M EUR'"
    assert problem.help == "convert EUR at a dated rate and say so in a note"


def test_a_currency_that_no_amount_is_in_is_told_once_and_where_it_stands() -> None:
    (problem,) = problems(STEADY, "currency=EUR")
    assert problem.place == "currency"
    assert problem.message == "the file says EUR, and every amount in it is in USD"
    assert problem.help == "write currency: USD, or convert all amounts into EUR, those in formulas too"


def test_other_problems_are_told_beside_a_currency_that_no_amount_is_in() -> None:
    found = {problem.place for problem in problems(STEADY, "currency=EUR", "cash_flow=revenue * 2 years")}
    assert found == {"currency", "cash_flow"}


def test_one_amount_in_the_currency_is_enough_to_ask_for_the_others() -> None:
    found = problems(STEADY, "currency=EUR", "company.cash=10M EUR")
    assert "company.cash" not in {problem.place for problem in found}
    assert {"amounts are in EUR, got '0 USD'"} <= {problem.message for problem in found}


def test_a_price_in_another_currency_is_found_in_a_ratio_too() -> None:
    drivers = "drivers.per_dollar={kind: constant, value: 5 users/EUR}"
    assert one(STEADY, drivers) == ("drivers.per_dollar.value", "amounts are in USD, got '5 users/EUR'")


def test_a_source_that_is_not_listed_suggests_the_nearest() -> None:
    listed = "sources={filing: {title: A filing, date: 2025-12-01}}"
    (problem,) = problems(STEADY, listed, "company.cash={value: 10M USD, source: filling}")
    assert (problem.place, problem.message) == ("company.cash.source", "no source 'filling'")
    assert problem.help == "did you mean 'filing'?"


def test_a_source_dated_after_the_scenario_may_be_hindsight_in_a_reading_of_a_conflict_too() -> None:
    listed = "sources={early: {title: Early, date: 2026-01-01}, late: {title: Late, date: 2026-01-02}}"
    readings = "{value: 9M USD, source: early, weight: 50%}, {value: 11M USD, source: late, weight: 50%}"
    assert warned(STEADY, listed, f"company.cash={{conflict: [{readings}]}}") == {
        "company.cash.conflict[1].source": "the source 'late' is dated 2026-01-02, after the document's 2026-01-01"
    }


def test_numbers_of_two_rounds_of_one_name_are_found_where_they_stand() -> None:
    first, second = ROUND, ROUND.replace("name: only", "name: other").replace("50M USD", "50M EUR")
    places = [problem.place for problem in problems(STEADY, f"rounds=[{first}, {second}]")]
    assert places == ["rounds[1].closings[0].new_money", "rounds[1].name"]


def test_a_figure_of_the_package_is_a_source() -> None:
    assert warned(STEADY, "company.cash={value: 10M USD, source: fact:fin.dilution}") == {}


def test_a_figure_that_is_not_known_suggests_the_nearest() -> None:
    (problem,) = problems(STEADY, "company.cash={value: 10M USD, source: fact:fin.dilutions}")
    assert (problem.place, problem.message) == ("company.cash.source", "no figure 'fact:fin.dilutions' is known")
    assert problem.help.startswith("did you mean fact:fin.dilution")


def test_a_figure_that_is_only_recalled_is_no_source() -> None:
    assert warned(STEADY, "company.cash={value: 10M USD, source: fact:vol.ks_beta}") == {
        "company.cash.source": "'fact:vol.ks_beta' is recalled, not verified: it is no fact, and its number counts as an assumption"
    }


def test_a_figure_published_after_the_scenario_may_be_hindsight() -> None:
    assert warned(STEADY, "company.cash={value: 10M USD, source: fact:mm.fin}") == {
        "company.cash.source": "'fact:mm.fin' was published by 2026-03-26, after the document's 2026-01-01"
    }


def test_a_source_like_none_that_is_listed_is_to_be_described() -> None:
    (problem,) = problems(STEADY, "company.cash={value: 10M USD, source: filing}")
    assert problem.help == "describe it: sources: {filing: {title: ..., publisher: ..., date: ...}}"
