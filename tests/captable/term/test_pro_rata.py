"""A pro-rata right as a document writes it, and what is refused."""

import pytest

from tests.companies import STEADY, steady
from tests.scenario.found import ROUND, one


def right(terms: str) -> str:
    return f"captable.classes.series_a.pro_rata={{{terms}}}"


def test_the_base_is_named_and_so_is_how_likely_holders_follow() -> None:
    for terms, missing in (("probability: 100%", "base"), ("base: preferred", "probability")):
        place, message = one(STEADY, right(terms))
        assert (place, message) == (f"captable.classes.series_a.pro_rata.{missing}", "required, but not given")


def test_an_unknown_base_is_told_those_there_are() -> None:
    _, message = one(STEADY, right("base: shares, probability: 100%"))
    assert message == "expected one of 'fully_diluted', 'outstanding' or 'preferred', got 'shares'"


@pytest.mark.parametrize(
    ("terms", "place", "message"),
    [
        ("probability: equity_value", "probability", "expected a plain number, got USD"),
        ("probability: 100%, when: equity_value", "when", "expected a condition, got USD"),
    ],
)
def test_formulas_are_checked_once_however_many_classes_take_the_right_over(
    terms: str, place: str, message: str
) -> None:
    found = one(STEADY, right(f"base: preferred, {terms}"), f"rounds=[{ROUND}]")
    assert found == (f"captable.classes.series_a.pro_rata.{place}", message)


def test_the_series_of_a_round_take_the_right_over() -> None:
    scenario = steady(right("base: preferred, probability: 100%"), f"rounds=[{ROUND}]")
    assert scenario.rounds[0].series.pro_rata == scenario.captable.classes["series_a"].pro_rata


def test_a_position_that_says_how_it_follows_says_a_chance() -> None:
    me = (
        "positions={me: {kind: secondary, pay: 4M USD, series: series_a, seller: Fund, price_per_share: 4 USD, "
        "at: 2026-03-31, fees: 2%, carry: 20%, transfer_consent_probability: 100%, takes_pro_rata: cash}}"
    )
    assert one(STEADY, me) == ("positions.me.takes_pro_rata", "expected a plain number, got USD")
