"""What all shares and each class are worth beside the headline; by hand where nothing moves."""

import numpy as np
import pytest

import valsim
from tests.companies import lively, steady
from valsim.analysis.fair_value import fair_value
from valsim.analysis.formula import Formula
from valsim.core.streams import BATCH
from valsim.core.timeline import years_between
from valsim.result import Result


@pytest.fixture(scope="module")
def still() -> Result:
    return valsim.simulate(steady(), paths=2, threads=1)


@pytest.fixture(scope="module")
def moving() -> Result:
    return valsim.simulate(lively(), paths=2 * BATCH, threads=1)


def test_the_headline_counts_all_shares_at_the_last_price(still: Result) -> None:
    found = fair_value(still)
    assert found["price"] == {"series_a": 4.0}
    assert found["post_money_valuation"] == pytest.approx(100e6 * 4)


def test_the_gap_is_the_headline_over_what_all_classes_are_worth(still: Result) -> None:
    found, worth = fair_value(still), 510e6 * 1.04 ** -years_between(still.scenario.as_of, still.scenario.end)
    assert found["fair_value"] == pytest.approx(worth, rel=1e-12)
    assert found["overvaluation"] == pytest.approx(400e6 / worth - 1, rel=1e-12)
    assert (found["standard_error"], found["overvaluation_standard_error"]) == (0.0, 0.0)


def test_every_class_is_held_against_the_price_of_the_last_one(still: Result) -> None:
    found, share = fair_value(still), 5.1 * 1.04 ** -years_between(still.scenario.as_of, still.scenario.end)
    assert found["common"] == "common"
    for name, shares in (("common", 75e6), ("series_a", 25e6)):
        each = found["classes"][name]
        assert (each["shares"], each["per_share"]) == (shares, pytest.approx(share, rel=1e-12))
        assert each["value"] == pytest.approx(shares * share, rel=1e-12)
        assert each["overvaluation"] == pytest.approx(4 / share - 1, rel=1e-12)


def test_without_a_price_there_is_a_value_and_no_headline() -> None:
    alone = "captable={classes: {common: {kind: common, shares: 100M}}}"
    found = fair_value(valsim.simulate(steady(alone), paths=2, threads=1))
    assert found["fair_value"] > 0
    assert (found["price"], found["post_money_valuation"], found["overvaluation"]) == ({}, None, None)
    assert found["classes"]["common"]["overvaluation"] is None


def test_classes_add_up_to_the_whole(moving: Result) -> None:
    found = fair_value(moving)
    assert sum(each["value"] for each in found["classes"].values()) == pytest.approx(found["fair_value"], rel=1e-12)


def test_the_error_of_a_gap_is_that_of_what_is_divided_by(moving: Result) -> None:
    found = fair_value(moving)
    slope = found["post_money_valuation"] / found["fair_value"] ** 2
    assert found["overvaluation_standard_error"] == pytest.approx(slope * found["standard_error"], rel=1e-12)


def test_a_class_that_is_anchored_to_the_last_price_is_worth_it() -> None:
    scenario = lively("valuation.anchor=last_round", "valuation.multiple.mean=5")
    each = fair_value(valsim.simulate(scenario, paths=12_000))["classes"]["series_a"]
    assert abs(each["overvaluation"]) < 4 * each["overvaluation_standard_error"]  # 4 standard errors


def test_a_share_bought_at_a_closing_is_held_against_its_price_where_it_is_funded(moving: Result) -> None:
    for closing, tranche in zip(fair_value(moving)["closings"], moving.scenario.tranches, strict=True):
        price, worth = (moving.valued["tranche", *tranche.key, what] for what in ("price today", "share today"))
        assert (closing["round"], closing["tranche"]) == tranche.key
        assert np.array_equal(np.isfinite(price), np.isfinite(worth))
        assert closing["price_today"] == pytest.approx(float(np.nanmean(price)), rel=1e-12)
        assert closing["overvaluation"] == pytest.approx(float(np.nanmean(price) / np.nanmean(worth)) - 1, rel=1e-9)


def test_a_formula_asks_for_the_same_gaps(moving: Result) -> None:
    found = fair_value(moving)
    asked = {
        "overvaluation": found,
        "overvaluation_of_class(common)": found["classes"]["common"],
        "overvaluation_of_closing(series_b/milestone)": found["closings"][1],
    }
    for text, said in asked.items():
        measured = Formula.parse(text)(moving)
        assert (measured.value, measured.standard_error) == pytest.approx(
            (said["overvaluation"], said["overvaluation_standard_error"])
        )


def test_a_class_that_is_not_there_yet_has_no_gap(moving: Result) -> None:
    assert np.isnan(Formula.parse("overvaluation_of_class(series_b)")(moving).value)
