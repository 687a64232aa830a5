"""When an exit pays and in which form; worked out by hand on the company in which nothing moves."""

from datetime import date

import pytest

from tests.outcome.test_settle import AT_ONCE, LOW, PATHS, START, bought, of, played
from valsim.analysis.summary import summary
from valsim.captable.ledger import OTHERS
from valsim.core.timeline import years_between
from valsim.result import Result

YEARLY = ("horizon=3 years", "step=year")
"""Three steps: a sale for sure comes after one year, and two more steps follow."""
FIRST = years_between(START, date(2027, 1, 1))
LAST = years_between(START, date(2029, 1, 1))


def sold(terms: str) -> str:
    return f"exits={{acquisition: {{hazard: 1000 per year, discount: 0%, {terms}}}}}"


def escrow(claims: str, part: str = "20%") -> str:
    return sold(f"escrow: {{fraction: {part}, release_after: 18 months, claims: {claims}}}")


def listed(terms: str, lock_up: str = "180 days") -> str:
    return (
        f"exits={{ipo: {{hazard: 1000 per year, discount: 0%, lock_up: {lock_up}, preferred: all_converted, {terms}}}}}"
    )


def later(result: Result, holder: str, number: int) -> float:
    return of(result, holder, f"payment {number}")


def test_an_escrow_fills_the_preference_that_the_closing_left_short() -> None:
    # 110M: 88M at the closing, all of it preference; of the 22M released 12M still are, and 10M are left for common shares.
    result = played(*LOW, *AT_ONCE, escrow("0%"))
    assert of(result, "Fund", "at exit") == pytest.approx(100e6, rel=1e-12)
    assert later(result, "Fund", 2) == pytest.approx(12e6, rel=1e-12)
    assert (of(result, "Ada", "at exit"), later(result, "Ada", 2)) == pytest.approx((8e6, 8e6), rel=1e-12)
    assert later(result, OTHERS, 2) == pytest.approx(2e6, rel=1e-12)


def test_what_claims_take_of_an_escrow_is_lost_to_those_who_would_have_got_it_last() -> None:
    result = played(*LOW, *AT_ONCE, escrow("50%"))
    assert result.outcomes["proceeds",] == pytest.approx([99e6] * PATHS, rel=1e-12)
    assert (of(result, "Fund", "at exit"), later(result, "Fund", 2)) == pytest.approx((99e6, 11e6), rel=1e-12)
    assert of(result, "Ada", "at exit") == pytest.approx(0.0, abs=1e-3)


def test_an_escrow_that_is_lost_whole_or_never_held_back_is_the_closing_alone() -> None:
    lost, none = (played(*AT_ONCE, escrow(*terms)) for terms in (("100%",), ("0%", "0%")))
    assert of(lost, "Fund", "at exit") == pytest.approx(0.8 * 127.5e6, rel=1e-12)
    assert of(none, "Fund", "at exit") == pytest.approx(127.5e6, rel=1e-12)
    assert (later(lost, "Fund", 2), later(none, "Fund", 2)) == (0.0, 0.0)


def test_each_payment_is_discounted_from_its_own_date_and_dates_the_return() -> None:
    result = played(*LOW, *AT_ONCE, escrow("0%"))
    worth = 88e6 / 1.04**FIRST + 12e6 / 1.04 ** (FIRST + 1.5)
    assert of(result, "Fund", "present value") == pytest.approx(worth, rel=1e-12)
    shares = result.valued["class", "series_a", "present value per share"]
    assert shares == pytest.approx([worth / 25e6] * PATHS, rel=1e-12)
    rate, held = of(result, "Fund", "irr"), years_between(date(2025, 1, 1), date(2027, 1, 1))
    assert 88e6 / (1 + rate) ** held + 12e6 / (1 + rate) ** (held + 1.5) == pytest.approx(100e6, rel=1e-9)
    assert result.outcomes["paid at",] == pytest.approx([FIRST + 1.5 * 22 / 110] * PATHS, rel=1e-12)


def test_carry_is_due_on_each_payment_as_far_as_the_money_invested_is_back() -> None:
    # 5.202M were paid. 1.5M shares bring their preference of 6M at the closing, and 1.65M more at the release.
    result = played(*YEARLY, bought(), "positions.me.at=2026-01-01", escrow("0%", "50%"))
    assert of(result, "me", "carry") == pytest.approx(0.2 * (7.65e6 - 5.202e6), rel=1e-12)
    assert later(result, "me", 2) == pytest.approx(1.65e6 * 0.8, rel=1e-12)
    assert ("holder", "me", "payment 3") not in result.outcomes


def test_lenders_are_paid_at_the_closing_and_never_out_of_the_escrow() -> None:
    loan = "captable.debt={bank: {kind: venture_debt, principal: 20M USD, interest_rate: 0%, compounding: simple, day_count: actual/365.25, issued: 2025-01-01, seniority: 1}}"
    result = played(*AT_ONCE, loan, escrow("0%", "10%"))
    assert later(result, "Fund", 2) == pytest.approx(0.1 * 490e6 / 4, rel=1e-12)


EARNED = "earn_out: {fraction: 20%, within: 2 years"


@pytest.mark.parametrize(
    ("terms", "paid", "years"),
    [
        (f"{EARNED}, when: revenue >= 100M USD/year}}", 0.2, years_between(START, date(2028, 1, 1))),
        (f"{EARNED}, when: revenue > 100M USD/year}}", 0.0, None),
        (f"{EARNED}}}", 0.2, FIRST + 2),
        (f"{EARNED}, probability: 0%}}", 0.0, None),
        ("earn_out: {pays: revenue * 6 months, within: 12 months, probability: 100%}", 50 / 510, LAST - 1),
        ("earn_out: {pays: -1 * 1 year * revenue, within: 1 year}", 0.0, None),
        ("earn_out: {pays: 51M USD, within: 10 years}", 0.1, FIRST + 10),
    ],
)
def test_an_earn_out_pays_what_is_due_when_it_is_due(terms: str, paid: float, years: float | None) -> None:
    result = played(*YEARLY, sold(terms))
    assert set(result.outcomes["exit time",].tolist()) == {FIRST}
    assert result.outcomes["proceeds",] == pytest.approx([510e6 * (1 + paid)] * PATHS, rel=1e-12)
    assert later(result, "Fund", 2) == pytest.approx(paid * 127.5e6, rel=1e-12)
    if years is not None:
        assert result.outcomes["paid at", "2", "1"] == pytest.approx([years] * PATHS, abs=2 / 365)
        worth = 127.5e6 / 1.04**FIRST + paid * 127.5e6 / 1.04 ** result.outcomes["paid at", "2", "1"][0]
        assert of(result, "Fund", "present value") == pytest.approx(worth, rel=1e-12)


def test_an_earn_out_of_a_sale_at_the_very_end_is_measured_there_and_its_condition_never_seen() -> None:
    measured, never = (played(*AT_ONCE, sold(f"{EARNED}{when}}}")) for when in ("", ", when: revenue >= 100M USD/year"))
    assert later(measured, "Fund", 2) == pytest.approx(0.2 * 127.5e6, rel=1e-12)
    assert later(never, "Fund", 2) == 0.0


def test_the_published_earn_out_is_a_call_spread_on_the_earnings() -> None:
    pays = "min(150M USD, max(0 USD, 6 years * earnings - 240M USD))"
    for earnings, paid in zip((30, 40, 50, 60, 65, 80), (0, 0, 60, 120, 150, 150), strict=True):
        driver = f"drivers.earnings={{kind: constant, value: {earnings}M USD/year, unit: USD/year}}"
        result = played(*YEARLY, driver, sold(f"earn_out: {{pays: '{pays}', within: 1 year}}"))
        assert result.outcomes["proceeds",] == pytest.approx([(510 + paid) * 1e6] * PATHS, rel=1e-12)


@pytest.mark.parametrize(("release", "first"), [("6 months", "escrow"), ("30 months", "earn-out")])
def test_of_an_escrow_and_an_earn_out_the_earlier_one_fills_the_preference(release: str, first: str) -> None:
    terms = (
        f"escrow: {{fraction: 20%, release_after: {release}, claims: 0%}}, earn_out: {{pays: 40M USD, within: 1 year}}"
    )
    result = played(*LOW, *YEARLY, sold(terms))
    # 88M at the closing; 12M are missing of the preference of 100M, and what is left is common.
    amounts = [22e6, 40e6] if first == "escrow" else [40e6, 22e6]
    fund = [later(result, "Fund", 2), later(result, "Fund", 3)]
    ada = [later(result, "Ada", 2), later(result, "Ada", 3)]
    assert fund == pytest.approx([12e6, 0.0], rel=1e-12, abs=1e-3)
    assert ada == pytest.approx([0.8 * (amounts[0] - 12e6), 0.8 * amounts[1]], rel=1e-12)


def test_new_shares_are_sold_at_the_offer_price_and_cost_the_old_ones_nothing_but_the_fees() -> None:
    free, charged = (
        played(*AT_ONCE, listed(f"primary: {{new_money: 90M USD}}, gross_spread: {spread}")) for spread in ("0%", "7%")
    )
    assert free.outcomes["proceeds",] == pytest.approx([510e6] * PATHS, rel=1e-12)
    assert charged.outcomes["proceeds",] == pytest.approx([510e6 - 0.07 * 90e6] * PATHS, rel=1e-12)
    assert of(free, "Fund", "ownership at exit") == pytest.approx(0.25 * 510 / 600, rel=1e-12)


def test_a_part_of_the_company_that_is_sold_is_that_part_of_it_after_the_money() -> None:
    terms = listed("primary: {fraction: 15%}, gross_spread: 7%").replace("discount: 0%", "discount: 10%")
    old = played(*AT_ONCE, terms).outcomes["proceeds",][0]
    raised = old * 0.15 / 0.85
    assert old + raised == pytest.approx(0.9 * (510e6 + 0.93 * raised), rel=1e-12)


def test_a_company_does_not_list_where_its_old_shares_would_be_worth_nothing() -> None:
    terms = listed("primary: {new_money: 6B USD}").replace("discount: 0%", "discount: 10%")
    result = played(*AT_ONCE, terms)
    assert set(result.outcomes["exit",].tolist()) == {-1}


def test_sellers_get_the_offer_price_less_the_spread_at_once_and_the_rest_after_the_lock_up() -> None:
    terms = "secondary: {fraction: 40%, sellers: [Fund]}, gross_spread: 5%, price_after_lock_up: 0.5"
    result = played(*AT_ONCE, listed(terms))
    assert of(result, "Fund", "at exit") == pytest.approx(127.5e6 * (0.4 * 0.95 + 0.6 * 0.5), rel=1e-12)
    assert later(result, "Fund", 2) == pytest.approx(127.5e6 * 0.6 * 0.5, rel=1e-12)
    assert (of(result, "Ada", "at exit"), later(result, "Ada", 2)) == pytest.approx((153e6, 153e6), rel=1e-12)
    assert result.outcomes["paid at", "1", "1"] == pytest.approx([FIRST] * PATHS)
    assert result.outcomes["paid at", "2", "1"] == pytest.approx([FIRST + 180 / 365.25] * PATHS)


def test_a_sell_down_dates_the_cash_and_leaves_the_value_today_alone() -> None:
    at_once, in_parts = (
        played(*AT_ONCE, listed(terms)) for terms in ("secondary: null", "sell_down: {over: 1 year, sales: 3}")
    )
    assert of(in_parts, "Fund", "at exit") == pytest.approx(127.5e6, rel=1e-12)
    assert of(in_parts, "Fund", "present value") == of(at_once, "Fund", "present value")
    first = FIRST + 180 / 365.25
    times = [in_parts.outcomes["paid at", "1", str(i)][0] for i in (1, 2, 3)]
    assert times == pytest.approx([first, first + 0.5, first + 1])
    assert in_parts.outcomes["paid at",][0] == pytest.approx(first + 0.5)
    rate, issued = of(in_parts, "Fund", "irr"), years_between(START, date(2025, 1, 1))
    assert sum(42.5e6 / (1 + rate) ** (t - issued) for t in times) == pytest.approx(100e6, rel=1e-9)
    assert rate < of(at_once, "Fund", "irr")


def test_a_discount_of_blocks_is_lost() -> None:
    result = played(*AT_ONCE, listed("sell_down: {over: 1 year, sales: 3, discount: 4%}"))
    assert of(result, "Fund", "at exit") == pytest.approx(0.96 * 127.5e6, rel=1e-12)


def test_the_rate_of_expected_cash_flows_dates_each_payment() -> None:
    result = played(*LOW, *AT_ONCE, escrow("0%"))
    fund = next(each for each in summary(result)["holders"] if each["name"] == "Fund")
    assert fund["irr"]["of_expected_cash_flows"] == pytest.approx(of(result, "Fund", "irr"), rel=1e-9)


def test_the_earlier_the_offer_the_sooner_the_cash() -> None:
    later_, sooner = (played(*AT_ONCE, listed("secondary: null", lock_up=wait)) for wait in ("1 year", "0 days"))
    assert of(later_, "Fund", "irr") < of(sooner, "Fund", "irr")


def test_one_sale_may_have_an_escrow_and_another_an_earn_out() -> None:
    # Half of the sales for sure pay 110M with a fifth of it a year and a half later, the others 110M and 10M after a year.
    both = (
        "exits={held: {kind: acquisition, hazard: 1000 per year, discount: 0%, escrow: {fraction: 20%, release_after: 18 months, claims: 0%}},"
        " earned: {kind: acquisition, hazard: 1000 per year, discount: 0%, earn_out: {pays: 10M USD, within: 1 year}}}"
    )
    result = played(*LOW, *YEARLY, both)
    found = {(each["exit"], each["form"]): each for each in summary(result)["exit_payments"]}
    assert [*found] == [
        ("held", "closing"),
        ("held", "release of the escrow"),
        ("earned", "closing"),
        ("earned", "earn-out"),
    ]
    assert found["held", "release of the escrow"]["amount"]["mean"] == pytest.approx(22e6, rel=1e-9)
    assert found["earned", "earn-out"]["amount"]["mean"] == pytest.approx(10e6, rel=1e-9)
    assert found["earned", "earn-out"]["last_years"] == pytest.approx(1, abs=0.01)
