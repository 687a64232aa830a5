"""Stated outcomes come to a company value by their values or by their rates, and otherwise stay as they are."""

import numpy as np
import pytest

from tests.value.fair_value.companies import GROWS, exits, method
from valsim.value.fair_value.stated import Stated, discount_rate, none, outcome_values

OUTCOMES = {
    "sale": {"exit": "acquisition", "value": "100M USD", "years": "3 years", "probability": 0.6},
    "failure": {"exit": "wind_down", "value": "5M USD", "years": "2 years", "probability": 0.4},
}
VALUES = np.array([1e5, 3e7, 6e7, 2e9])


def stated(rate=0.25):
    found = method("probability_weighted", outcomes=OUTCOMES, calibration="none", discount_rate=rate).outcomes
    return Stated(found, {"sale": 3.0, "failure": 2.0}, dict.fromkeys(found, np.log1p(rate)))


def test_the_company_is_worth_its_outcomes_weighted_and_discounted():
    assert stated().company_value() == pytest.approx(0.6 * 100e6 / 1.25**3 + 0.4 * 5e6 / 1.25**2, rel=1e-14)


@pytest.mark.parametrize("calibration", [outcome_values, discount_rate])
def test_outcomes_that_give_way_are_worth_every_company_value(calibration):
    changed = calibration(stated(), VALUES)
    worth = sum(
        stated().discounted(name, changed.spread) * changed.factor * float(each.value)
        for name, each in stated().outcomes.items()
    )
    np.testing.assert_allclose(worth, VALUES, rtol=1e-12)


def test_values_give_way_by_one_factor_and_rates_by_one_spread():
    assert outcome_values(stated(), np.array([64e6])).factor == pytest.approx([2.0])
    assert discount_rate(stated(), np.array([32e6])).spread == pytest.approx([0.0], abs=1e-12)
    assert discount_rate(stated(0.0), np.array([62e6])).spread == pytest.approx([0.0], abs=1e-12)


def test_what_is_stated_stays():
    changed = none(stated(), VALUES)
    assert (changed.factor.tolist(), changed.spread.tolist()) == ([1.0] * 4, [0.0] * 4)


def test_everybody_is_paid_by_the_contract_on_the_day_of_the_outcome():
    # A preference of 5M that grows by 0.4M a year: 5.8M two years from now, which takes all of a wind-down of 5M.
    worth = stated(0.0).worth(exits(GROWS), none(stated(), np.ones(1)))
    assert worth["series_a"] == pytest.approx([0.6 * 20e6 + 0.4 * 5e6])
    assert worth["common"] == pytest.approx([0.6 * 80e6])
