import json

import numpy as np
import pytest

import valsim
from tests.contract.tables import THREE, TWO
from valsim.core.errors import ScenarioError
from valsim.scenario.load_captable import load_captable

MILLION = 1e6


def millions(row) -> list[float]:
    return (np.asarray(row) / MILLION).tolist()


def test_a_class_keeps_its_preference_until_converting_pays_more():
    paid = valsim.waterfall(TWO, [4e6, 15e6, 25e6, 35e6])
    assert millions(paid.classes["series_a"].payout) == [4, 5, 5, 7]
    assert millions(paid.classes["common"].payout) == [0, 10, 20, 28]
    assert paid.classes["series_a"].converts.tolist() == [False, False, "indifferent", True]
    assert paid.classes["series_a"].per_share.tolist() == [2, 2.5, 2.5, 3.5]


def test_common_shares_never_convert():
    assert valsim.waterfall(TWO, [0, 35e6]).classes["common"].converts.tolist() == [False, False]


def test_the_published_table_bends_where_it_is_published():
    paid = valsim.waterfall(THREE, 60e6)
    assert millions(paid.breakpoints) == [9, 14, 39, 59, 69]
    assert paid.discontinuities == ()
    assert float(paid.classes["series_a"].payout) == pytest.approx(10.2e6, rel=1e-12)
    assert paid.classes["series_a"].converts.item() is True


def test_it_is_told_above_which_proceeds_each_class_converts_or_is_exercised():
    assert valsim.waterfall(TWO, 1e6).converts_above == {"series_a": 25e6}
    lender = "debt: {bank: {kind: venture_debt, claim: 4M, seniority: 1}}"
    options = "  options: {kind: option, shares: 1M, exercise_price: 1, vested: 100%}"
    table = TWO.replace("positions:", f"{options}\n{lender}\npositions:")
    # At 1 a share: 4 of debt, 5 of preference and 8; at 2.5: 4, 5, 20, and 1 M options that gain 1.5 each.
    assert valsim.waterfall(table, 1e6).converts_above == pytest.approx(
        {"options": 17e6, "series_a": 30.5e6}, rel=1e-12
    )


def test_who_participates_in_full_never_converts_in_a_sale_and_always_at_a_listing():
    table = TWO.replace("participation: none", "participation: full")
    assert valsim.waterfall(table, 1e6).converts_above == {}
    assert valsim.waterfall(table, 1e6, exit="ipo").converts_above == {"series_a": 0.0}


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (0,)])
def test_everything_has_the_shape_of_the_proceeds(shape):
    proceeds = np.full(shape, 35e6)
    paid = valsim.waterfall(TWO, proceeds)
    assert paid.proceeds.shape == paid.debt.shape == shape
    for each in paid.classes.values():
        assert each.payout.shape == each.per_share.shape == each.converts.shape == shape
    assert all(each.payout.shape == shape for each in paid.positions.values())


def test_holders_are_paid_by_their_shares_and_those_without_a_name_together():
    paid = valsim.waterfall(TWO, 35e6)
    assert {name: float(each.payout) for name, each in paid.positions.items()} == pytest.approx(
        {"Ada": 21e6, "Fund": 7e6, "other holders": 7e6}, rel=1e-12
    )
    assert list(paid.positions["Fund"].by_class) == ["series_a"]


def test_everything_that_an_exit_pays_is_paid_to_somebody():
    proceeds = np.linspace(0, 100e6, 301)
    paid = valsim.waterfall(THREE, proceeds)
    classes, holders = (sum(each.payout for each in group.values()) for group in (paid.classes, paid.positions))
    assert np.allclose(classes, proceeds, rtol=1e-12)
    assert np.allclose(holders, proceeds, rtol=1e-12)


def test_a_path_a_mapping_and_what_was_read_mean_the_same(tmp_path):
    file = tmp_path / "table.yaml"
    file.write_text(TWO)
    data = {"classes": {"common": {"kind": "common", "shares": np.float64(8e6)}}}
    whole = [valsim.waterfall(source, 35e6).as_dict() for source in (TWO, file, str(file), load_captable(file))]
    assert whole[0] == whole[1] == whole[2] == whole[3]
    assert float(valsim.waterfall(data, 35e6).classes["common"].per_share) == 4.375


def test_json_holds_what_the_contract_of_the_command_promises():
    data = json.loads(json.dumps(valsim.waterfall(TWO, [25e6, 35e6]).as_dict(), allow_nan=False))
    assert {"exit", "proceeds", "breakpoints", "discontinuities", "debt", "classes", "positions"} <= data.keys()
    assert data["classes"]["series_a"]["converts"] == ["indifferent", True]
    assert data["debt"] == [0, 0]
    assert data["positions"]["Fund"]["payout"] == [5e6, 7e6]


def test_options_are_exercised_when_a_share_is_worth_more_than_they_cost():
    table = TWO.replace(
        "positions:", "  options: {kind: option, shares: 1M, exercise_price: 2, vested: 100%}\npositions:"
    )
    # 5 are the preference; then common shares alone are worth 2 each at 21.
    paid = valsim.waterfall(table, [20e6, 21e6, 22e6]).classes["options"]
    assert paid.converts.tolist() == [False, "indifferent", True]
    assert millions(paid.payout) == pytest.approx([0, 0, 1 / 9])


def test_warrants_on_preferred_shares_are_exercised_where_a_share_is_paid_more_than_they_cost():
    warrant = (
        "  warrants: {kind: warrant, shares: 1M, on: series_a, exercise_price: 2, exercise: in_the_money}\npositions:"
    )
    # Two thirds and more of 2.5 for each of 2M shares; then 0.5 for each warrant.
    paid = valsim.waterfall(TWO.replace("positions:", warrant), [3e6, 4e6, 4.75e6, 10e6]).classes["warrants"]
    assert paid.converts.tolist() == [False, "indifferent", True, True]
    assert millions(paid.payout) == pytest.approx([0, 0, 0.25, 0.5])


def test_shares_with_a_fixed_return_decide_nothing():
    fixed = """  fixed: {kind: fixed_return_preferred, issued: 2025-01-01, shares: 1M, original_issue_price: 1,
    return_per_year: 10%, compounding: simple, day_count: actual/365, seniority: 2}\npositions:"""
    paid = valsim.waterfall(TWO.replace("positions:", fixed), [1e6, 35e6], on="2026-01-01").classes["fixed"]
    assert millions(paid.payout) == pytest.approx([1, 1.1])
    assert paid.converts.tolist() == [False, False]


def test_a_listing_converts_every_class():
    paid = valsim.waterfall(TWO, [4e6, 35e6], exit="ipo")
    assert millions(paid.classes["series_a"].payout) == [0.8, 7]
    assert paid.classes["series_a"].converts.tolist() == [True, True]


@pytest.mark.parametrize("wrong", [-1.0, np.nan, np.inf, [5e6, -1.0]])
def test_proceeds_that_are_no_money_are_refused(wrong):
    with pytest.raises(ValueError, match="proceeds are money"):
        valsim.waterfall(TWO, wrong)


def test_an_unknown_exit_is_refused():
    with pytest.raises(ValueError, match="expected an exit of acquisition, ipo, wind_down, got 'merger'"):
        valsim.waterfall(TWO, 1e6, exit="merger")


def test_what_is_no_cap_table_is_refused():
    with pytest.raises(TypeError, match="expected a file, a text, a mapping or a cap table, got int"):
        valsim.waterfall(7, 1e6)
    with pytest.raises(ScenarioError, match="required, but not given"):
        valsim.waterfall({"positions": {}}, 1e6)


@pytest.mark.parametrize(("converting", "above"), [("per_class", 10e6), ("per_holder", 10.4e6)])
def test_holders_of_a_safe_decide_together_or_each_alone(converting, above):
    # Each alone: with its 600k, the other holder converts when what is left after the first one's 400k is above the cap.
    safe = {
        "kind": "safe", "purchase_amount": 1_000_000, "conversion_valuation_cap": 10_000_000, "seniority": 1,
        "conversion_valuation_cap_type": "post_money", "converts_into": "shadow_series", "converting": converting,
    }  # fmt: skip
    table = {"classes": {"common": {"kind": "common", "shares": 8_000_000}, "safe": safe}}
    paid = valsim.waterfall({**table, "positions": {"angel": {"safe": 400_000}}}, [5e6, 20e6])
    assert paid.classes["safe"].converts.tolist() == [False, True]
    assert paid.converts_above["safe"] == pytest.approx(above, rel=1e-9)


@pytest.mark.parametrize("proceeds", ["10M", ["a"], {"a": 1}, [1, [2, 3]], 1 + 2j])
def test_proceeds_that_are_no_numbers_are_refused_in_words(proceeds):
    with pytest.raises(ValueError, match="expected the proceeds as a number or an array of numbers, such as 10e6, got"):
        valsim.waterfall(TWO, proceeds)


@pytest.mark.parametrize(("proceeds", "shown"), [([1e6, -5], "-5"), (float("nan"), "nan"), (float("inf"), "inf")])
def test_proceeds_that_are_no_money_are_told(proceeds, shown):
    with pytest.raises(ValueError, match=f"proceeds are money, zero or more, got {shown}"):
        valsim.waterfall(TWO, proceeds)
