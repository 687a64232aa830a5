"""Rounds that others have published: the price, the shares of everybody, and who owns what after."""

import pytest

import valsim
from tests.published.cases import called, cases, close, number
from tests.published.rounds import CONVERTIBLE_ROUND, SERIES, cap_table, priced_round


@pytest.mark.parametrize("case", cases("rounds", "priced_round"), ids=called)
def test_a_round_with_convertibles_is_priced_as_published(case):
    closed = valsim.close_round(cap_table(case), priced_round(case))
    converted = closed.conversions
    found = {
        "price": closed.price_per_share,
        "total_post": closed.fully_diluted.after,
        "new_shares": closed.new_shares,
        "safe_shares": {name: each.shares for name, each in converted.items()},
        "conversion_price": {name: each.conversion_price for name, each in converted.items()},
        "B_pre": closed.fully_diluted.before,
        "B_post": closed.fully_diluted.before + sum(each.shares for each in converted.values()),
        "ownership_common": closed.ownership_by_class["common"].after,
        "ownership_new": closed.ownership_by_class["new"].after,
        "ownership_safe": {name: closed.ownership_by_class[each.series].after for name, each in converted.items()},
        "ownership_unissued": closed.pool.after / closed.fully_diluted.after,
    }
    assert close(found, case)


@pytest.mark.parametrize("case", cases("rounds", "priced_round_simple"), ids=called)
def test_a_round_on_common_shares_is_priced_as_published(case):
    before = next(case[word] for word in ("fully_diluted_before", "existing_shares", "founder_shares") if word in case)
    topped_up = {"option_pool": case.get("pool_post_fraction"), "pre_money_includes": ["pool_top_up"]}
    pool = topped_up if "pool_post_fraction" in case else {}
    classes = {"common": {"kind": "common", "shares": before}, "pool": {"kind": "option_pool", "shares": 0}}
    closed = valsim.close_round({"classes": classes}, priced_round(case) | pool)
    found = {
        "price": closed.price_per_share,
        "new_shares": closed.new_shares,
        "total_post": closed.fully_diluted.after,
        "effective_pre_money": closed.price_per_share * number(before),
        "ownership_founder": closed.ownership_by_class["common"].after,
        "ownership_new": closed.ownership_by_class["new"].after,
    }
    assert close(found, case | {"tolerance": max(case["tolerance"], 1e-7)})


@pytest.mark.parametrize("case", cases("rounds", "safe_shares"), ids=called)
def test_a_post_money_cap_counts_the_safe_itself(case):
    safe = {
        "id": "safe",
        "form": "safe_post",
        "amount": case["safe_amount"],
        "cap": case["post_money_cap"],
        "discount": None,
    }
    table = cap_table({"common": case["founders"], "convertibles": [safe]})
    shares = valsim.close_round(table, CONVERTIBLE_ROUND).conversions["safe"].shares
    assert close({"safe_shares": shares}, case)
    assert abs(shares - case["published_wrong"]["safe_shares"]) > 100_000


@pytest.mark.parametrize("case", cases("rounds", "adjusting_round"), ids=called)
def test_a_cheaper_round_lowers_every_conversion_price_from_the_same_shares(case):
    classes = {"common": {"kind": "common", "shares": case["common"]}}
    classes["options"] = {"kind": "option", "shares": case["options"], "exercise_price": 0, "vested": 1}
    for name, (shares, price) in case["preferred"].items():
        terms = {"shares": shares, "original_issue_price": price, "anti_dilution": "broad_based_weighted_average"}
        classes[name] = SERIES | terms
    money = case["new_shares"] * number(case["price"])
    closed = valsim.close_round({"classes": classes}, {"new_money": money, "price_per_share": case["price"]})
    prices = {name: change.after for name, change in closed.conversion_prices.items()}
    common = {name: shares * price / prices[name] for name, (shares, price) in case["preferred"].items()}
    assert close({"conversion_price": prices, "as_converted": common}, case)


@pytest.mark.parametrize("case", cases("ownership", "tranche_ownership"), ids=called)
def test_who_walks_between_the_closings_of_a_round_keeps_the_published_stake(case):
    table = {"classes": {"common": {"kind": "common", "shares": 1_000_000}}}
    paid = [
        {"name": f"tranche {i}", "new_money": money, "investors": {"fund": money}}
        for i, money in enumerate(case["tranches"])
    ]
    paid[0]["pre_money_valuation"] = case["pre_money"]
    stakes = [valsim.close_round(table, {"closings": paid[:number]}).ownership["fund"].after for number in (1, 2, 3)]
    found = {
        "stake_if_walk_after_1": stakes[0],
        "stake_if_walk_after_2": stakes[1],
        "final_stake": stakes[2],
        "per_tranche_of_final": stakes[2] / len(paid),
    }
    assert close(found, case)
