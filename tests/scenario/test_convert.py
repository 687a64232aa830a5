"""Amounts in another currency: converted on load where nothing moves the rate, by drivers where one does."""

import numpy as np
import pytest

from tests.companies import STEADY, steady
from tests.scenario.found import ROUND, one, problems, warned
from valsim.scenario.convert import in_its_currency
from valsim.scenario.load import parse_document, scenario_of

STILL = "exchange_rates={CNY: {rate: 0.125 USD/CNY, date: 2025-12-31, moves: none}}"
MOVED = "exchange_rates={CNY: {rate: 0.125 USD/CNY, date: 2025-12-31, moves: usd_per_cny, cash_held: 40%}}"
RATE = "drivers.usd_per_cny={kind: geometric_brownian, start: 0.125 USD/CNY, growth: 0%, volatility: 8%}"
SALES = "drivers.sales={kind: constant, value: 800M CNY/year}"
REVENUE = "drivers.revenue={kind: formula, value: sales * usd_per_cny, unit: USD/year}"


def test_money_is_converted_at_the_dated_rate_and_says_so() -> None:
    cash = steady("company.cash=80M CNY", STILL).company.cash
    assert (cash.middle, str(cash.unit)) == (10e6, "USD")
    assert cash.given == "80M CNY (at 0.125 USD/CNY of 2025-12-31)"


def test_a_rate_may_be_written_either_way_round() -> None:
    assert steady("company.cash=80M CNY", STILL.replace("0.125 USD/CNY", "8 CNY/USD")).company.cash.middle == 10e6


def test_without_a_driver_all_amounts_are_converted_prices_per_amount_too() -> None:
    scenario = steady(
        STILL,
        SALES,
        "drivers.per={kind: constant, value: 4 users/CNY}",
        f"rounds=[{ROUND.replace('50M USD', '400M CNY')}]",
    )
    assert (scenario.drivers["sales"].value.middle, str(scenario.drivers["sales"].level_unit)) == (100e6, "USD/year")
    assert (scenario.drivers["per"].value.middle, str(scenario.drivers["per"].level_unit)) == (32.0, "user/USD")
    assert scenario.rounds[0].closings[0].new_money.middle == 50e6


def test_a_driver_keeps_its_currency_where_a_driver_moves_the_rate() -> None:
    scenario = steady(MOVED, SALES, RATE, REVENUE, "company.cash=80M CNY")
    assert str(scenario.drivers["sales"].level_unit) == "CNY/year"
    assert scenario.company.cash.middle == 10e6


def test_a_distribution_is_converted_draw_by_draw() -> None:
    wide = "company.cash={family: lognormal, p10: 40M CNY, p90: 160M CNY, at_most: 400M CNY}"
    cash, there = steady(wide, STILL).company.cash, np.linspace(0.01, 0.99, 25)
    stated = steady(wide.replace("CNY", "USD")).company.cash
    assert cash.at(there) == pytest.approx(0.125 * stated.at(there), rel=1e-14)
    assert cash.distribution.support() == (0.0, 50e6)
    assert cash.distribution.probability(cash.at(there)) == pytest.approx(there)


def test_a_conflict_of_two_currencies_sources_is_converted_as_a_whole() -> None:
    readings = "{value: 80M CNY, source: a, weight: 50%}, {value: 160M CNY, source: a, weight: 50%}"
    sources = "sources={a: {title: A, date: 2025-12-01}}"
    cash = steady(sources, f"company.cash={{conflict: [{readings}]}}", STILL).company.cash
    assert cash.at(np.array([0.25, 0.75])).tolist() == [10e6, 20e6]


def test_a_document_without_rates_is_left_as_it_is_and_converting_twice_is_converting_once() -> None:
    scenario = steady()
    assert in_its_currency(scenario) is scenario
    once = steady("company.cash=80M CNY", STILL)
    assert in_its_currency(once).company.cash == once.company.cash


def test_two_currencies_are_converted_each_at_its_own_rate() -> None:
    rates = STILL.replace("}}", "}, HKD: {rate: 8 HKD/USD, date: 2026-01-01, moves: none}}")
    scenario = steady(rates, "company.cash=80M CNY", "company.debt=16M HKD")
    assert (scenario.company.cash.middle, scenario.company.debt.middle) == (10e6, 2e6)


def test_a_currency_without_a_rate_stays_a_slip() -> None:
    (problem,) = problems(STEADY, "company.cash=80M EUR", STILL)
    assert problem.message == "amounts are in USD, got '80M EUR'"


def test_an_amount_that_a_driver_would_have_to_convert_says_by_what_to_multiply() -> None:
    (problem,) = problems(STEADY, MOVED, SALES, RATE, REVENUE.replace("sales * usd_per_cny", "sales"))
    assert (problem.place, problem.message) == ("drivers.revenue.value", "expected USD/year, got CNY/year")
    assert problem.help == "multiply CNY/year by an exchange rate in USD/CNY"
    (problem,) = problems(STEADY, MOVED, SALES, RATE, REVENUE, "cash_flow=revenue - sales")
    assert problem.help == "multiply CNY/year by an exchange rate in USD/CNY"


@pytest.mark.parametrize(
    ("rates", "place", "message"),
    [
        (
            "CNY: {rate: 0.125 USD/EUR, date: 2025-12-31, moves: none}",
            "CNY.rate",
            "expected USD/CNY or CNY/USD, got '0.125 USD/EUR'",
        ),
        (
            "CNY: {rate: 0.125, date: 2025-12-31, moves: none}",
            "CNY.rate",
            "expected an exchange rate such as 0.14 USD/CNY, got '0.125'",
        ),
        (
            "CNY: {rate: {family: uniform, low: 0.1 USD/CNY, high: 0.2 USD/CNY}, date: 2025-12-31, moves: none}",
            "CNY.rate",
            "expected one rate, got a distribution: 'uniform low 0.1 USD/CNY high 0.2 USD/CNY'",
        ),
        ("USD: {rate: 0.125 USD/CNY, date: 2025-12-31, moves: none}", "USD", "USD is the currency of the document"),
        (
            "yuan: {rate: 0.125 USD/CNY, date: 2025-12-31, moves: none}",
            "yuan",
            "expected a currency code such as CNY, got 'yuan'",
        ),
        (
            "CNY: {rate: 0.125 USD/CNY, date: 2025-12-31, moves: usd_per_yuan, cash_held: 0%}",
            "CNY.moves",
            "expected none, or a driver in USD/CNY; there is no driver 'usd_per_yuan'",
        ),
        (
            "CNY: {rate: 0.125 USD/CNY, date: 2025-12-31, moves: revenue, cash_held: 0%}",
            "CNY.moves",
            "expected none, or a driver in USD/CNY; 'revenue' is in USD/year",
        ),
        (
            "CNY: {rate: 0.125 USD/CNY, date: 2025-12-31, moves: usd_per_cny}",
            "CNY",
            "the document does not say which part of cash is held in the currency",
        ),
        (
            "CNY: {rate: 0.125 USD/CNY, date: 2025-12-31, moves: none, cash_held: 10%}",
            "CNY.cash_held",
            "nothing moves the rate, so that cash is never revalued",
        ),
    ],
)
def test_rates_that_cannot_be_are_explained(rates: str, place: str, message: str) -> None:
    driver = [RATE] if "usd_per_cny" in rates else []
    assert one(STEADY, f"exchange_rates={{{rates}}}", *driver) == (f"exchange_rates.{place}", message)


def test_a_rate_dated_after_the_scenario_may_be_hindsight() -> None:
    told = warned(STEADY, STILL.replace("2025-12-31", "2026-02-01"))
    assert told["exchange_rates.CNY.date"] == "the rate is dated 2026-02-01, after the document's 2026-01-01"


def test_a_rate_cites_its_source_as_any_number_does() -> None:
    cited = STILL.replace("rate: 0.125 USD/CNY", "rate: {value: 0.125 USD/CNY, source: bank}")
    assert one(STEADY, cited) == ("exchange_rates.CNY.rate.source", "no source 'bank'")


def test_a_whole_document_in_another_currency_is_legal_with_a_rate_and_a_slip_without() -> None:
    text = (
        STEADY.replace("revenue * 0", "10% of revenue - 8M USD/year")
        .replace("USD", "CNY")
        .replace("currency: CNY", "currency: USD")
    )
    scenario = scenario_of(parse_document(text, "test.yaml", [STILL]))
    assert scenario.company.cash.middle == 1.25e6
    assert scenario.cash_flow({"revenue": np.float64(12.5e6)}) == 0.25e6
    assert str(scenario.drivers["revenue"].level_unit) == "USD/year"
    assert one(text) == ("currency", "the file says USD, and every amount in it is in CNY")
