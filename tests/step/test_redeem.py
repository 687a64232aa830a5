"""Redemption: who demands its money back and what the cash pays for, by hand on the company in which nothing moves."""

from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

import valsim
from tests.companies import lively, steady
from tests.test_simulate import watched
from valsim.core.timeline import years_between
from valsim.result import Result

START, ISSUED, DAY, END = date(2026, 1, 1), date(2025, 1, 1), date(2027, 1, 1), date(2029, 1, 1)
HELD = years_between(ISSUED, DAY)
PRICE = 4 * (1 + 0.1 * HELD)
"""What 25M shares of 4 USD may be sold back for on the day, each: about 4.80."""
LOW = "valuation.multiple={kind: constant, value: 1}"
"""Enterprise value is 100M: with 10M of cash a share is worth 1.10, with 200M of it 3.00."""
RICH = "company.cash=200M USD"
PATHS = 2


def right(key: str = "at", day: date = DAY, rate: str = "10%") -> str:
    return f"redemption: {{{key}: {day}, return_per_year: {rate}, compounding: simple, payer: company}}"


def having(terms: str) -> str:
    body = (
        "kind: preferred, issued: 2025-01-01, shares: 25M, original_issue_price: 4 USD, participation: none, "
        "liquidation_preference_multiple: 1, seniority: 1, anti_dilution: none"
    )
    return f"captable.classes.series_a={{{body}, {terms}}}"


def played(*overrides: str, terms: str | None = None) -> Result:
    return valsim.simulate(steady(having(right() if terms is None else terms), *overrides), paths=PATHS, threads=1)


def first(result: Result, *key: str) -> Any:
    rows = result.valued if key in result.valued else result.outcomes
    assert np.unique(rows[key]).size == 1
    return rows[key][0]


def receipts(result: Result, holder: str) -> dict[str, float]:
    """What a holder received before the end on one path, by date."""
    dates = {repr(step.time): step.date.isoformat() for step in result.scenario.steps}
    paid = ((dates.get(time), float(sums.sum())) for (name, time), sums in result.paid_in.items() if name == holder)
    return {day: money / PATHS for day, money in paid if day is not None}


def test_holders_demand_their_money_back_where_it_is_more_than_the_headline_value_of_their_shares() -> None:
    # A share is worth 5.10, and twice 15% of 4 USD come to 5.20.
    for rate, demanded in (("10%", False), ("13%", False), ("15%", True)):
        assert first(played(terms=right(rate=rate)), "redemption", "series_a", "demanded") == demanded


def test_without_a_demand_nothing_changes() -> None:
    plain = valsim.simulate(steady(), paths=PATHS, threads=1)
    result = played()
    assert first(result, "redemption", "series_a", "paid") == 0.0
    for holder in ("Fund", "Ada"):
        for what in ("proceeds", "irr", "ownership at exit"):
            expected = plain.outcomes["holder", holder, what]
            assert result.outcomes["holder", holder, what] == pytest.approx(expected, nan_ok=True)


def test_shares_are_bought_back_for_their_cost_and_the_return_since_their_issue() -> None:
    result = played(LOW, RICH)
    assert receipts(result, "Fund") == pytest.approx({"2027-01-01": 25e6 * PRICE}, rel=1e-12)
    assert first(result, "redemption", "series_a", "paid") == pytest.approx(25e6 * PRICE, rel=1e-12)
    assert first(result, "redemption", "series_a", "paid in full")
    assert first(result, "proceeds") == pytest.approx(300e6 - 25e6 * PRICE, rel=1e-12)


def test_what_was_bought_back_is_cancelled_and_the_rest_belongs_to_the_others() -> None:
    result = played(LOW, RICH)
    assert first(result, "holder", "Fund", "ownership at exit") == 0.0
    assert first(result, "holder", "Ada", "ownership at exit") == 0.8
    assert first(result, "holder", "Ada", "proceeds") == pytest.approx(0.8 * (300e6 - 25e6 * PRICE), rel=1e-12)


def test_a_return_counts_the_money_on_the_day_it_was_paid() -> None:
    result = played(LOW, RICH)
    assert first(result, "holder", "Fund", "proceeds") == first(result, "holder", "Fund", "realised")
    assert first(result, "holder", "Fund", "irr") == pytest.approx((PRICE / 4) ** (1 / HELD) - 1, rel=1e-9)


def test_what_is_bought_back_is_worth_its_price_discounted_from_its_day_to_holder_and_class() -> None:
    result = played(LOW, RICH)
    worth = PRICE / 1.04 ** years_between(START, DAY)
    assert first(result, "holder", "Fund", "present value") == pytest.approx(25e6 * worth, rel=1e-12)
    assert first(result, "class", "series_a", "present value") == pytest.approx(25e6 * worth, rel=1e-12)
    assert first(result, "class", "series_a", "present value per share") == pytest.approx(worth, rel=1e-12)


def test_the_company_pays_what_it_has_and_the_rest_stays_outstanding_with_its_preference() -> None:
    result = played(LOW)
    bought = 10e6 / PRICE
    assert receipts(result, "Fund") == pytest.approx({"2027-01-01": 10e6}, rel=1e-12)
    assert not first(result, "redemption", "series_a", "paid in full")
    assert first(result, "proceeds") == pytest.approx(100e6, rel=1e-12)
    assert first(result, "holder", "Fund", "proceeds") == pytest.approx(10e6 + (25e6 - bought) * 4, rel=1e-12)
    sale, now = 1.04 ** -years_between(START, END), 1.04 ** -years_between(START, DAY)
    per_share = (10e6 * now + (25e6 - bought) * 4 * sale) / 25e6
    assert first(result, "class", "series_a", "present value per share") == pytest.approx(per_share, rel=1e-12)


def test_what_could_not_be_paid_is_due_again_out_of_later_cash_at_the_price_of_then() -> None:
    result = played(LOW, "cash_flow=revenue * 40%", "company.cash=0 USD")
    cash, shares, expected = 0.0, 25e6, {}
    for step in result.scenario.steps:
        cash += 40e6 * step.dt
        if step.date >= DAY:
            price = 4 * (1 + 0.1 * years_between(ISSUED, step.date))
            expected[step.date.isoformat()], cash, shares = cash, 0.0, shares - cash / price
    assert len(expected) == 9
    assert shares > 1e6  # never enough to pay for all
    assert receipts(result, "Fund") == pytest.approx(expected, rel=1e-9)
    assert first(result, "redemption", "series_a", "paid") == pytest.approx(sum(expected.values()), rel=1e-9)


FALLS = "signals={news: {at: 2027-06-01, probability: 100%, if_true: {multiple: '* 0.2'}}}"


@pytest.mark.parametrize(("key", "paid"), [("at", {}), ("listed_by", {"2027-06-01": 10e6})])
def test_after_a_missed_deadline_holders_look_again_in_every_step_and_at_a_date_only_then(
    key: str, paid: dict[str, float]
) -> None:
    still = "valuation.multiple={kind: constant, value: 5}"
    assert receipts(played(still, FALLS, terms=right(key)), "Fund") == pytest.approx(paid, rel=1e-12)


def test_a_demand_is_withdrawn_where_the_shares_have_become_worth_more() -> None:
    rises = "signals={news: {at: 2027-02-01, probability: 100%, if_true: {multiple: '* 9'}}}"
    result = played(LOW, rises, "cash_flow=revenue * 1%")
    assert list(receipts(result, "Fund")) == ["2027-01-01"]
    assert first(result, "redemption", "series_a", "demanded")


@pytest.mark.parametrize(("kept", "paid"), [("4M USD", 6e6), ("6 months of burn", 4e6), ("40M USD", 0.0)])
def test_the_company_may_keep_cash_to_go_on_with(kept: str, paid: float) -> None:
    # 10M are left of 22M after a year in which it burned 12M.
    terms = right().replace("payer:", f"cash_kept: {kept}, payer:")
    result = played(LOW, "cash_flow=revenue * -12%", "company.cash=22M USD", "horizon=1 year", "step=year", terms=terms)
    paid_out = first(result, "redemption", "series_a", "paid")
    assert paid_out == pytest.approx(paid, abs=1e4)  # 365 days are a little short of a year
    assert first(result, "proceeds") == pytest.approx(110e6 - paid_out, abs=1e4)


def test_of_several_classes_the_one_that_leaves_most_decides() -> None:
    again = having(right().replace("payer:", "cash_kept: 3M USD, payer:")).removeprefix("captable.classes.series_a=")
    result = played(LOW, f"captable.classes.series_b={again}")
    assert [first(result, "redemption", name, "paid") for name in ("series_a", "series_b")] == pytest.approx(
        [3.5e6] * 2
    )


def test_a_class_of_higher_seniority_is_paid_first_and_equal_ones_in_proportion() -> None:
    def second(seniority: int) -> str:
        terms = (
            having(right())
            .removeprefix("captable.classes.series_a=")
            .replace("seniority: 1", f"seniority: {seniority}")
        )
        return f"captable.classes.series_b={terms}"

    paid = {
        rank: [first(played(LOW, second(rank)), "redemption", n, "paid") for n in ("series_a", "series_b")]
        for rank in (1, 2)
    }
    assert paid[2] == pytest.approx([0.0, 10e6])
    assert paid[1] == pytest.approx([5e6, 5e6])


def test_a_buyer_of_old_shares_is_bought_back_with_them() -> None:
    me = (
        "positions={me: {kind: secondary, pay: 4M USD, series: series_a, seller: Fund, price_per_share: 2 USD, "
        "at: 2026-07-01, fees: 0%, carry: 20%, transfer_consent_probability: 100%}}"
    )
    result = played(LOW, RICH, me)
    assert receipts(result, "me") == pytest.approx({"2026-07-01": -4e6, "2027-01-01": 2e6 * PRICE}, rel=1e-12)
    assert first(result, "holder", "me", "carry") == pytest.approx(0.2 * (2e6 * PRICE - 4e6), rel=1e-12)


def test_the_return_of_a_later_series_counts_from_its_own_closings() -> None:
    closings = ", ".join(
        f"{{name: {name}, at: {day}, new_money: {money}M USD{price}}}"
        for name, day, money, price in (
            ("a", "2026-04-01", 10, ", price_per_share: 4 USD"),
            ("b", "2026-07-01", 30, ""),
        )
    )
    result = played(LOW, RICH, f"rounds=[{{name: c, series: {{like: series_a}}, closings: [{closings}]}}]")
    years = [years_between(date(2026, month, 1), DAY) for month in (4, 7)]
    expected = 10e6 * (1 + 0.1 * years[0]) + 30e6 * (1 + 0.1 * years[1])
    assert first(result, "redemption", "c", "paid") == pytest.approx(expected, rel=1e-12)


def test_a_company_that_paid_out_its_cash_may_have_to_stop() -> None:
    result = played(LOW, "exits={wind_down: {when: cash <= 0 USD, recovery: 30%}}")
    assert first(result, "exit time") == pytest.approx(years_between(START, DAY), rel=1e-12)
    assert first(result, "holder", "Fund", "proceeds") == pytest.approx(40e6, rel=1e-12)


def test_a_company_that_was_sold_owes_no_redemption() -> None:
    result = played(LOW, "exits={acquisition: {hazard: 1000 per year, discount: 0%}}")
    assert not first(result, "redemption", "series_a", "demanded")


GONE = "captable.classes.series_a.redemption={listed_by: 2026-06-30, return_per_year: 30%, compounding: compound, payer: company}"


def test_chunks_and_threads_change_no_bit_of_a_run_with_redemptions() -> None:
    one, two = (valsim.simulate(lively(GONE), paths=9000, threads=n, chunk=size) for n, size in ((1, None), (2, 4096)))
    assert np.any(one.outcomes["redemption", "series_a", "paid"])
    for a, b in ((one.outcomes, two.outcomes), (one.valued, two.valued)):
        assert all(np.array_equal(row, b[key], equal_nan=row.dtype.kind == "f") for key, row in a.items())


def test_cash_is_never_paid_below_zero_and_what_leaves_the_company_is_what_holders_get() -> None:
    scenario = lively(GONE, "positions={}")
    states = watched(scenario, paths=2048)
    paying = 0
    for before, after in pairwise(states):
        paid = after.bought_back("series_a").paid > before.bought_back("series_a").paid
        paying += np.sum(paid)
        assert np.all(after.cash[paid] >= 0)
    assert paying > 100
    result = valsim.simulate(scenario, paths=2048, threads=1)
    names = [key[1] for key in result.outcomes if key[0] == "holder" and key[2] == "proceeds"]
    got = sum(result.outcomes["holder", name, "proceeds"] for name in names)
    left = result.outcomes["proceeds",] + sum(
        row for key, row in result.outcomes.items() if key[0] == "redemption" and key[2] == "paid"
    )
    assert 0.1 < np.mean(result.outcomes["redemption", "series_a", "demanded"]) < 1.0
    assert np.allclose(got, left, rtol=1e-12, atol=1e-3)
