"""Stated outcomes are paid out by the contract, weighed and discounted, and say what kind of number they come to."""

import numpy as np
import pytest

from tests.contract.tables import TWO
from tests.value.fair_value.companies import GROWS, exits, method
from tests.value.fair_value.test_stated import OUTCOMES
from valsim.core.errors import ValuationError
from valsim.value.fair_value.by_class import Priced
from valsim.value.fair_value.fair_value import value_by_class
from valsim.value.fair_value.method import Method

SERIES_A = Priced("series_a", 2.5)


def weighted(**terms):
    return method(
        "probability_weighted", **{"outcomes": OUTCOMES, "discount_rate": 0.25, "calibration": "none", **terms}
    )


def problems(**terms):
    data = {"kind": "probability_weighted", "outcomes": OUTCOMES, "discount_rate": 0.25, "calibration": "none", **terms}
    return [problem.sentence for problem in Method.choose(data).problems(None)]


def test_as_stated_a_class_is_worth_its_payouts_weighted_and_discounted():
    found = value_by_class(exits(), SERIES_A, weighted())
    series_a = 0.6 * 20e6 / 1.25**3 + 0.4 * 5e6 / 1.25**2
    assert found.classes["series_a"].value == pytest.approx(series_a, rel=1e-14)
    assert found.classes["common"].value == pytest.approx(0.6 * 80e6 / 1.25**3, rel=1e-14)
    assert found.company_value == pytest.approx(32e6, rel=1e-14)


def test_the_values_of_all_outcomes_give_way_to_the_price():
    # The sale is worth less than 25M then, so the preference is kept: 5M of it in the sale, and what there is in the wind-down.
    found = value_by_class(exits(), SERIES_A, weighted(calibration="outcome_values", discount_rate=0))
    factor = found.company_value / 62e6
    assert 0.6 * max(5e6, 20e6 * factor) + 0.4 * 5e6 * min(factor, 1) == pytest.approx(5e6)
    assert f"multiplied by {factor:.4g}" in found.notes[1]


def test_the_rate_gives_way_to_the_price():
    found = value_by_class(exits(), SERIES_A, weighted(calibration="discount_rate"))
    rate = found.classes["series_a"].value
    assert rate == pytest.approx(5e6)
    per_year = 1.25 * np.exp(float(found.notes[1].split("%")[0]) / 100)
    assert 0.6 * 20e6 / per_year**3 + 0.4 * 5e6 / per_year**2 == pytest.approx(5e6, rel=1e-3)


def test_a_hurdle_rate_is_labelled_and_warned_of_and_a_risk_free_rate_is_not():
    hurdle, neutral = (
        value_by_class(exits(), SERIES_A, weighted(**terms))
        for terms in ({}, {"discount_rate": None, "risk_free": 0.04})
    )
    assert (hurdle.as_dict()["measure"], neutral.as_dict()["measure"]) == (
        "real_world_at_a_hurdle_rate",
        "risk_neutral",
    )
    assert "Do not set these numbers beside risk-neutral ones" in hurdle.warnings[0]
    assert neutral.warnings == ()


def test_a_risk_free_rate_is_compounded_continuously_and_a_hurdle_rate_is_effective():
    pair = (weighted(discount_rate=None, risk_free=np.log(1.25).item()), weighted())
    one, other = (each.present_values(exits(), np.ones(1))["common"][0] for each in pair)
    assert one == pytest.approx(float(other), rel=1e-12)


def test_an_outcome_may_have_a_rate_of_its_own():
    safer = {**OUTCOMES, "sale": {**OUTCOMES["sale"], "discount_rate": "10%"}}
    worth = weighted(outcomes=safer).present_values(exits(), np.ones(1))["common"]
    assert worth == pytest.approx([0.6 * 80e6 / 1.1**3])


def test_an_outcome_may_have_a_day():
    on = {"sale": {"exit": "acquisition", "value": "100M USD", "on": "2029-01-01", "probability": 1}}
    worth = weighted(outcomes=on).present_values(exits(GROWS), np.ones(1))
    assert sum(worth.values())[0] == pytest.approx(100e6 / 1.25 ** (1096 / 365.25))
    with pytest.raises(ValuationError, match="state as_of"):
        weighted(outcomes=on).present_values(exits(TWO), np.ones(1))
    late = {"sale": {**on["sale"], "on": "2020-01-01"}}
    with pytest.raises(ValuationError, match="before the day of valuation"):
        weighted(outcomes=late).present_values(exits(GROWS), np.ones(1))


def test_one_certain_sale_at_once_is_the_waterfall():
    sale = {"sale": {"exit": "acquisition", "value": "12M USD", "years": "0 years", "probability": 1}}
    worth = weighted(outcomes=sale).present_values(exits(), np.ones(1))
    assert (worth["series_a"].tolist(), worth["common"].tolist()) == ([5e6], [7e6])


def test_what_does_not_go_together_is_reported():
    sale = OUTCOMES["sale"]
    assert "these to 60 %" in problems(outcomes={"sale": sale})[0]
    assert "one of risk_free and discount_rate" in problems(risk_free=0.04)[0]
    assert "one of risk_free and discount_rate" in problems(discount_rate=None)[0]
    assert "no outcome pays anything" in problems(outcomes={"sale": {**sale, "value": "0 USD", "probability": 1}})[0]
    timeless = {key: each for key, each in sale.items() if key != "years"} | {"probability": 1}
    assert problems(outcomes={"sale": timeless}) == [
        "outcomes.sale: an outcome happens after some years or on a day: it has one of years and on"
    ]
    own = {"sale": {**sale, "probability": 1, "discount_rate": 0.1}}
    assert "risk-free rate in every outcome" in problems(outcomes=own, discount_rate=None, risk_free=0.04)[0]
    assert "no spread on it gives way" in problems(calibration="discount_rate", discount_rate=None, risk_free=0.04)[0]
    assert problems() == []
