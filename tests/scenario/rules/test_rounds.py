"""Rounds have names of their own, fit the calendar, and take what is committed to them."""

import pytest

from tests.companies import LIVELY, STEADY, lively, steady
from tests.scenario.found import CLOSING, ROUND, one, problems, warned

ME = "{kind: primary, pay: 35M USD, round: series_b, closing: first, fees: 0%, carry: 0%}"


def test_two_rounds_have_two_names() -> None:
    assert one(STEADY, f"rounds=[{ROUND}, {ROUND}]") == ("rounds[1].name", "a round above is called 'b' already")


def test_a_repeated_round_takes_the_names_of_its_repetitions() -> None:
    repeated, second = ROUND.replace("name: b,", "name: b, at_most: 2,"), ROUND.replace("name: b,", "name: b 2,")
    assert one(STEADY, f"rounds=[{repeated}, {second}]")[1] == "a round above is called 'b 2' already"


def test_a_round_is_not_called_as_a_class() -> None:
    message = "a class of the cap table is called 'series_a' already"
    assert one(STEADY, f"rounds=[{ROUND.replace('name: b,', 'name: series_a,')}]") == ("rounds[0].name", message)


def test_the_terms_of_the_new_shares_go_together() -> None:
    capped = ROUND.replace("seniority: 2", "seniority: 2, participation: capped")
    message = "participation: capped needs a participation_cap_multiple"
    assert one(STEADY, f"rounds=[{capped}]") == ("rounds[0].series.participation", message)


@pytest.mark.parametrize(
    ("when", "place"),
    [
        ("at: 2025-12-31", "at"),
        ("at: 2029-01-02", "at"),
        ("between: [2025-12-31, 2026-12-31]", "between[0]"),
        ("between: [2026-12-31, 2029-01-02]", "between[1]"),
    ],
)
def test_a_closing_outside_the_run_is_refused(when: str, place: str) -> None:
    found, message = one(STEADY, f"rounds=[{ROUND.replace('at: 2026-07-01', when)}]")
    assert found == f"rounds[0].closings[0].{place}"
    assert message.endswith("is outside the run, from 2026-01-01 to 2029-01-01")


def test_an_extended_run_is_longer() -> None:
    late = f"rounds=[{ROUND.replace('2026-07-01', '2029-12-31')}]"
    assert steady(late, "at_horizon={kind: extend, by: 1 year, discount: 0%}").end.isoformat() == "2030-01-01"


def test_a_top_up_needs_a_pool() -> None:
    assert one(STEADY, f"rounds=[{ROUND.replace('name: b,', 'name: b, option_pool: 10%,')}]") == (
        "rounds[0].option_pool",
        "the cap table has no class of kind option_pool to top up",
    )


@pytest.mark.parametrize(
    ("key", "written", "sentence"),
    [
        ("when", "revenue", "expected a condition, got USD/year"),
        ("probability", "revenue", "expected a plain number, got USD/year"),
        ("new_money", "revenue", "expected USD, got USD/year"),
        ("investors.Fund", "revenue", "expected USD, got USD/year"),
        ("post_money_valuation", "revenue", "expected USD, got USD/year"),
    ],
)
def test_a_formula_of_a_closing_has_the_unit_of_its_field(key: str, written: str, sentence: str) -> None:
    name, _, holder = key.partition(".")
    value = f"{{{holder}: {written}}}" if holder else written
    assert one(STEADY, f"rounds=[{ROUND}]", f"rounds[0].closings[0].{name}={value}") == (
        f"rounds[0].closings[0].{key}",
        sentence,
    )


def test_a_headline_price_is_money() -> None:
    closing = CLOSING.replace("post_money_valuation: 500M USD", "price: {of: revenue, discount: 0%}")
    assert one(STEADY, f"rounds=[{ROUND.replace(CLOSING, closing)}]") == (
        "rounds[0].closings[0].price.of",
        "expected USD, got USD/year",
    )


def test_a_closing_reports_so_many_conditions_one_by_one_and_no_more() -> None:
    conditions = [f"revenue > {i} USD/year" for i in range(15)]
    steady(f"rounds=[{ROUND}]", f"rounds[0].closings[0].when={' and '.join(conditions[:14])}")
    place, message = one(STEADY, f"rounds=[{ROUND}]", f"rounds[0].closings[0].when={' and '.join(conditions)}")
    assert (place, message) == (
        "rounds[0].closings[0].when",
        "at most 14 conditions are reported one by one, got 15",
    )


def test_named_investors_do_not_commit_more_than_a_closing_takes() -> None:
    named = ROUND.replace("new_money: 50M USD", "new_money: 50M USD, investors: {Fund: 30M USD, Bo: 20.5M USD}")
    assert one(STEADY, f"rounds=[{named}]") == (
        "rounds[0].closings[0].investors",
        "the named investors commit 50.5M USD, and the closing takes 50M USD",
    )
    steady(f"rounds=[{named.replace('20.5M', '20M')}]")


def test_a_buyer_does_not_pay_more_than_named_investors_leave() -> None:
    assert one(LIVELY, f"positions.me={ME}") == (
        "positions.me.pay",
        "investors and buyers commit 55M USD to series_b / first, which takes 50M USD",
    )
    lively(f"positions.me={ME.replace('35M', '30M')}")


def test_a_commitment_that_is_drawn_is_left_to_the_run() -> None:
    drawn = "{family: uniform, low: 40M USD, high: 60M USD}"
    assert lively(f"positions.me={ME}", f"rounds[0].closings[0].new_money={drawn}").tranches[0].buyers.keys() == {"me"}


def test_a_buyer_is_no_named_investor_of_the_same_closing() -> None:
    place, message = one(LIVELY, "positions={Fund: " + ME.replace("35M", "5M") + "}")
    assert (place, message) == ("positions.Fund.closing", "'Fund' is an investor of the closing already")


def test_a_purchase_names_a_closing_that_exists() -> None:
    (problem,) = problems(LIVELY, f"positions.me={ME.replace('first', 'last')}")
    assert (problem.place, problem.message) == ("positions.me.closing", "no closing 'last' of a round 'series_b'")
    assert "series_b / milestone" in problem.help


@pytest.mark.parametrize(
    ("override", "place", "sentence"),
    [
        ("series=series_z", "series", "no class 'series_z' in the cap table"),
        ("seller=Nobody", "seller", "no holder 'Nobody'"),
        ("at=2035-01-01", "at", "2035-01-01 is outside the run, from 2026-01-01 to 2030-01-01"),
    ],
)
def test_a_secondary_names_what_exists(override: str, place: str, sentence: str) -> None:
    assert one(LIVELY, f"positions.me.{override}") == (f"positions.me.{place}", sentence)


def test_a_repeated_round_is_not_called_as_another_one() -> None:
    repeated = ROUND.replace("name: b,", "name: b, at_most: 2,")
    assert one(STEADY, f"rounds=[{ROUND}, {repeated}]") == ("rounds[1].name", "a round above is called 'b' already")


@pytest.mark.parametrize(
    ("at", "last", "more", "early"),
    [
        ("2026-08-02", "2026-08-01", "", True),
        ("2026-08-01", "2026-08-01", "", False),
        ("2026-09-15", "2026-08-01", ", cure_period: 60 days", False),
        ("2026-10-15", "2026-08-01", ", cure_period: 60 days", True),
    ],
)
def test_a_closing_does_not_wait_for_a_signal_of_a_later_day(at: str, last: str, more: str, early: bool) -> None:
    gate = f"when: audit, between: [2026-07-01, {last}]{more}"
    waiting = ROUND.replace("at: 2026-07-01", gate)
    found = warned(STEADY, f"signals={{audit: {{at: {at}, probability: 50%}}}}", f"rounds=[{waiting}]")
    assert ("rounds[0].closings[0].when" in found) == early


def test_what_is_believed_of_a_later_signal_may_decide() -> None:
    waiting = ROUND.replace("at: 2026-07-01", "when: audit.belief >= 40%, between: [2026-07-01, 2026-08-01]")
    signal = "signals={audit: {at: 2027-01-01, probability: 50%}}"
    assert "rounds[0].closings[0].when" not in warned(STEADY, signal, f"rounds=[{waiting}]")
