"""A schedule gives its values from their dates on, whatever the steps."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pytest
from pydantic import ValidationError

from tests.companies import STEADY, steady
from tests.core.parameter.known import KNOWN
from tests.drivers.process.playing import still
from tests.scenario.found import one
from valsim.core.parameter import at_medians, realise
from valsim.drivers.process import Process

START = date(2026, 1, 1)
BUDGET = {"2026-Q1": "10M USD/year", "2028-01-01": "40M USD/year"}
"""The second date is 730 days after the start."""
YEARS = 730 / 365.25


def schedule(between: str, values: Mapping[str, object] = BUDGET) -> Process:
    return realise(Process.choose({"kind": "schedule", "between": between, "values": values}), KNOWN).begun(START)


@pytest.mark.parametrize("lengths", [[1.0], [0.5, 0.5], [0.1] * 5 + [0.5], [0.0, 0.7, 0.0, 0.3]], ids=str)
@pytest.mark.parametrize(("between", "level"), [("step", 10e6), ("linear", 25e6), ("geometric", 20e6)])
def test_half_way_between_two_dates_the_level_follows_the_stated_choice(
    between: str, level: float, lengths: list[float]
) -> None:
    assert still(schedule(between), [YEARS / 2 * dt for dt in lengths]) == pytest.approx(level, rel=1e-12)


@pytest.mark.parametrize("between", ["step", "linear", "geometric"])
def test_a_value_holds_from_its_date_on_and_the_last_one_for_ever(between: str) -> None:
    planned = schedule(between)
    assert still(planned, []) == 10e6
    assert still(planned, [YEARS / 7] * 7) == pytest.approx(40e6, rel=1e-12)
    assert still(planned, [YEARS, 50.0]) == 40e6


def test_a_step_is_not_missed_by_the_rounding_of_many_small_ones() -> None:
    days = [1 / 365.25] * 730
    assert still(schedule("step"), days[:-1]) == 10e6
    assert still(schedule("step"), days) == 40e6


def test_the_order_in_the_document_does_not_matter_and_a_first_date_may_lie_before_the_start() -> None:
    values = {"2027-01-01": 3.0, "2025-01-01": 1.0}
    assert still(schedule("linear", values), []) == pytest.approx(2.0)
    assert still(schedule("step", values), []) == 1.0


def test_each_value_may_be_a_distribution_with_draws_of_its_own() -> None:
    uncertain = {"family": "uniform", "low": "20M USD/year", "high": "40M USD/year"}
    revenue = "{kind: schedule, between: step, values: {2026-Q1: 100M USD/year, 2027-Q1: {family: uniform, low: 20M USD/year, high: 40M USD/year}}}"
    company = steady(f"drivers.revenue={revenue}")
    assert float(at_medians(company).opening.advance(1.1, {}, {}).levels({})["revenue"]) == 30e6
    assert (
        str(Process.choose({"kind": "schedule", "between": "step", "values": {"2026-01": uncertain}}).level_unit)
        == "USD/year"
    )


def test_rows_of_draws_pass_through() -> None:
    planned = schedule("geometric").but(values={"2026-01": np.array([1.0, 2.0]), "2028-01": np.array([4.0, 2.0])})
    halfway = planned.begun(START).advance(YEARS / 2, np.zeros(()), {})
    assert halfway.level({}) == pytest.approx([2.0, 2.0])


@pytest.mark.parametrize(
    ("body", "place", "message"),
    [
        ("between: step, values: {2026-Q2: 1 USD/year}", "drivers.revenue.values.2026-Q2", "the first value holds from 2026-04-01, and nothing before; the scenario starts on 2026-01-01"),
        ("between: step, values: {2026-Q1: 1 USD/year, 2027-Q1: 3 users}", "drivers.revenue.values.2027-Q1", "expected a level in USD/year, got '3 users'"),
        ("between: geometric, values: {2026-Q1: 1 USD/year, 2027-Q1: 0 USD/year}", "drivers.revenue.values.2027-Q1", "a geometric schedule has values above 0, got '0 USD/year'"),
        ("between: step, values: {2026-Q1: 1 USD/year, 2026-01: 2 USD/year}", "drivers.revenue", "two values are dated 2026-01-01"),
        ("between: step, values: {soon: 1 USD/year}", "drivers.revenue.values.soon", "expected a date such as 2026-02-20, got 'soon'"),
        ("between: step, values: {2026-Q1: much}", "drivers.revenue.values.2026-Q1", "expected a quantity such as 9.9M, 30M USD/year or 900 ms, got 'much'"),
        ("values: {2026-Q1: 1 USD/year}", "drivers.revenue.between", "required, but not given"),
    ],
)  # fmt: skip
def test_what_is_no_schedule_is_refused_at_its_place(body: str, place: str, message: str) -> None:
    assert one(STEADY, f"drivers.revenue={{kind: schedule, {body}}}") == (place, message)


def test_a_schedule_has_a_value() -> None:
    with pytest.raises(ValidationError, match="at least 1 item"):
        schedule("step", {})


def test_a_multiple_cannot_be_scheduled_because_the_anchor_scales_one_level() -> None:
    place, message = one(STEADY, "valuation.multiple={kind: schedule, between: step, values: {2026-Q1: 5}}")
    assert (place, message) == (
        "valuation.multiple",
        "a multiple has a level of its own, which the anchor scales; this kind has none",
    )
