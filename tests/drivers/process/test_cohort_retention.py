"""What is sold is kept at the stated retention, by age where the first year differs, whatever the steps."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.drivers.process.playing import STEPS, later, process, standard_errors, still
from tests.drivers.process.test_process import problems
from valsim.drivers.process import Process

ARR = {
    "kind": "cohort_retention", "start": "40M USD/year", "new": "sales", "gross_retention": "80%",
    "net_retention": "90%", "volatility": "0",
}  # fmt: skip
FIRST = {"gross_retention": "40%", "net_retention": "50%", "part_of_start": "30%"}
BY_AGE = {**ARR, "first_year": FIRST}
SALES = {"sales": np.asarray(12e6)}
NO_SALES = {"sales": np.asarray(0.0)}


def begun(given: dict[str, object]) -> Process:
    return process(given).begun(date(2026, 1, 1))


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_without_sales_what_is_left_after_a_year_is_the_net_retention(lengths: list[float]) -> None:
    assert still(begun(ARR), lengths, NO_SALES) == pytest.approx(40e6 * 0.9, rel=1e-12)


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_steady_sales_add_what_is_left_of_each_day_of_them(lengths: list[float]) -> None:
    # dS = 12M dt + log(0.9) S dt
    expected = 40e6 * 0.9 + 12e6 * (1 - 0.9) / -np.log(0.9)
    assert still(begun(ARR), lengths, SALES) == pytest.approx(expected, rel=1e-12)


def test_with_a_net_retention_of_one_nothing_is_lost_on_balance() -> None:
    full = {**ARR, "gross_retention": "100%", "net_retention": "100%"}
    assert still(begun(full), [0.5, 0.5], SALES) == pytest.approx(52e6, rel=1e-12)


def test_without_a_net_retention_customers_add_nothing() -> None:
    users = begun({key: value for key, value in ARR.items() if key != "net_retention"})
    assert still(users, [1.0], NO_SALES) == pytest.approx(40e6 * 0.8, rel=1e-12)
    assert float(users.expanded) == 0.0


def test_what_was_sold_is_kept_as_in_the_cohort_table_of_an_analyst() -> None:
    # All of the level was sold a moment ago: half is left after its first year, then 90 % of that, and so on.
    day = {**BY_AGE, "start": "1 USD/year", "first_year": {**FIRST, "part_of_start": "0%"}}
    sold = begun(day).advance(1e-9, np.zeros(()), {"sales": np.asarray(1e18)})
    table = [still(sold, [1.0] * years, NO_SALES) / float(sold.start) for years in (1, 2, 5)]
    assert table == pytest.approx([0.5, 0.5 * 0.9, 0.5 * 0.9**4], rel=1e-7)


@pytest.mark.parametrize("lengths", [*STEPS.values(), [0.3] * 11 + [0.7], [2.5, 1.5]])
def test_with_cohorts_by_age_the_level_is_that_of_one_integral_whatever_the_steps(lengths: list[float]) -> None:
    years = sum(lengths)
    ages = (np.arange(400_000) + 0.5) / 400_000
    curve = lambda age: np.where(age < 1, 0.5**age, 0.5 * 0.9 ** (age - 1))  # noqa: E731 - what is left by age
    density = 0.5**ages / np.mean(0.5**ages)  # sold evenly over the year before
    old, young = 28e6 * 0.9**years, 12e6 * np.mean(density * curve(ages + years) / curve(ages))
    sold = 12e6 * years * np.mean(curve(ages * years))
    assert still(begun(BY_AGE), lengths, SALES) == pytest.approx(old + young + sold, rel=1e-10)


def test_with_steady_sales_the_level_tends_to_what_is_left_of_all_of_them() -> None:
    limit = 12e6 * ((1 - 0.5) / -np.log(0.5) + 0.5 / -np.log(0.9))
    assert still(begun(BY_AGE), [0.25] * 800, SALES) == pytest.approx(limit, rel=1e-7)


def test_a_first_year_like_every_other_changes_nothing() -> None:
    same = {**ARR, "first_year": {"gross_retention": "80%", "net_retention": "90%", "part_of_start": "30%"}}
    for lengths in STEPS.values():
        assert still(begun(same), lengths, SALES) == pytest.approx(still(begun(ARR), lengths, SALES), rel=1e-12)


@pytest.mark.parametrize("given", [ARR, BY_AGE], ids=["alike", "by age"])
def test_the_level_rises_by_what_is_sold_and_added_less_what_is_lost(given: dict[str, object]) -> None:
    now = begun(given).advance(0.4, np.zeros(()), SALES)
    rise = (still(now, [1e-5], SALES) - float(now.start)) / 1e-5
    assert rise == pytest.approx(12e6 - float(now.churned) + float(now.expanded), rel=1e-4)


def test_what_is_lost_and_added_is_told_in_a_number_a_year() -> None:
    assert float(begun(ARR).churned) == pytest.approx(-np.log(0.8) * 40e6)
    assert float(begun(ARR).expanded) == pytest.approx(np.log(0.9 / 0.8) * 40e6)
    assert float(begun(BY_AGE).churned) == pytest.approx(-np.log(0.8) * 28e6 - np.log(0.4) * 12e6)
    assert {name: str(unit) for name, unit in Process.choose(ARR).readings.items()} == {
        "churned": "USD/year^2",
        "expanded": "USD/year^2",
    }


def test_where_net_retention_is_drawn_below_the_gross_one_as_much_is_lost_as_it_says() -> None:
    low = begun({**ARR, "gross_retention": "95%"})
    assert (float(low.churned), float(low.expanded)) == (pytest.approx(-np.log(0.9) * 40e6), 0.0)


@pytest.mark.parametrize("lengths", STEPS.values(), ids=STEPS)
def test_shocks_leave_the_mean_where_it_is_within_four_standard_errors(lengths: list[float]) -> None:
    shaken = later(begun({**BY_AGE, "volatility": "20%"}), lengths, SALES).level({})
    assert standard_errors(shaken, still(begun(BY_AGE), lengths, SALES)) < 4


@given(st.floats(0, 1e12), st.floats(1e-6, 3.0), st.floats(0.01, 1.0))
def test_no_level_falls_below_zero_and_no_cohort_is_lost(sales: float, dt: float, kept: float) -> None:
    terms = {**BY_AGE, "first_year": {**FIRST, "gross_retention": 0.01, "net_retention": kept}}
    after = begun(terms).advance(dt, np.zeros(()), {"sales": np.asarray(sales)})
    assert float(after.start) > 0
    assert 0 <= sum(float(each.part) for each in after._young) <= 1 + 1e-12


def test_a_formula_of_sales_below_zero_sells_nothing() -> None:
    assert still(begun(ARR), [1.0], {"sales": np.asarray(-9e9)}) == pytest.approx(36e6)


def test_sales_are_asked_for_in_its_unit_per_year_and_read() -> None:
    assert problems(ARR) == [(("new",), "sales in USD/year^2")]
    assert process(ARR).reads == {"sales"}


def contradictions(**given: object) -> list[tuple[object, str, str]]:
    found = Process.choose({**ARR, **given}).problems(NO_FORMULAS)
    return [(problem.path, problem.severity, problem.message) for problem in found]


class NO_FORMULAS:  # noqa: N801 - it stands for a context
    formula = staticmethod(lambda *_: iter(()))


def test_a_net_retention_below_the_gross_one_is_an_error() -> None:
    message = "net retention is gross retention with what customers add, yet 70% is below 80%"
    assert contradictions(net_retention="70%") == [(("net_retention",), "error", message)]
    early = {**FIRST, "net_retention": "30%"}
    assert [path for path, *_ in contradictions(first_year=early)] == [("first_year", "net_retention")]


def test_one_that_may_be_drawn_below_it_is_a_warning_and_the_usual_ranges_are_neither() -> None:
    gross = {"family": "beta", "p10": "35%", "p90": "92%"}
    wide = {"family": "lognormal", "p10": "30%", "p90": "200%"}
    assert [severity for _, severity, _ in contradictions(gross_retention=gross, net_retention=wide)] == ["warning"]
    usual = {"family": "lognormal", "p10": "66%", "p90": "120%"}
    assert contradictions(gross_retention=gross, net_retention=usual) == []
