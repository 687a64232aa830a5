"""Random-expiration options are the option-pricing method, summed over the day of the sale."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.captable.tables import ledger_of, tables
from tests.contract.tables import THREE
from tests.value.fair_value.companies import FALLS, GROWS, exits, method
from valsim.captable.liquidity.pay_out import Liquidity, Table, pay_out
from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.exit_times import exit_times

VALUES = np.array([1e6, 8e6, 2e7, 3e8, 5e9])


@pytest.mark.parametrize("text", [THREE, FALLS], ids=["three classes", "a payout that jumps"])
def test_without_a_listing_it_is_the_exit_mix_which_integrates_another_way(text):
    sale = [{"exit_value": "1 USD", "probability": 0}]
    terms = {"volatility": 0.7, "risk_free": 0.03, "exit_rate": "0.3 per year"}
    worth = method("random_expiration", **terms).present_values(exits(text), VALUES)
    for name, row in method("exit_mix", ipo_probability=sale, **terms).present_values(exits(text), VALUES).items():
        np.testing.assert_allclose(worth[name], row, rtol=1e-9, atol=1e-6)


def test_it_is_the_option_pricing_method_averaged_over_the_term():
    worth = method("random_expiration").present_values(exits(THREE), VALUES)
    years, weights = exit_times(0.25, 48)
    each = [method("option_pricing", term=f"{at} years").present_values(exits(THREE), VALUES) for at in years]
    for name, row in worth.items():
        summed = sum(weight * values[name] for weight, values in zip(weights, each, strict=True))
        np.testing.assert_allclose(summed, row, rtol=1e-4, atol=1e-4 * VALUES.min())


@pytest.mark.parametrize("text", [THREE, FALLS], ids=["three classes", "a payout that jumps"])
def test_everybody_together_is_worth_the_company(text):
    worth = method("random_expiration").present_values(exits(text), VALUES)
    np.testing.assert_allclose(sum(worth.values()), VALUES, rtol=1e-12)


def test_a_sale_at_once_is_the_waterfall():
    found = exits(THREE)
    worth = method("random_expiration", exit_rate="1e12 per year").present_values(found, VALUES)
    for name, paid in pay_out(found.table, Liquidity("acquisition", "by_charter", found.day), VALUES).by_class.items():
        np.testing.assert_allclose(worth[name], paid, rtol=1e-4)


def test_without_volatility_and_interest_it_is_the_waterfall_whenever_the_sale_comes():
    worth = method("random_expiration", volatility=0, risk_free=0).present_values(exits(FALLS), VALUES)
    for name, paid in exits(FALLS).diagram("acquisition").paid(VALUES).items():
        np.testing.assert_allclose(worth[name], paid, rtol=1e-12)


def test_a_sale_that_may_wait_for_ever_leaves_common_shares_all_but_everything():
    # Far away only what everybody gets of the last dollar counts: 11.5M shares, 8M of them common.
    worth = method("random_expiration", exit_rate="1e-9 per year", volatility=0.3).present_values(exits(THREE), VALUES)
    np.testing.assert_allclose(worth["common"], VALUES * 8 / 11.5, rtol=1e-6)


def test_what_grows_with_time_is_counted_up_to_each_day_of_the_sale():
    # A preference of 5M that grows by 0.4M a year: without volatility a company of 8M is sold on average after 4 years.
    priced = method("random_expiration", volatility=0, risk_free=0, exit_times=64)
    mean = priced.present_values(exits(GROWS), np.array([5e8]))["series_a"]
    assert mean == pytest.approx([1e8], rel=1e-3)
    paid = priced.present_values(exits(GROWS), np.array([8e6]))["series_a"][0]
    # min(5 + 0.4 T, 8) on average: 5 + 0.4 * 4 * (1 - exp(-7.5 / 4)).
    assert paid == pytest.approx(1e6 * (5 + 1.6 * (1 - np.exp(-7.5 / 4))), rel=2e-3)
    assert "64 times" in priced.about(exits(GROWS))[0]
    assert method("random_expiration").about(exits(THREE)) == ()


@settings(max_examples=20)
@given(tables(), st.floats(100.0, 1e5), st.floats(0.05, 1.5), st.floats(0.05, 2.0))
def test_so_it_is_for_any_table(drawn, value, volatility, exit_rate):
    found = Exits(Table(ledger_of(*drawn).at(0)), np.asarray(740_000.0))
    terms = {"volatility": volatility, "exit_rate": exit_rate, "risk_free": 0.03}
    sale = [{"exit_value": "1 USD", "probability": 0}]
    worth = method("random_expiration", **terms).present_values(found, np.array([value]))
    for name, row in method("exit_mix", ipo_probability=sale, **terms).present_values(found, np.array([value])).items():
        np.testing.assert_allclose(worth[name], row, rtol=1e-9, atol=1e-9 * value)
