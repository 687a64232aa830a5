"""What a share of each class is worth today, and what classes are paid in a sale."""

import numpy as np
import pytest

import valsim
from tests.companies import lively, steady
from valsim.analysis.classes import classes, payoffs
from valsim.core.timeline import years_between
from valsim.result import Result


@pytest.fixture(scope="module")
def still() -> Result:
    return valsim.simulate(steady(), paths=2, threads=1)


def test_a_class_is_worth_its_part_of_the_sale_discounted(still: Result) -> None:
    common, series_a = classes(still)
    factor = 1.04 ** -years_between(still.scenario.as_of, still.scenario.end)
    assert (common["name"], common["shares"], common["last_price"]) == ("common", 75e6, None)
    assert common["present_value_per_share"] == pytest.approx(5.1 * factor, rel=1e-12)
    assert series_a["present_value_per_share"] == pytest.approx(5.1 * factor, rel=1e-12)
    assert series_a["per_share_over_last_price"] == pytest.approx(5.1 * factor / 4, rel=1e-12)
    assert (series_a["liquidation_preference"], series_a["seniority"]) == (100e6, 1.0)


def test_the_anchored_class_is_worth_its_last_price() -> None:
    scenario = lively("valuation.anchor=last_round", "valuation.multiple.mean=5")
    series_a = classes(valsim.simulate(scenario, paths=12_000))[-1]
    gap = series_a["present_value_per_share"] - series_a["last_price"]
    assert abs(gap) < 4 * series_a["standard_error"]  # 4 standard errors
    assert series_a["standard_error"] < 0.02 * series_a["last_price"]


def test_a_payoff_pays_preferences_first_and_by_shares_beyond(still: Result) -> None:
    paid = payoffs(still)
    values, common, series_a = (np.array(row) for row in (paid["exit_values"], *paid["classes"].values()))
    assert np.allclose(common + series_a, values, rtol=1e-12)
    low, high = values <= 100e6, values >= 400e6
    assert np.allclose(series_a[low], values[low], rtol=1e-12)
    assert np.allclose(series_a[high], values[high] / 4, rtol=1e-12)
    assert np.all(series_a[~low & ~high] == pytest.approx(100e6, rel=1e-12))
    assert paid["breakpoints"] == pytest.approx([100e6, 400e6], rel=1e-12)


def test_a_payoff_reaches_ten_times_the_last_price(still: Result) -> None:
    values = payoffs(still, points=5)["exit_values"]
    assert (len(values), values[-1]) == (5, pytest.approx(4e9, rel=1e-12))


def test_what_a_holder_is_paid_is_its_part_of_its_class(still: Result) -> None:
    paid = payoffs(still)
    assert np.allclose(paid["holders"]["Ada"], 0.8 * np.array(paid["classes"]["common"]), rtol=1e-12)
    assert np.allclose(paid["holders"]["Fund"], paid["classes"]["series_a"], rtol=1e-12)


def test_a_cap_table_of_common_shares_alone_has_a_payoff_too() -> None:
    alone = "captable={classes: {common: {kind: common, shares: 75M}}}"
    paid = payoffs(valsim.simulate(steady(alone), paths=1, threads=1))
    assert np.allclose(paid["classes"]["common"], paid["exit_values"], rtol=1e-12)
