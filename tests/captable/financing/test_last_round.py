"""The last round: what the cap table says of it, and spans that are counted from it."""

from datetime import date

import numpy as np
import pytest
from pydantic import TypeAdapter

from tests.companies import STEADY, scenario
from valsim.captable.financing.last_round import CALENDAR, LastRound, last_priced
from valsim.captable.opening import open_ledger
from valsim.core.parameter import DurationEachTime, EachTime, at_medians
from valsim.core.rows import Row

SERIES_B = (
    "captable.classes.series_b={like: series_a, issued: DAY, shares: 20M, original_issue_price: 6 USD}",
    "captable.positions={Ada: {common: 60M}}",
)


def opened(*overrides: str) -> LastRound:
    captable = at_medians(scenario(STEADY, *overrides).captable)
    return LastRound.before(date(2026, 1, 1), captable.classes, open_ledger(captable.classes, captable.positions))


def each_time(given: object) -> EachTime:
    span: EachTime = TypeAdapter(DurationEachTime).validate_python(given)
    return span


def after(years: float) -> LastRound:
    return LastRound(np.asarray(-years), np.asarray(4.0), np.asarray(400e6))


def test_at_the_start_it_is_the_class_that_was_issued_last() -> None:
    last = opened(*(each.replace("DAY", "2025-10-01") for each in SERIES_B))
    assert (float(last.price_per_share), float(last.post_money_valuation)) == pytest.approx((6.0, 6.0 * 120e6))
    assert float(last.time) == pytest.approx(-92 / 365.25)
    assert float(opened(*(each.replace("DAY", "2024-10-01") for each in SERIES_B)).price_per_share) == 4.0


def test_without_a_price_there_is_none() -> None:
    common = "captable.classes={common: {kind: common, shares: 75M}}"
    assert last_priced(scenario(STEADY, common, "captable.positions={}").captable.classes) is None
    assert np.isnan(opened(common, "captable.positions={}").price_per_share)


def test_a_closing_is_the_last_round_where_it_was_funded() -> None:
    last = after(1.0).closed(np.array([True, False]), 0.5, np.array([5.0, np.nan]), np.array([600e6, 0.0]))
    assert [row.tolist() for row in vars(last).values()] == [[0.5, -1.0], [5.0, 4.0], [600e6, 400e6]]


def test_a_split_divides_its_price_alone() -> None:
    split = after(1.0).split(10.0)
    assert (float(split.price_per_share), float(split.post_money_valuation)) == (0.4, 400e6)


@pytest.mark.parametrize(("elapsed", "time", "past"), [(1.0, 0.4, False), (1.0, 0.6, True), (2.0, 0.0, True)])
def test_a_known_span_is_over_when_it_is(elapsed: float, time: float, past: bool) -> None:
    assert after(elapsed).is_past(each_time("18 months"), np.array([0.5]), time) == past


def over(elapsed: float, time: float, draws: Row) -> float:
    return float(
        np.mean(
            after(elapsed).is_past(each_time({"family": "uniform", "low": "1 year", "high": "3 years"}), draws, time)
        )
    )


def test_a_span_that_has_begun_is_drawn_given_that_it_is_not_over() -> None:
    # Uniform between one and three years: after two of them, half a year ends a half of those that are left.
    draws = (np.arange(1000) + 0.5) / 1000
    assert over(2.0, 0.0, draws) == pytest.approx(0.0, abs=CALENDAR)
    assert over(2.0, 0.5, draws) == pytest.approx(0.5, abs=CALENDAR)
    assert over(0.0, 1.5, draws) == pytest.approx(0.25, abs=CALENDAR)


def test_after_a_closing_the_next_span_begins_anew() -> None:
    draws = (np.arange(1000) + 0.5) / 1000
    assert over(-1.0, 2.5, draws) == pytest.approx(0.25, abs=CALENDAR)
