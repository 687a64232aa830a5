"""Fair values where several company values explain a price, where a price is missing, and where the terms take long."""

import numpy as np
import pytest

import valsim
from tests.contract.test_fair_value import NOTE
from valsim.core.errors import ValuationError

THREE_ROOTS = """
classes:
  common: {kind: common, shares: 100M}
  series_a: {kind: preferred, shares: 1M, original_issue_price: 10, liquidation_preference_multiple: 3,
    participation: none, seniority: 1}
"""
STEEP = {
    "kind": "exit_mix",
    "volatility": 0.3,
    "exit_rate": 1,
    "ipo_probability": [{"exit_value": 200e6, "probability": 0}, {"exit_value": 300e6, "probability": 1}],
}


def test_every_company_value_at_which_a_price_is_fair_is_listed():
    # A sale pays three times the cost, a listing only shares: the likelier a listing, the less the class is worth.
    found = valsim.fair_value(THREE_ROOTS, {"series_a": 15.0}, STEEP)
    assert len(found.roots) == 3
    assert found.company_value == pytest.approx(found.roots[0])
    worth = found.method.present_values(found.exits, np.array(found.roots))["series_a"]
    np.testing.assert_allclose(worth, 15e6, rtol=1e-10)
    between = np.sqrt(np.array(found.roots[:-1]) * np.array(found.roots[1:]))
    high, low = found.method.present_values(found.exits, between)["series_a"]
    assert low < 15e6 < high


def test_common_shares_that_were_sold_last_ask_for_their_price():
    table = """
classes:
  common: {kind: common, shares: 8M}
  more: {kind: common, new_money: 2M, post_money_valuation: 10M}
"""
    with pytest.raises(ValuationError, match="what one share of more cost is not known"):
        valsim.fair_value(table)
    assert valsim.fair_value(table, {"more": 1.0}).overvaluation == pytest.approx(0.0, abs=1e-12)


def test_what_each_term_adds_is_left_out_where_it_would_take_minutes_and_it_says_so():
    notes = """  safe: {kind: safe, purchase_amount: 1M, conversion_valuation_cap: 10M, conversion_valuation_cap_type: pre_money,
    converts_into: shadow_series, seniority: 1}
debt:"""
    found = valsim.fair_value(NOTE.replace("debt:", notes), method={"kind": "exit_mix", "exit_times": 4})
    assert found.attribution == ()
    assert "left out" in found.notes[-1]
