"""What contracts came to at the exit, worked out by hand on the company in which nothing moves."""

import numpy as np
import pytest

from tests.outcome.test_settle import AT_ONCE, LOW, listing, played
from valsim.result import Result

SENIOR = (
    "captable.debt={loan: {kind: venture_debt, claim: 20M USD, seniority: 1}}",
    "captable.transaction_costs={fraction: 10%, paid_at: [acquisition]}",
    "captable.carve_out={kind: gross, fraction: 5%, base: after_debt, paid_at: [acquisition]}",
)
SAFE = (
    "captable.classes.safe={kind: safe, issued: 2025-06-01, purchase_amount: 10M USD, conversion_valuation_cap: 100M USD, "
    "conversion_valuation_cap_type: post_money, converts_into: shadow_series, seniority: 1}"
)


def column(result: Result, *key: str) -> float:
    """What a column says of every path alike."""
    (value,) = np.unique(result.outcomes[key])
    return float(value)


def test_what_is_paid_first_is_told_claim_by_claim() -> None:
    # 500M and 10M of cash: 51M of costs, then the loan, then 5 % of the 439M that are left.
    result = played(*SENIOR)
    assert column(result, "paid first", "transaction_costs") == pytest.approx(51e6, rel=1e-12)
    assert column(result, "paid first", "loan") == pytest.approx(20e6, rel=1e-12)
    assert column(result, "paid first", "carve_out") == pytest.approx(21.95e6, rel=1e-12)
    assert column(result, "left owed", "loan") == column(result, "repaid before", "loan") == 0


def test_a_lender_that_is_not_paid_is_left_with_what_it_is_owed() -> None:
    result = played(*SENIOR, "valuation.multiple={kind: constant, value: 0.01}")
    assert column(result, "paid first", "loan") == 0
    assert column(result, "left owed", "loan") == pytest.approx(20e6, rel=1e-12)


def test_a_loan_that_was_repaid_before_is_paid_nothing_at_the_exit() -> None:
    loan = "captable.debt={loan: {kind: venture_debt, claim: 8M USD, matures: 2027-01-01, seniority: 1}}"
    result = played(loan)
    assert column(result, "repaid before", "loan") == 1
    assert column(result, "paid first", "loan") == column(result, "left owed", "loan") == 0


@pytest.mark.parametrize(
    ("multiple", "shares", "paid"),
    [(5, 1, 51e6), (0.05, 0, 15e6 * 10 / 110)],
    ids=["a part of 10 % is worth more than 10M", "of 15M it is paid beside the preference of series a"],
)
def test_a_safe_that_no_closing_converts_takes_shares_or_money(multiple: float, shares: int, paid: float) -> None:
    result = played(SAFE, f"valuation.multiple={{kind: constant, value: {multiple}}}")
    assert column(result, "convertible", "safe", "held") == 1
    assert column(result, "convertible", "safe", "takes shares") == shares
    assert column(result, "convertible", "safe", "paid") == pytest.approx(paid, rel=1e-9)


def test_a_ratchet_adds_what_its_shares_are_worth_above_the_others() -> None:
    # 105M of the 110M are guaranteed; the 75M common shares have 5M, and 25M shares at that price would have 5M / 3.
    ratchet = "captable.classes.series_a.ipo_ratchet_multiple=1.05"
    result = played(*LOW, *AT_ONCE, listing("by_charter"), ratchet)
    assert column(result, "ratchet", "series_a") == pytest.approx(105e6 - 5e6 / 3, rel=1e-9)
    assert column(result, "listing", "planned") == 1
    high = played(*AT_ONCE, listing("by_charter"), ratchet)
    assert column(high, "ratchet", "series_a") == 0


def test_a_class_that_stops_a_listing_is_told_and_no_ratchet_counts() -> None:
    term = "captable.classes.series_a.automatic_conversion={offer_price_at_least: 2 USD, below: blocks_ipo}"
    stopped, ratchet = (
        (*LOW, *AT_ONCE, listing("by_charter"), term),
        "captable.classes.series_a.ipo_ratchet_multiple=0.5",
    )
    assert column(played(*stopped, ratchet), "listing", "blocked") == 1
    assert column(played(*stopped, ratchet), "ratchet", "series_a") == 0
    assert column(played(*stopped[1:]), "listing", "blocked") == 0


def test_terms_that_the_document_does_not_have_make_no_columns() -> None:
    kinds = {key[0] for key in played().outcomes}
    assert not kinds & {"paid first", "left owed", "repaid before", "convertible", "listing", "ratchet", "event"}
