"""The input that is solved for, found by its path and written as the document writes it."""

import pytest

from tests.companies import LIVELY, lively
from valsim.analysis.solving.unknown import Unknown, UnknownError
from valsim.scenario.load import parse_document

OWN = ("rounds.series_b.closings.first.new_money={value: $50M, note: Assumption.}", "company.debt=0.5B USD")
DOCUMENT, SCENARIO = parse_document(LIVELY, "test.yaml", OWN), lively(*OWN)
WHEN = "rounds.series_b.closings.milestone.when"


def read(path: str) -> Unknown:
    return Unknown.read(path, DOCUMENT, SCENARIO)


@pytest.mark.parametrize(
    ("path", "start", "setting"),
    [
        ("positions.me.price_per_share", 3.0, "positions.me.price_per_share=3 USD"),
        ("rounds.series_b.closings.first.new_money", 50.0, "rounds.series_b.closings.first.new_money=$50M"),
        ("rounds.series_b.option_pool", 12.0, "rounds.series_b.option_pool=12%"),
        ("company.debt", 0.5, "company.debt=0.5B USD"),
        ("captable.classes.series_a.seniority", 1.0, "captable.classes.series_a.seniority=1"),
        ("exits.ipo.hazard", 20.0, "exits.ipo.hazard=20% per year"),
        ("drivers.unit_cost.start", 2.0, "drivers.unit_cost.start=2 USD"),
        ("exits.ipo.lock_up", 180.0, "exits.ipo.lock_up=180 days"),
    ],
)
def test_a_number_keeps_the_unit_that_it_is_written_in(path, start, setting) -> None:
    unknown = read(path)
    assert (unknown.start, unknown.setting(unknown.start)) == (start, setting)


def test_a_number_that_is_taken_over_by_like_may_be_solved_for() -> None:
    unknown = read("rounds.series_b.series.liquidation_preference_multiple")
    assert unknown.setting(1.5) == "rounds.series_b.series.liquidation_preference_multiple=1.5"


def test_a_distribution_becomes_its_median() -> None:
    unknown = read("rounds.series_b.closings.first.post_money_valuation")
    assert unknown.setting(unknown.start) == "rounds.series_b.closings.first.post_money_valuation=385M USD"
    assert "uniform" in unknown.was


@pytest.mark.parametrize("quoted", ["", ":25M USD/year", ":arr >= 25M USD/year", ": 25M"])
def test_a_level_of_a_milestone_is_a_number_inside_its_formula(quoted) -> None:
    if quoted == ": 25M":
        with pytest.raises(UnknownError, match="which number"):
            read(WHEN + quoted)
        return
    unknown = read(WHEN + quoted)
    assert unknown.start == 25.0
    assert unknown.setting(31.5) == f"{WHEN}='arr >= 31.5M USD/year and audit'"


def test_a_number_that_stands_twice_is_told_apart_by_what_is_around_it() -> None:
    overrides = (
        f"{WHEN}=arr >= 25M USD/year and revenue_goal >= 25M USD/year",
        "drivers.revenue_goal={kind: formula, value: arr, unit: USD/year}",
    )
    document, scenario = parse_document(LIVELY, "test.yaml", overrides), lively(*overrides)
    with pytest.raises(UnknownError, match=r"which number of .* is meant, of 25M USD/year"):
        Unknown.read(f"{WHEN}:25M USD/year", document, scenario)
    unknown = Unknown.read(f"{WHEN}:revenue_goal >= 25M USD/year", document, scenario)
    assert unknown.setting(30) == f"{WHEN}='arr >= 25M USD/year and revenue_goal >= 30M USD/year'"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("positions.me.prize", "is no key of a scenario: known are fees, "),
        ("rounds.series_b.closings.first.pre_money_valuation", "nothing stands there"),
        ("positions.you.pay", "there is no 'you' in positions"),
        ("exits", "that is no number"),
        ("rounds.series_b.series.participation", "holds no number"),
        (f"{WHEN}:30M USD/year", "does not hold '30M USD/year'"),
        ("company.name", "holds no number"),
    ],
)
def test_what_is_no_number_is_refused(path, message) -> None:
    with pytest.raises(UnknownError, match=message):
        read(path)


def test_a_key_that_does_not_exist_is_refused_with_what_it_may_mean() -> None:
    with pytest.raises(UnknownError, match="is no key of a scenario: did you mean 'pre_money_valuation'"):
        read("rounds.series_b.closings.first.pre_money_value")


def test_a_day_is_no_number() -> None:
    with pytest.raises(UnknownError, match="holds no number, but a day: 2026-02-20"):
        read("rounds.series_b.closings.first.at")


def test_an_end_is_read_with_its_unit_or_in_that_of_the_document() -> None:
    unknown = read("rounds.series_b.closings.first.new_money")
    assert [unknown.number(text) for text in ("20", "20M USD", "0.02B USD", "$20M")] == [20.0] * 4
    with pytest.raises(UnknownError, match=r"expected a number such as \$50M, got 3 years"):
        unknown.number("3 years")
