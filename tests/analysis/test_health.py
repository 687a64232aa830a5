"""Whether a few paths carry the answer, and how far it may be off."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.analysis.made import made
from tests.companies import steady
from valsim.analysis.health import health, p99_revenue_over_market_size, present_value
from valsim.result import Result

MARKET = "drivers.revenue={kind: decaying_growth, start: 100M USD/year, growth: 50%, persistence: 80%, market_size: 2B USD/year, volatility: 10%}"
REVENUE = {"valued_revenue": [[1e8] * 3, [1e9, 2e9, 9e9]]}


def valued(common: Any, series_a: Any, **rest: Any) -> Result:
    columns = {("class", "common", "present value"): common, ("class", "series_a", "present value"): series_a}
    return made(valued=columns, **{"series": {"valued_revenue": [[1e8]]}, **rest})


def test_the_present_value_of_all_opening_classes_is_added_up() -> None:
    assert present_value(valued([1.0, 2.0], [10.0, 20.0])).tolist() == [11.0, 22.0]


def test_the_share_of_the_top_hundredth_and_the_relative_error() -> None:
    common = np.ones(200)
    common[[5, 50]] = 101.0
    found = health(valued(common, np.zeros(200)))
    assert found["top_1pct_share_of_present_value"] == pytest.approx(202 / 400, rel=1e-12)
    error = np.std(common, ddof=1) / np.sqrt(200) / 2.0
    assert found["relative_standard_error_of_present_value"] == pytest.approx(error, rel=1e-12)
    assert found["present_value_of_opening_classes"]["mean"] == pytest.approx(2.0, rel=1e-12)


def test_a_note_says_what_is_not_healthy() -> None:
    common = np.ones(200)
    common[[5, 50]] = 101.0
    tail, error = health(valued(common, np.zeros(200)))["notes"]
    assert tail.startswith("the top 1 % of paths carry 50% of present value, more than 35%")
    assert error.startswith("the standard error of present value is 35.3% of it, more than 1.5%")


def test_a_healthy_sample_has_no_notes() -> None:
    assert health(valued(np.linspace(1.0, 1.1, 200), np.zeros(200)))["notes"] == []


def test_of_few_paths_the_top_hundredth_is_the_largest() -> None:
    assert health(valued([1.0, 3.0], [0.0, 0.0]))["top_1pct_share_of_present_value"] == 0.75


def test_what_is_worth_nothing_has_no_shares() -> None:
    found = health(valued([0.0, 0.0], [0.0, 0.0]))
    assert found["top_1pct_share_of_present_value"] is None
    assert found["relative_standard_error_of_present_value"] is None


def test_revenue_is_beside_the_size_of_its_market_among_companies_still_private() -> None:
    result = valued([1.0], [1.0], scenario=steady(MARKET), series=REVENUE, alive=[[True] * 3, [True, True, False]])
    assert p99_revenue_over_market_size(result) == pytest.approx((1e9 + 0.99 * 1e9) / 2e9, rel=1e-12)


def test_revenue_beyond_its_market_is_noted() -> None:
    result = valued([1.0], [1.0], scenario=steady(MARKET), series=REVENUE, alive=[[True] * 3] * 2)
    *_, note = health(result)["notes"]
    assert note.startswith("the 99th percentile of revenue is 443% of its market")


def test_a_market_of_something_else_than_money_is_none_of_revenue() -> None:
    users = "drivers.users={kind: decaying_growth, start: 1M users, growth: 50%, persistence: 80%, market_size: 9M users, volatility: 10%}"
    assert np.isnan(p99_revenue_over_market_size(valued([1.0], [1.0], scenario=steady(users))))


def test_without_a_company_that_is_still_private_there_is_no_revenue() -> None:
    result = valued([1.0], [1.0], scenario=steady(MARKET), series=REVENUE, alive=[[True] * 3, [False] * 3])
    assert health(result)["p99_revenue_over_market_size"] is None


def test_an_anchor_names_the_price_that_is_met_and_the_median_multiple_that_is_scaled() -> None:
    anchored = steady("valuation.anchor=last_round", "captable.classes.series_a.issued=2025-12-01")
    found = health(valued(np.ones(200), np.ones(200), scenario=anchored))["anchor"]
    assert (found["by"], found["class"], found["price"]) == ("own", "series_a", pytest.approx(4.0))
    assert found["opening_multiple"] == pytest.approx(5.0)
    case = anchored.but(name="x").anchored_by(anchored)
    assert health(valued(np.ones(200), np.ones(200), scenario=case))["anchor"] == {**found, "by": "base"}
    assert health(valued(np.ones(200), np.ones(200)))["anchor"] is None


def test_a_factor_outside_its_limits_is_noted() -> None:
    result = valued(np.ones(200), np.ones(200))
    far = replace(result, manifest=replace(result.manifest, anchor_scale=9.4))
    assert health(result)["notes"] == []
    assert health(far)["notes"][0].startswith(
        "the opening multiple is scaled by 9.4 to meet the last price, outside 0.5 to 2"
    )
