import numpy as np
import pytest

import valsim
from tests.architecture.sources import ROOT
from tests.contract.tables import THREE, TWO
from valsim.core.errors import ScenarioError, ValuationError

ALL_COMMON = """
classes:
  common: {kind: common, shares: 8M}
  founders: {kind: common, shares: 2M}
"""
EUROS = THREE.replace("currency: USD", "currency: EUR")
NOTE = """
as_of: 2026-01-01
currency: USD
classes:
  common: {kind: common, shares: 8M}
  series_a: {kind: preferred, issued: 2026-01-01, shares: 2M, original_issue_price: 2.5,
    liquidation_preference_multiple: 1, participation: none, seniority: 1}
debt: {bank: {kind: venture_debt, principal: 2M, interest_rate: 10%, compounding: simple, day_count: actual/365.25,
  issued: 2026-01-01}}
"""


def gap(table: str, **terms) -> float:
    return valsim.fair_value(table, {"series_a": 2.5}, {"kind": "exit_mix", **terms}).overvaluation


def test_shares_that_are_all_alike_are_worth_their_price():
    found = valsim.fair_value(ALL_COMMON, {"common": 1.5})
    assert found.fair_value == pytest.approx(15e6, rel=1e-12)
    assert found.overvaluation == pytest.approx(0.0, abs=1e-12)
    assert {name: each.per_share for name, each in found.classes.items()} == pytest.approx(
        {"common": 1.5, "founders": 1.5}, rel=1e-12
    )


def test_the_class_that_was_priced_is_worth_its_price():
    found = valsim.fair_value(THREE)
    assert found.priced == ("series_b", 6.0)
    assert found.classes["series_b"].per_share == pytest.approx(6.0, rel=1e-12)
    assert found.roots == (pytest.approx(found.company_value),)


def test_a_price_may_be_that_of_any_class():
    found = valsim.fair_value(THREE, {"series_a": 2.5})
    assert found.classes["series_a"].per_share == pytest.approx(2.5, rel=1e-12)
    assert found.post_money_valuation == 2.5 * 11.5e6
    assert found.classes["common"].overvaluation == pytest.approx(2.5 / found.classes["common"].per_share - 1)


def test_without_a_price_the_last_one_in_the_cap_table_is_taken_and_named():
    assert "series_b" in valsim.fair_value(THREE).notes[0]
    assert valsim.fair_value(THREE, {"series_b": 6}).notes == ()


def test_a_share_that_converts_into_two_counts_as_two_in_the_headline():
    table = TWO.replace("original_issue_price: 2.5", "original_issue_price: 2.5, conversion_price: 1.25")
    found = valsim.fair_value(table)
    assert found.post_money_valuation == 1.25 * 12e6
    assert found.classes["series_a"].overvaluation == pytest.approx(0.0, abs=1e-12)
    assert found.classes["common"].overvaluation == pytest.approx(1.25 / found.classes["common"].per_share - 1)


def test_without_volatility_nobody_ever_needs_the_preference():
    assert gap(TWO, volatility=1e-5) == pytest.approx(0.0, abs=1e-9)
    assert gap(TWO, volatility=0.01) < gap(TWO, volatility=0.3) < gap(TWO, volatility=0.9)


def test_an_exit_that_is_always_a_listing_leaves_preferences_nothing():
    always = [{"exit_value": 1, "probability": 1}]
    assert gap(TWO, ipo_probability=always) == pytest.approx(0.0, abs=1e-12)


def test_debt_is_paid_first_and_is_no_part_of_the_fair_value():
    found = valsim.fair_value(NOTE)
    assert found.fair_value + found.paid_first["bank"] == pytest.approx(found.company_value, rel=1e-5)
    assert 1.5e6 < found.paid_first["bank"] < 2.5e6
    assert any("16 exit times" in note for note in found.notes)


def test_interest_that_goes_on_makes_the_company_worth_more_at_the_same_price():
    assert valsim.fair_value(NOTE).company_value > valsim.fair_value(NOTE.replace("10%", "0%")).company_value


def test_published_values_in_dollars_are_named_where_they_are_taken_for_another_currency():
    assert any("in dollars" in note for note in valsim.fair_value(EUROS).notes)
    stated = {"kind": "exit_mix", "ipo_probability": [{"exit_value": "1B EUR", "probability": "60%"}]}
    assert not any("in dollars" in note for note in valsim.fair_value(EUROS, method=stated).notes)


def test_numbers_that_nobody_stated_are_listed():
    told = valsim.fair_value(THREE, method={"kind": "exit_mix", "volatility": "60%", "exit_rate": 0.5}).as_dict()
    assert (told["parameters"]["volatility"], told["parameters"]["exit_rate"]) == (0.6, 0.5)
    assert told["assumed"] == ["risk_free", "ipo_probability", "exit_times"]


def test_plain_data_holds_what_was_promised():
    told = valsim.fair_value(THREE).as_dict()
    promised = {"fair_value", "post_money_valuation", "overvaluation", "classes", "standard_error", "roots"}
    assert promised <= told.keys()
    assert all({"per_share", "value", "overvaluation"} <= each.keys() for each in told["classes"].values())
    assert told["standard_error"] == 0


def test_a_class_that_nobody_holds_has_no_value_a_share():
    found = valsim.fair_value(TWO.replace("positions", "  pool: {kind: option_pool, shares: 1M}\npositions"))
    assert found.classes["pool"] == (0.0, None, 0.0, 0.0, None, 0.0)
    assert found.post_money_valuation == 2.5 * 11e6


@pytest.mark.parametrize(
    ("price", "said"),
    [
        ({"series_z": 1.0}, "no class 'series_z'"),
        ({"series_a": 2.5, "common": 1.0}, "one price"),
        ({"series_a": -2.5}, "above 0"),
        ({"series_a": float("nan")}, "above 0"),
        ({"series_a": "2.5 USD"}, "a number such as 1.25"),
    ],
)
def test_a_price_that_is_none_is_refused(price, said: str):
    with pytest.raises(ValuationError, match=said):
        valsim.fair_value(TWO, price)


def test_a_price_that_is_too_high_is_told_beside_what_a_share_may_be_worth_at_most():
    fixed = (
        ALL_COMMON
        + """  redeemable: {kind: fixed_return_preferred, issued: 2026-01-01, shares: 1M, original_issue_price: 1,
    return_per_year: 0%, compounding: simple, day_count: actual/365, seniority: 2}
"""
    )
    with pytest.raises(ValuationError, match=r"worth at most 0\.90\d+ up to a company value of .*: its price is 2$"):
        valsim.fair_value(fixed, {"redeemable": 2.0}, on="2026-06-01")


def test_a_class_that_is_paid_a_fixed_return_gives_no_headline():
    table = TWO.replace("positions", "  notes: {kind: fixed_return_preferred, issued: 2026-01-01, shares: 1M, original_issue_price: 1, "
                        "return_per_year: 0%, compounding: simple, day_count: actual/365, seniority: 2}\npositions")  # fmt: skip
    found = valsim.fair_value(table, {"notes": 0.5}, on="2026-06-01")
    assert found.classes["notes"].per_share == pytest.approx(0.5)
    assert found.post_money_valuation is None


def test_a_table_without_any_price_asks_for_one():
    with pytest.raises(ValuationError, match="no class of the cap table has a price"):
        valsim.fair_value(ALL_COMMON)


def test_what_grows_needs_a_day():
    with pytest.raises(ScenarioError, match="no date is known"):
        valsim.fair_value(NOTE.replace("as_of: 2026-01-01", ""))


def test_a_gap_that_fewer_terms_do_not_explain_is_not_shared_out_and_a_note_says_why():
    # At twice its cost the class is worth 2.5 at one company value; at once its cost wherever it is paid that and no more.
    twice = TWO.replace("liquidation_preference_multiple: 1", "liquidation_preference_multiple: 2")
    soon = {"kind": "option_pricing", "volatility": 0.1, "risk_free": 0, "term": 0.25}
    told = valsim.fair_value(twice, {"series_a": 2.5}, soon).as_dict()
    assert told["company_value"] == pytest.approx(5e6, rel=1e-6)
    assert told["attribution"] == []
    assert "what each term adds cannot be told: with fewer terms, the class is worth 2.5" in told["notes"][-1]


def test_the_same_question_has_the_same_bits():
    one, two = (valsim.fair_value(THREE).as_dict() for _ in range(2))
    assert one == two
    assert np.isfinite(one["company_value"])


def test_the_price_of_a_class_that_becomes_no_common_shares_leads_to_a_company_value_without_a_headline():
    table = """
classes:
  common: {kind: common, shares: 1}
  redeemable: {kind: fixed_return_preferred, shares: 1, original_issue_price: 17.1, seniority: 1, return_per_year: 0,
    compounding: simple, day_count: actual/365, issued: 2026-01-01}
"""
    model = {"kind": "option_pricing", "volatility": 0.4, "risk_free": float(np.log(1.05)), "term": 4}
    found = valsim.fair_value(table, {"redeemable": 10.00253}, model)
    assert found.company_value == pytest.approx(15.0, abs=1e-3)
    assert (found.post_money_valuation, found.overvaluation, found.attribution) == (None, None, ())
    at = valsim.fair_value(table, method=model, company_value=15.0)
    assert at.classes["redeemable"].per_share == pytest.approx(10.00253, abs=1e-5)


def test_of_a_scenario_only_the_cap_table_is_read_and_it_says_so():
    found = valsim.fair_value(ROOT / "scenarios" / "moonshot-2026-10b.yaml")
    assert "only the cap table" in found.notes[-1]
    assert found.priced.name == "series_c"
