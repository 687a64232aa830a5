import numpy as np

from tests.contract.tables import TWO
from valsim.contract.contract import Contract
from valsim.contract.readings import readings

LISTED = TWO.replace(
    "seniority: 1}", "seniority: 1,\n    automatic_conversion: {offer_price_at_least: 3, below: blocks_ipo}}"
)
WARRANT = TWO.replace(
    "positions:",
    "  warrants: {kind: warrant, shares: 1M, on: series_a, exercise_price: 1, exercise: in_the_money}\npositions:",
)


def of(text: str, *millions: float, kind="acquisition"):
    return readings(Contract.read(text), np.array(millions) * 1e6, kind, None)


def test_a_contract_without_a_doubtful_clause_has_no_readings():
    assert of(TWO, 10) == ()


def test_each_reading_of_a_clause_is_paid_out():
    (clause,) = of(WARRANT, 6)
    assert (clause.place, clause.stated) == ("classes.warrants.exercise", "in_the_money")
    paid = {word: float(each.classes["warrants"].payout[0]) for word, each in clause.paid.items()}
    # Three shares want 2.5 each out of 6 and 1 paid in; those that wait for a conversion get nothing.
    assert paid["in_the_money"] > 0
    assert paid["on_conversion"] == 0
    assert clause.spread["warrants"].tolist() == [paid["in_the_money"]]


def test_a_reading_may_make_no_difference_to_this_exit():
    (clause,) = of(LISTED, 20)
    assert not any(row.any() for row in clause.spread.values())


def test_a_listing_below_the_test_is_read_in_two_ways():
    (clause,) = of(LISTED, 20, kind="ipo")
    assert set(clause.paid) == {"blocks_ipo", "keeps_preference"}
    assert clause.refused == {}


def test_a_reading_that_does_not_go_with_the_rest_says_why():
    table = TWO.replace(
        "positions:",
        "  note: {kind: convertible_note, issued: 2025-01-01, principal: 1M, interest_rate: 8%,"
        " day_count: actual/365, compounding: simple, accrued_interest: converts, conversion_discount: 20%,"
        " converts_into: shadow_series, seniority: 2}\npositions:",
    ).replace("\nclasses:", "\nas_of: 2026-01-01\nclasses:")
    found = {clause.place: clause for clause in of(table, 20)}
    compounding = found["classes.note.compounding"]
    assert compounding.refused["compound"] == "compound interest says how often it is added"
    assert list(compounding.paid) == ["simple"]


def test_the_bare_word_of_a_clause_is_varied_too():
    bare = TWO.replace("seniority: 1}", "seniority: 1, anti_dilution: broad_based_weighted_average}")
    found = {clause.place: set(clause.paid) for clause in of(bare, 20)}
    assert found["classes.series_a.anti_dilution.unissued_pool"] == {"counted", "left_out"}
