import json

import numpy as np
import pytest

import valsim
from tests.contract.tables import TWO
from valsim.core.errors import ScenarioError

COMMON = {"classes": {"common": {"kind": "common", "shares": 8_000_000}}}
SAFE = {
    "kind": "safe", "purchase_amount": 1_000_000, "conversion_valuation_cap": 10_000_000,
    "conversion_valuation_cap_type": "post_money", "converts_into": "shadow_series", "seniority": 1,
}  # fmt: skip
WITH_SAFE = {"classes": {**COMMON["classes"], "safe": SAFE}}
RATCHET = """
classes:
  common: {kind: common, shares: 80M}
  series_a: {kind: preferred, shares: 20M, original_issue_price: 2.5, liquidation_preference_multiple: 1,
    participation: none, seniority: 1, anti_dilution: full_ratchet}
"""


def round_of(**keys):
    return {"name": "series_b", "new_money": 4_000_000, "pre_money_valuation": 16_000_000, **keys}


def refused(captable, terms) -> dict[str, tuple[str, str]]:
    with pytest.raises(ScenarioError) as caught:
        valsim.close_round(captable, terms)
    return {problem.place: (problem.message, problem.help) for problem in caught.value.problems}


def test_a_plain_round_is_priced_by_the_value_before_the_money():
    closed = valsim.close_round(COMMON, round_of(investors={"Fund": 3_000_000}))
    assert closed.price_per_share == 2
    assert (closed.pre_money_valuation, closed.post_money_valuation) == pytest.approx((16e6, 20e6))
    assert closed.shares_issued == {"Fund": 1.5e6, "other series_b investors": 0.5e6}
    assert closed.fully_diluted == pytest.approx((8e6, 10e6))
    assert closed.ownership["Fund"] == pytest.approx((0, 0.15))
    assert closed.ownership_by_class["common"] == pytest.approx((1, 0.8))


@pytest.mark.parametrize(
    ("terms", "price"),
    [
        ({"post_money_valuation": "20M"}, 2.0),
        ({"price_per_share": 1.25}, 1.25),
        ({"pre_money_valuation": "80/7"}, 80 / 7 / 8e6),
    ],
)
def test_a_round_states_its_price_in_one_of_three_ways(terms, price):
    closed = valsim.close_round(COMMON, {"name": "series_b", "new_money": "4M", **terms})
    assert closed.price_per_share == pytest.approx(price, rel=1e-12)


def test_the_option_pool_shuffle():
    # Six million shares, 8M before the money with a 20 % pool in it: the founders' shares are worth 6M.
    table = {"classes": {"common": {"kind": "common", "shares": "6M"}, "pool": {"kind": "option_pool", "shares": 0}}}
    terms = {
        "name": "a",
        "new_money": "2M",
        "pre_money_valuation": "8M",
        "option_pool": "20%",
        "pre_money_includes": ["pool_top_up"],
    }
    closed = valsim.close_round(table, terms)
    assert closed.price_per_share == pytest.approx(1)
    assert closed.effective_pre_money_valuation == pytest.approx(6e6)
    assert closed.pool == pytest.approx((0, 2e6))
    assert closed.fully_diluted.after == pytest.approx(10e6)


def test_a_safe_converts_at_its_cap():
    terms = round_of(new_money=3e6, pre_money_valuation=12e6, conversion_method="percent_ownership")
    closed = valsim.close_round(WITH_SAFE, terms)
    assert closed.price_per_share == pytest.approx(1.35, rel=1e-12)
    assert closed.conversions["safe"].shares == pytest.approx(8e6 / 9, rel=1e-12)
    assert closed.conversions["safe"].conversion_price == pytest.approx(1.125, rel=1e-12)
    assert closed.conversions["safe"].series == "series_b-safe"
    assert closed.ownership_by_class["series_b-safe"].after == pytest.approx(0.08, rel=1e-12)


def test_a_cheaper_round_lowers_the_conversion_price_of_a_protected_class():
    closed = valsim.close_round(
        RATCHET, round_of(new_money=10e6, pre_money_valuation=60e6, pre_money_includes=["anti_dilution"])
    )
    assert closed.price_per_share == pytest.approx(0.125)
    assert closed.conversion_prices["series_a"] == pytest.approx((2.5, 0.125))


def test_rounds_chain_and_the_last_table_is_paid_out():
    first = valsim.close_round(COMMON, {"name": "series_a", "new_money": "2M", "pre_money_valuation": "8M"})
    like = {"kind": "preferred", "liquidation_preference_multiple": 1, "participation": "none", "seniority": 1}
    second = valsim.close_round(first.captable, round_of(series=like, pre_money_valuation=20e6))
    assert list(second.captable.classes) == ["common", "series_a", "series_b"]
    assert second.price_per_share == pytest.approx(2)
    assert valsim.waterfall(second.captable, 4e6).classes["series_b"].payout == pytest.approx(4e6)
    assert valsim.close_round(second.captable, round_of(name="c")).fully_diluted.before == pytest.approx(12e6)


def test_the_table_after_a_round_holds_what_a_safe_became():
    closed = valsim.close_round(WITH_SAFE, round_of(conversion_method="pre_money"))
    assert list(closed.captable.classes) == ["common", "series_b", "series_b-safe"]
    again = valsim.close_round(closed.captable, round_of(name="c"))
    assert again.fully_diluted.before == pytest.approx(closed.fully_diluted.after, rel=1e-12)


def test_a_later_closing_is_at_the_price_of_the_first_or_at_its_own():
    closings = [
        {"name": "first", "new_money": "1M", "pre_money_valuation": "9M"},
        {"name": "second", "new_money": "1M"},
        {"name": "third", "new_money": "1M", "price_per_share": 2},
    ]
    closed = valsim.close_round(
        {"classes": {"common": {"kind": "common", "shares": "9M"}}}, {"name": "a", "closings": closings}
    )
    assert [closing.price_per_share for closing in closed.closings] == pytest.approx([1, 1, 2])
    assert closed.new_shares == pytest.approx(2.5e6)
    assert list(closed.captable.classes) == ["common", "a", "a, third"]


def test_terms_are_taken_over_from_a_class_of_the_table():
    closed = valsim.close_round(TWO, round_of(series={"like": "series_a", "seniority": 2}))
    terms = closed.captable.classes["series_b"]
    assert (terms.kind, terms.participation, terms.seniority.middle) == ("preferred", "none", 2)


def test_json_holds_only_plain_numbers():
    data = json.loads(json.dumps(valsim.close_round(TWO, round_of()).as_dict(), allow_nan=False))
    assert data["price_per_share"] == pytest.approx(1.6)
    assert data["ownership"]["after"]["Fund"] == pytest.approx(0.16)
    assert {"round", "shares_issued", "conversions", "conversion_prices", "pool", "fully_diluted"} <= data.keys()


def test_a_ratchet_that_takes_all_of_the_value_is_named_with_what_it_takes():
    terms = round_of(pre_money_valuation=50e6, pre_money_includes=["anti_dilution"])
    ((message, advice),) = refused(RATCHET, terms).values()
    assert message == "the full ratchet of series_a takes 50M of value: the pre-money valuation of 50M leaves nothing"
    assert advice == "there is a price above a pre-money valuation of 50M"
    above = terms | {"pre_money_valuation": 50.001e6}
    assert valsim.close_round(RATCHET, above).price_per_share > 0


def test_caps_that_promise_the_whole_company_are_named():
    table = {
        "classes": {
            **COMMON["classes"],
            "one": {**SAFE, "purchase_amount": 6e6},
            "two": {**SAFE, "purchase_amount": 4e6},
        }
    }
    ((message, _),) = refused(table, round_of(conversion_method="percent_ownership")).values()
    assert message.startswith("the caps promise 100 % of the company before the new money: one 60 %, two 40 %")


def test_a_pool_target_makes_a_fully_diluted_cap_promise_more():
    whole = {**SAFE, "purchase_amount": 9.5e6, "conversion_valuation_cap_type": "fully_diluted"}
    table = {"classes": {**COMMON["classes"], "pool": {"kind": "option_pool", "shares": 0}, "safe": whole}}
    terms = round_of(conversion_method="percent_ownership", option_pool="10%", pre_money_includes=["pool_top_up"])
    ((message, _),) = refused(table, terms).values()
    assert message.startswith("the caps promise 105.6 % of the company before the new money, beside a pool of 10 %")


def test_too_much_new_money_is_told_with_the_value_that_would_do():
    found = refused(COMMON, round_of(new_money=12e6, pre_money_valuation=4e6, new_money_at_most="40%"))
    assert found == {
        "pre_money_valuation": (
            "the new money is 75 % of the value after it, and new_money_at_most is 40 %",
            "there is a price from a pre-money valuation of 18M",
        )
    }


def test_a_value_after_the_money_that_is_all_new_money_leaves_nothing():
    found = refused(COMMON, {"name": "b", "new_money": 4e6, "post_money_valuation": 4e6})
    assert found["post_money_valuation"][0] == "nothing is left for the shares before the round: its new money is 4M"


@pytest.mark.parametrize(
    ("terms", "place", "words"),
    [
        ({"name": "common"}, "name", "is called 'common' already"),
        ({"new_money": "18 months of burn"}, "new_money", "nothing that the formula '18 months of burn' could read"),
        ({"pre_money_valuation": None}, "closings", "states a price"),
        ({"series": {"like": "series_z"}}, "series.like", "there is no 'series_z'"),
        ({"investors": {"Fund": "9M"}}, "investors", "the named investors commit 9M, and the closing takes 4M"),
        ({"new_money": "4M EUR", "pre_money_valuation": "16M USD"}, "new_money", "amounts are in"),
        ({"newmoney": 5}, "newmoney", "unknown key"),
        ({"option_pool": "10%"}, "option_pool", "no class of kind option_pool"),
    ],
)
def test_a_wrong_round_is_told_where_it_stands(terms, place, words):
    found = refused(TWO, round_of(**terms))
    assert words in str(found.get(place, found))


def test_what_a_round_alone_cannot_decide_is_told():
    closed = valsim.close_round(TWO, round_of(probability="50%", when="arr > 5M USD/year"))
    assert [warning.split(":")[0] for warning in closed.warnings] == ["when", "probability"]


def test_a_round_that_needs_a_method_for_its_safes_asks_for_one():
    ((message, _),) = refused(WITH_SAFE, round_of()).values()
    assert "does not say whether its pre-money valuation pays for the conversion of safe" in message


def test_a_round_at_a_price_per_share_needs_no_method_for_its_safes():
    stated = {"new_money": "4M", "price_per_share": 2}
    alone = valsim.close_round(WITH_SAFE, stated)
    methods = ("pre_money", "percent_ownership", "dollars_invested")
    others = [valsim.close_round(WITH_SAFE, stated | {"conversion_method": method}) for method in methods]
    assert [other.fully_diluted.after for other in others] == [alone.fully_diluted.after] * 3
    assert alone.price_per_share == 2


def test_no_share_is_lost_or_made():
    closed = valsim.close_round(TWO, round_of())
    assert sum(change.after for change in closed.ownership.values()) == pytest.approx(1)
    assert np.isclose(closed.fully_diluted.after, closed.fully_diluted.before + closed.new_shares)


def test_a_closing_before_a_class_was_issued_is_refused():
    table = RATCHET.replace("seniority: 1,", "seniority: 1, issued: 2025-06-01,")
    told = refused(table, round_of(at="2025-05-31", pre_money_valuation=160_000_000))
    assert told["at"][0] == "2025-05-31 is before 2025-06-01, when series_a was issued"


@pytest.mark.parametrize(("needed", "converts"), [("1M", "first"), ("3M", "second"), ("3.1M", "")])
def test_a_note_converts_at_the_closing_with_which_the_round_has_raised_enough(needed, converts):
    terms = "interest_rate: 0%, day_count: 30/360, compounding: simple, accrued_interest: converts"
    more = f"qualified_financing_at_least: {needed}, converts_into: shadow_series, seniority: 1, issued: 2025-01-01"
    table = f"""
classes:
  common: {{kind: common, shares: 8M}}
  note: {{kind: convertible_note, principal: 1M, {terms}, {more}}}
"""
    closings = [
        {"name": "first", "new_money": 1e6, "pre_money_valuation": 16e6, "at": "2026-01-01"},
        {"name": "second", "new_money": 2e6, "at": "2026-02-01"},
    ]
    closed = valsim.close_round(
        table, {"name": "b", "conversion_method": "pre_money", "closings": closings}, on="2026-01-01"
    )
    shares = closed.conversions.get("note")
    assert (shares.shares if shares else 0) == pytest.approx(0.5e6 if converts else 0)
    sizes = [each.post_money_valuation / each.price_per_share for each in closed.closings]
    # 8M and half a million of the first closing; the note's half a million comes with the closing that converts it.
    assert sizes[0] == pytest.approx(9e6 if converts == "first" else 8.5e6)
