"""Interest and dividends that others have published: by the formula, of a loan and of preferred shares."""

from datetime import date, timedelta

import pytest

import valsim
from tests.published.cases import called, cases, close, number
from valsim.captable.accrual import interest

ALL = cases("accruals", "accrual")
ISSUED = date(2025, 1, 1)
COMMON = {"kind": "common", "shares": 1_000_000_000}
"""So many that nobody else wants to be one of them."""


def terms(case):
    periods = case["periods_per_year"]
    stated = {"compounding": case["method"], "day_count": case["day_count"]}
    return stated | ({} if periods is None else {"periods_per_year": periods})


def paid(case, table):
    """What an exit after the days of a case pays that is worth three times the principal."""
    return valsim.waterfall(table, 3 * number(case["principal"]), on=ISSUED + timedelta(days=case["days"]))


@pytest.mark.parametrize("case", ALL, ids=called)
def test_the_interest_is_the_published_one(case):
    compounding, periods = case["method"], case["periods_per_year"]
    given = (number(case["principal"]), number(case["annual_rate"]), 0, case["days"], case["day_count"])
    assert close({"interest": float(interest(*given, compounding, periods))}, case)


@pytest.mark.parametrize("case", ALL, ids=called)
def test_a_loan_is_repaid_with_the_published_interest(case):
    loan = {
        "kind": "venture_debt",
        "principal": case["principal"],
        "interest_rate": case["annual_rate"],
        "seniority": 1,
    }
    table = {"classes": {"common": COMMON}, "debt": {"loan": loan | terms(case) | {"issued": str(ISSUED)}}}
    assert close({"interest": float(paid(case, table).lenders["loan"]) - number(case["principal"])}, case)


@pytest.mark.parametrize("case", ALL, ids=called)
def test_preferred_shares_are_paid_the_published_dividend_besides_their_price(case):
    dividend = {"rate": case["annual_rate"], "settlement": "forfeit_on_conversion"} | terms(case)
    shares = {"kind": "preferred", "issued": str(ISSUED), "shares": 100_000, "seniority": 1, "participation": "none"}
    price = {"original_issue_price": number(case["principal"]) / 100_000, "liquidation_preference_multiple": 1}
    table = {"classes": {"common": COMMON, "series_a": shares | price | {"cumulative_dividend": dividend}}}
    assert close({"interest": float(paid(case, table).classes["series_a"].payout) - number(case["principal"])}, case)
