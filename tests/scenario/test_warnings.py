"""What is legal but suspicious is told with its place, and the document is loaded all the same."""

import pytest

from tests.companies import LIVELY, STEADY
from tests.scenario.found import CLOSING, ROUND, warned

LATER = "{name: later, at: 2026-12-31, new_money: 40M USD"


@pytest.mark.parametrize("text", [STEADY, LIVELY])
def test_the_sample_documents_are_not_suspicious(text: str) -> None:
    assert warned(text) == {}


def test_bounds_that_move_a_stated_quantile_far_are_suspicious() -> None:
    cut = "company.cash={family: lognormal, p10: 2.5M USD, p90: 12M USD, at_most: 5M USD}"
    said = "the bounds cut far into the distribution: p90 is 4.67M USD within the bounds, not 12M USD as stated"
    assert warned(STEADY, cut) == {"company.cash": said}


def closings(*further: str) -> str:
    return f"rounds=[{ROUND.replace(CLOSING, ', '.join([CLOSING, *further]))}]"


@pytest.mark.parametrize(
    ("price", "worth", "drawn"),
    [
        ("pre_money_valuation: 499M USD", "499M USD", ""),
        ("post_money_valuation: 539M USD", "499M USD", ""),
        ("pre_money_valuation: {family: uniform, low: 300M USD, high: 600M USD}", "450M USD", " (medians)"),
    ],
)
def test_a_closing_priced_below_the_value_after_an_earlier_one_is_a_step_down(
    price: str, worth: str, drawn: str
) -> None:
    key = price.partition(":")[0]
    assert warned(STEADY, closings(f"{LATER}, {price}}}")) == {
        f"rounds[0].closings[1].{key}": (
            f"a step down: {worth} before the money, after 500M USD at the closing 'only'{drawn}"
        )
    }


@pytest.mark.parametrize(
    "price",
    ["pre_money_valuation: 500M USD", "post_money_valuation: 540M USD", "price: {of: equity_value, discount: 50%}"],
)
def test_a_price_that_holds_or_follows_the_path_is_no_step_down(price: str) -> None:
    assert warned(STEADY, closings(f"{LATER}, {price}}}")) == {}


def test_a_closing_at_the_price_of_the_round_is_passed_over_and_the_next_one_compared() -> None:
    unpriced, cheaper = f"{LATER}}}", f"{LATER.replace('later', 'last')}, pre_money_valuation: 400M USD}}"
    assert list(warned(STEADY, closings(unpriced, cheaper))) == ["rounds[0].closings[2].pre_money_valuation"]


@pytest.mark.parametrize(
    ("multiple", "left"),
    [
        ("{kind: constant, value: 26}", "26x"),
        ("{kind: geometric_brownian, start: 30, growth: -10%, volatility: 0}", "21.9x"),
        ("{kind: mean_reverting, start: 40, mean: 20, half_life: 3 months, volatility: 0}", "20x"),
        ("{kind: mean_reverting, start: 40, mean: 5, half_life: 9 years, volatility: 0}", "26x"),
    ],
)
def test_a_hot_multiple_that_never_cools_is_suspicious(multiple: str, left: str) -> None:
    (sentence,) = warned(STEADY, f"valuation.multiple={multiple}").values()
    assert sentence.endswith(f"is hot, and after 3 years its median is still {left}")


@pytest.mark.parametrize(
    "multiple",
    [
        "{kind: constant, value: 25}",
        "{kind: geometric_brownian, start: 30, growth: -20%, volatility: 0}",
        "{kind: mean_reverting, start: 40, mean: 10, half_life: 1 year, volatility: 0}",
    ],
)
def test_a_multiple_that_is_not_hot_or_cools_is_not(multiple: str) -> None:
    assert warned(STEADY, f"valuation.multiple={multiple}") == {}


def test_a_source_that_no_number_cites_is_suspicious() -> None:
    listed = "sources={used: {title: A, date: 2025-12-01}, idle: {title: B, date: 2025-12-01}}"
    readings = "{value: 9M USD, source: used, weight: 50%}, {value: 11M USD, source: used, weight: 50%}"
    assert warned(STEADY, listed, f"company.cash={{conflict: [{readings}]}}") == {
        "sources.idle": "no number cites the source 'idle'"
    }


def test_a_driver_that_no_formula_reads_is_suspicious_unless_it_is_a_formula_itself() -> None:
    seen = "drivers.margin={kind: formula, value: revenue * 30%, unit: USD/year}"
    assert warned(STEADY, "drivers.idle={kind: constant, value: 5}", seen) == {
        "drivers.idle": "no formula reads the driver 'idle'"
    }


@pytest.mark.parametrize("reader", ["rounds[0].closings[1].when=idle > 3", "exits.ipo.when=idle.start > 3"])
def test_a_driver_that_a_condition_reads_is_in_use(reader: str) -> None:
    assert warned(LIVELY, "drivers.idle={kind: constant, value: 5}", reader.replace("idle.start", "idle.value")) == {}


def test_what_is_dated_after_the_horizon_of_an_extended_run_is_suspicious() -> None:
    longer = "at_horizon={kind: extend, by: 2 years, discount: 0%}"
    assert warned(LIVELY, longer, "positions.me.at=2031-01-01") == {
        "positions.me.at": "2031-01-01 is after the horizon, 2030-01-01"
    }


@pytest.mark.parametrize(
    ("kind", "ceiling"), [("logistic_growth", "capacity"), ("decaying_growth", "persistence: 80%, market_size")]
)
def test_a_level_that_starts_above_its_ceiling_is_suspicious(kind: str, ceiling: str) -> None:
    driver = (
        f"drivers.revenue={{kind: {kind}, start: 100M USD/year, growth: 50%, volatility: 0, {ceiling}: 50M USD/year}}"
    )
    key = ceiling.rpartition(" ")[2]
    assert warned(STEADY, driver) == {
        f"drivers.revenue.{key}": (
            f"the level starts at 100M USD/year, above its {key} of 50M USD/year, and falls towards it"
        )
    }


def test_a_correlation_of_a_known_number_is_suspicious() -> None:
    assert warned(LIVELY, "correlations.parameters=[[arr.persistence, arr.growth, 0.2]]") == {
        "correlations.parameters[0]": "'arr.persistence' is one known number: its correlation changes nothing"
    }
