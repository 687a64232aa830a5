"""What a share of each class is worth today."""

import pytest

import valsim
from tests.companies import lively, steady
from valsim.analysis.classes import classes
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
