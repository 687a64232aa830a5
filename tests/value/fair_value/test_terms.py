import pytest

import valsim
from tests.contract.tables import THREE, TWO
from valsim.contract.contract import Contract
from valsim.value.fair_value.terms import carried, with_only

EVERYTHING = """
as_of: 2026-01-01
currency: USD
classes:
  common: {kind: common, shares: 8M}
  pool: {kind: option_pool, shares: 1M, allocated: 400k, exercise_price: 0.2, vested: 50%}
  series_a: {kind: preferred, issued: 2025-01-01, shares: 2M, original_issue_price: 2.5,
    liquidation_preference_multiple: 1.5, participation: full, seniority: 1,
    cumulative_dividend: {rate: 8%, compounding: simple, day_count: actual/365.25, settlement: forfeit_on_conversion}}
  series_b: {kind: preferred, issued: 2026-01-01, shares: 1.5M, original_issue_price: 6,
    liquidation_preference_multiple: 1, participation: none, seniority: 2, ipo_ratchet_multiple: 1,
    automatic_conversion: {offer_price_multiple_at_least: 1, below: blocks_ipo}}
debt: {bank: {kind: venture_debt, claim: 2M, seniority: 1}}
"""


def attribution(table: str, **terms):
    found = valsim.fair_value(table, method={"kind": "exit_mix", "exit_times": 4, **terms})
    return found, {each.term: each for each in found.attribution}


def test_each_term_is_known_with_those_that_carry_it():
    table = Contract.read(EVERYTHING).table
    assert carried(table) == {
        "multiples": ("series_a",),
        "participation": ("series_a",),
        "seniority": ("series_b",),
        "dividends": ("series_a",),
        "ipo_ratchet": ("series_b",),
        "automatic_conversion": ("series_b",),
        "exercise_prices": ("pool",),
        "paid_first": ("bank",),
        "preferences": ("series_a", "series_b"),
    }
    assert carried(with_only(table, frozenset({"preferences"}))) == {"preferences": ("series_a", "series_b")}


@pytest.mark.parametrize("table", [TWO, THREE, EVERYTHING], ids=["two classes", "three", "every term"])
def test_what_the_terms_add_is_all_of_the_gap(table: str):
    found, terms = attribution(table)
    assert sum(each.adds for each in terms.values()) == pytest.approx(
        found.post_money_valuation - found.fair_value, rel=1e-9
    )
    assert sum(each.overvaluation for each in terms.values()) == pytest.approx(found.overvaluation, rel=1e-9)
    assert "remainder" not in terms


def test_the_pool_adds_the_price_of_the_shares_that_nobody_has():
    found, terms = attribution(EVERYTHING)
    assert terms["unissued_pool"].adds == pytest.approx(600e3 * 6)
    assert found.classes["pool"].headline == pytest.approx(400e3 * 6)


def test_a_ratchet_of_the_published_company_is_worth_the_difference_of_two_published_values():
    baseline = {"classes": {
        "common": {"kind": "common", "shares": 750e6},
        "pool": {"kind": "option_pool", "shares": 50e6},
        "A": {"kind": "preferred", "shares": 100e6, "original_issue_price": 0.5, "liquidation_preference_multiple": 1,
              "participation": "none", "seniority": 1},
        "B": {"kind": "preferred", "shares": 100e6, "original_issue_price": 1, "liquidation_preference_multiple": 1,
              "participation": "none", "seniority": 1, "ipo_ratchet_multiple": 1},
    }}  # fmt: skip
    terms = {each.term: each.adds for each in valsim.fair_value(baseline, {"B": 1.0}).attribution}
    assert terms["ipo_ratchet"] == pytest.approx(771.24e6 - 639.92e6, abs=0.2e6)
    assert terms["preferences"] == pytest.approx(950e6 - 771.24e6, abs=0.1e6)
    assert terms["unissued_pool"] == pytest.approx(50e6)


def test_notes_and_fixed_returns_lower_the_gap_for_the_headline_leaves_them_out():
    notes = EVERYTHING.replace("debt:", "  notes: {kind: fixed_return_preferred, issued: 2026-01-01, shares: 1M, original_issue_price: 1, "
                               "return_per_year: 5%, compounding: simple, day_count: actual/365, seniority: 3}\ndebt:")  # fmt: skip
    _, terms = attribution(notes)
    assert terms["convertibles"].classes == ("notes",)
    assert terms["convertibles"].adds < 0
