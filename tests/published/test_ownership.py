"""Stakes of staged financings that others have published or asked for."""

import pytest

import valsim
from tests.published.cases import called, cases, close, number
from valsim.value.staged_ownership import tranche_stakes, venture_capital_method


@pytest.mark.parametrize("case", cases("ownership", "staged_ownership"), ids=called)
def test_the_stakes_of_the_venture_capital_method_are_these(case):
    returns = [number(rate) for rate in case["target_irr"]]
    stakes = venture_capital_method(case["invest"], case["times"], returns, case["exit_value"], case["exit_time"])
    expected = case["expected"]
    assert stakes.final.tolist() == pytest.approx(expected["final_stake"], abs=1e-8)
    if "founder_shares" in case:
        total = case["founder_shares"] + stakes.shares_issued(case["founder_shares"]).sum()
        assert stakes.at_purchase.tolist() == pytest.approx(expected["stake_at_purchase"], abs=1e-8)
        assert stakes.founders == pytest.approx(expected["founder_final"], abs=1e-8)
        assert total == pytest.approx(expected["total_shares"], abs=case["tolerance"])


@pytest.mark.parametrize("case", cases("ownership", "tranche_ownership"), ids=called)
def test_who_walks_keeps_more_than_the_part_of_the_final_stake_that_it_paid_for(case):
    first, second, final = tranche_stakes(case["pre_money"], case["tranches"])
    found = {
        "final_stake": final,
        "per_tranche_of_final": final * case["tranches"][0] / case["round_total"],
        "stake_if_walk_after_1": first,
        "stake_if_walk_after_2": second,
    }
    assert close(found, case)


@pytest.mark.parametrize("case", cases("ownership", "ipo_ratchet"), ids=called)
def test_a_ratchet_gives_more_common_shares_at_a_low_offer_price(case):
    price, offer = number(case["series_E_price"]), number(case["ipo_price"])
    guaranteed = number(case["guaranteed_price"]) if "guaranteed_price" in case else None
    multiple = 1 + number(case["guaranteed_return"]) if guaranteed is None else guaranteed / price
    held, others = case.get("series_E_shares", 1_000_000), 300_000_000
    ratchet = {"kind": "preferred", "shares": held, "original_issue_price": price, "liquidation_preference_multiple": 1,
               "participation": "none", "seniority": 1, "ipo_ratchet_multiple": multiple}  # fmt: skip
    table = {"classes": {"common": {"kind": "common", "shares": others}, "E": ratchet}}
    listed = valsim.waterfall(table, others * offer + held * price * multiple, exit="ipo")
    assert listed.classes["common"].per_share == pytest.approx(offer)
    worth = float(listed.classes["E"].per_share)
    found = {"guaranteed_price": worth, "shares_per_E_share": worth / offer, "extra_shares": held * (worth / offer - 1)}
    assert close(found, case)
