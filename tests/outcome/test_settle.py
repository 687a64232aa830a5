"""Who got what on each path, once every path has ended; worked out by hand on the company in which nothing moves."""

from datetime import date

import numpy as np
import pytest

import valsim
from tests.companies import lively, steady
from valsim.captable.ledger import OTHERS, UNISSUED
from valsim.core.timeline import years_between
from valsim.result import Result

PATHS = 2
START = date(2026, 1, 1)
LOW = ("valuation.multiple={kind: constant, value: 1}",)
"""Equity is 110M: less than the preference of 100M would leave by shares."""
AT_ONCE = ("horizon=1 year", "step=year")
"""One step: everything that comes for sure comes at its end."""


def played(*overrides: str, paths: int = PATHS) -> Result:
    return valsim.simulate(steady(*overrides), paths=paths, threads=1)


def of(result: Result, holder: str, what: str) -> float:
    """What a holder has on the first path; every path has the same."""
    rows = {"present value": result.valued}.get(what, result.outcomes)["holder", holder, what]
    assert np.unique(rows).size == 1
    return float(rows[0])


def bought(pay: str = "5.1M USD", carry: str = "20%", consent: str = "100%") -> str:
    terms = f"pay: {pay}, carry: {carry}, transfer_consent_probability: {consent}, fees: 2%"
    where = "series: series_a, seller: Fund, price_per_share: 3.4 USD, at: 2027-01-01"
    return f"positions={{me: {{kind: secondary, {terms}, {where}}}}}"


def listing(preferred: str) -> str:
    return f"exits={{ipo: {{hazard: 1000 per year, discount: 0%, lock_up: 180 days, preferred: {preferred}}}}}"


@pytest.mark.parametrize(("preferred", "fund"), [("as_agreed", 100e6), ("all_converted", 27.5e6)])
def test_a_listing_pays_preferences_or_makes_all_shares_common(preferred: str, fund: float) -> None:
    result = played(*LOW, *AT_ONCE, listing(preferred))
    assert of(result, "Fund", "at exit") == pytest.approx(fund, rel=1e-12)
    assert of(result, "Ada", "at exit") == pytest.approx((110e6 - fund) * 0.8, rel=1e-12)
    assert of(result, OTHERS, "at exit") == pytest.approx((110e6 - fund) * 0.2, rel=1e-12)


def test_a_sale_pays_preferences() -> None:
    sale = "exits={acquisition: {hazard: 1000 per year, discount: 0%}}"
    assert of(played(*LOW, *AT_ONCE, sale), "Fund", "at exit") == pytest.approx(100e6, rel=1e-12)


def test_after_a_listing_holders_have_their_money_when_the_lock_up_ends_and_its_value_at_once() -> None:
    result = played(*AT_ONCE, listing("as_agreed"))
    years = years_between(START, result.scenario.end)
    assert result.outcomes["paid at",] == pytest.approx([years + 180 / 365.25] * PATHS, rel=1e-12)
    assert of(result, "Fund", "present value") == pytest.approx(127.5e6 / 1.04**years, rel=1e-12)


def test_what_a_company_brings_that_ended_by_the_horizon_is_realised() -> None:
    result = played(*AT_ONCE, "exits={acquisition: {hazard: 1000 per year, discount: 0%}}")
    assert of(result, "Fund", "realised") == of(result, "Fund", "at exit") == pytest.approx(127.5e6, rel=1e-12)


def test_what_a_company_is_counted_for_at_the_horizon_is_not() -> None:
    result = played()
    assert of(result, "Fund", "realised") == 0.0
    assert of(result, "Fund", "proceeds") == pytest.approx(127.5e6, rel=1e-12)


def test_an_exit_in_the_extension_is_not_realised_by_the_horizon() -> None:
    late = "drivers.age={kind: geometric_brownian, start: 1, growth: 100%, volatility: 0}"
    sale = "exits={acquisition: {hazard: 1000 per year, discount: 0%, when: age > 9}}"
    result = played(late, sale, "at_horizon={kind: extend, by: 1 year, discount: 50%}")
    assert set(result.outcomes["exit",].tolist()) == {0}
    assert (result.outcomes["exit time",] > 3).all()
    assert of(result, "Fund", "proceeds") == pytest.approx(127.5e6, rel=1e-12)
    assert of(result, "Fund", "realised") == 0.0


def test_the_return_of_an_opening_holder_counts_from_the_issue_of_its_shares() -> None:
    held_for = years_between(date(2025, 1, 1), date(2029, 1, 1))
    assert of(played(), "Fund", "invested") == 100e6
    assert of(played(), "Fund", "irr") == pytest.approx(1.275 ** (1 / held_for) - 1, rel=1e-9)


def test_of_founders_shares_it_is_not_known_what_they_cost() -> None:
    result = played()
    assert of(result, "Ada", "invested") == 0.0
    assert np.isnan(result.outcomes["holder", "Ada", "irr"]).all()


def test_without_a_date_of_issue_no_cost_is_made_up() -> None:
    assert of(played("captable.classes.series_a.issued=null"), "Fund", "invested") == 0.0


def test_a_buyer_gets_its_shares_less_the_carry_on_its_profit() -> None:
    result = played(bought())
    # 1.5M shares at 5.1 bring 7.65M; 5.202M were paid with the fees.
    profit = 7.65e6 - 5.202e6
    assert of(result, "me", "invested") == pytest.approx(5.202e6, rel=1e-12)
    assert of(result, "me", "carry") == pytest.approx(0.2 * profit, rel=1e-12)
    assert of(result, "me", "proceeds") == pytest.approx(7.65e6 - 0.2 * profit, rel=1e-12)
    years = years_between(date(2027, 1, 1), date(2029, 1, 1))
    assert of(result, "me", "irr") == pytest.approx(((7.65e6 - 0.2 * profit) / 5.202e6) ** (1 / years) - 1, rel=1e-9)


def test_on_a_loss_no_carry_is_due() -> None:
    result = played(bought(), "valuation.multiple={kind: constant, value: 0.5}")
    # 60M of equity are 2.4 for each of 25M preferred shares.
    assert of(result, "me", "carry") == 0.0
    assert of(result, "me", "proceeds") == pytest.approx(1.5e6 * 2.4, rel=1e-12)


def test_what_a_seller_was_paid_is_part_of_its_proceeds_and_realised() -> None:
    result = played(bought())
    assert of(result, "Fund", "proceeds") == pytest.approx(5.1e6 + 23.5e6 * 5.1, rel=1e-12)
    assert of(result, "Fund", "realised") == pytest.approx(5.1e6, rel=1e-12)
    assert of(result, "Fund", "invested") == 100e6


def test_a_sale_before_the_end_is_discounted_from_its_own_day() -> None:
    sold, end = (years_between(START, day) for day in (date(2027, 1, 1), date(2029, 1, 1)))
    expected = 5.1e6 / 1.04**sold + 23.5e6 * 5.1 / 1.04**end
    assert of(played(bought()), "Fund", "present value") == pytest.approx(expected, rel=1e-12)


def test_a_buyer_whose_purchase_was_refused_never_invested() -> None:
    result = played(bought(consent="0%"))
    assert [of(result, "me", what) for what in ("invested", "proceeds", "carry", "ownership at exit")] == [0.0] * 4
    assert np.isnan(result.outcomes["holder", "me", "irr"]).all()


def test_zero_proceeds_are_a_return_of_minus_one() -> None:
    result = played("at_horizon={kind: zero}")
    assert of(result, "Fund", "irr") == -1.0
    assert of(result, "Fund", "proceeds") == 0.0


def test_the_unissued_pool_is_owned_by_nobody_and_paid_nothing() -> None:
    pool = "captable.classes.pool={kind: option_pool, shares: 25M}"
    result = played(pool)
    assert of(result, UNISSUED, "ownership at exit") == pytest.approx(0.2, rel=1e-12)
    assert of(result, UNISSUED, "at exit") == 0.0
    assert of(result, "Fund", "at exit") == pytest.approx(0.25 * 510e6, rel=1e-12)


def test_a_share_is_worth_what_its_class_is_paid_over_the_shares_that_somebody_holds() -> None:
    result = played(*LOW, "captable.classes.pool={kind: option_pool, shares: 25M}")
    factor = 1.04 ** -years_between(START, result.scenario.end)
    worth = {name: result.valued["class", name, "present value per share"] for name in ("series_a", "common", "pool")}
    assert worth["series_a"] == pytest.approx([4 * factor] * PATHS, rel=1e-12)
    assert worth["common"] == pytest.approx([10 / 75 * factor] * PATHS, rel=1e-12)
    assert np.isnan(worth["pool"]).all()


@pytest.fixture(scope="module")
def moving() -> Result:
    return valsim.simulate(lively(), paths=2000, threads=1)


def test_ownership_adds_up_to_one_whoever_holds_shares(moving: Result) -> None:
    names = [key[1] for key in moving.outcomes if key[0] == "holder" and key[2] == "invested"]
    owned = sum(moving.outcomes["holder", name, "ownership at exit"] for name in names)
    assert np.allclose(owned, 1.0, rtol=0, atol=1e-12)


def test_holders_are_worth_no_more_than_their_classes_and_what_they_sold(moving: Result) -> None:
    def total(kind: str) -> np.ndarray:
        rows = (row for key, row in moving.valued.items() if key[0] == kind and key[2] == "present value")
        return np.sum(list(rows), axis=0)

    assert np.all(total("holder") <= total("class") + 5e6)  # at most what the secondary paid its seller


def test_without_carry_and_sales_holders_are_worth_what_their_classes_are() -> None:
    valued = valsim.simulate(lively("positions={}"), paths=500, threads=1).valued
    holders, classes = (
        np.sum([row for key, row in valued.items() if key[0] == kind and key[2] == "present value"], axis=0)
        for kind in ("holder", "class")
    )
    assert np.allclose(holders, classes, rtol=1e-12, atol=1e-3)


def test_realised_and_unrealised_proceeds_part_by_the_end_of_the_path(moving: Result) -> None:
    private = moving.outcomes["exit",] == -1
    at_exit, proceeds, realised = (
        moving.outcomes["holder", "Fund", what] for what in ("at exit", "proceeds", "realised")
    )
    sales = proceeds - at_exit
    assert np.allclose(realised[private], sales[private], rtol=1e-12, atol=1e-3)
    assert np.allclose(realised[~private], proceeds[~private], rtol=1e-12, atol=1e-3)


def test_what_is_paid_later_counts_today_at_its_present_value_and_what_was_paid_earlier_at_face() -> None:
    closing = (
        "{name: only, at: 2027-01-01, new_money: 50M USD, post_money_valuation: 500M USD, investors: {Fund: 20M USD}}"
    )
    result = valsim.simulate(
        steady(f"rounds=[{{name: b, series: {{like: series_a, seniority: 2}}, closings: [{closing}]}}]"), paths=2
    )
    years = 365 / 365.25
    assert result.valued["holder", "Fund", "paid today"] == pytest.approx([100e6 + 20e6 / 1.04**years] * 2, rel=1e-12)


ACCRUES = "rate: 10%, compounding: simple, day_count: actual/365.25"
"""On 50M at 2 USD a share, for the four years from 2025 to 2029: 20M."""


@pytest.mark.parametrize(
    ("settlement", "rich", "part"),
    [
        ("forfeit_on_conversion", 510e6 / 4, 25 / 100),
        ("paid_in_kind", 510e6 * 35 / 110, 35 / 110),
        ("paid_in_cash", 20e6 + 490e6 / 4, 25 / 100),
    ],
)
def test_dividends_accrue_up_to_the_day_of_the_exit(settlement: str, rich: float, part: float) -> None:
    dividend = f"captable.classes.series_a.cumulative_dividend={{{ACCRUES}, settlement: {settlement}}}"
    terms = ("captable.classes.series_a.original_issue_price=2 USD", dividend)
    poor, well = played(*LOW, *terms), played(*terms)
    assert of(poor, "Fund", "at exit") == pytest.approx(70e6, rel=1e-12)
    assert of(well, "Fund", "at exit") == pytest.approx(rich, rel=1e-12)
    assert of(well, "Fund", "ownership at exit") == pytest.approx(part, rel=1e-12)


LOAN = "captable.debt={bank: {kind: venture_debt, principal: 20M USD, interest_rate: 10%, compounding: simple, day_count: actual/365.25, issued: 2025-01-01, seniority: 1}}"
"""After four years 28M is owed."""


def test_lenders_are_paid_what_has_accrued_before_shareholders() -> None:
    poor, well = played(*LOW, LOAN), played(LOAN)
    assert well.outcomes["proceeds",].tolist() == pytest.approx([482e6] * PATHS, rel=1e-12)
    assert of(well, "Fund", "at exit") == pytest.approx(482e6 / 4, rel=1e-12)
    assert of(poor, "Fund", "at exit") == pytest.approx(82e6, rel=1e-12)


def test_a_carve_out_is_paid_after_debt_and_before_shareholders() -> None:
    terms = "{kind: gross, fraction: 10%, base: BASE, paid_at: [acquisition]}"
    for base, left in (("after_debt", 482e6 * 0.9), ("before_debt", 482e6 - 51e6)):
        result = played(LOAN, f"captable.carve_out={terms.replace('BASE', base)}")
        assert of(result, "Fund", "at exit") == pytest.approx(left / 4, rel=1e-12)
    listed = played(*AT_ONCE, listing("as_agreed"), f"captable.carve_out={terms.replace('BASE', 'after_debt')}")
    assert of(listed, "Fund", "at exit") == pytest.approx(127.5e6, rel=1e-12)
