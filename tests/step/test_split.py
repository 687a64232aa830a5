"""Share splits in the story: nobody's part and nobody's payout changes, and later prices are those after the split."""

import re

import numpy as np
import pytest

import valsim
from tests.companies import STEADY, lively, steady
from tests.report.test_redemptions import shown
from tests.scenario.found import one, warned
from tests.step.test_redeem import first
from tests.test_simulate import watched
from valsim.analysis.summary import summary
from valsim.result import Result

SPLIT = "captable.splits=[{at: 2026-10-10, ratio: 10 for 1}]"
TWICE = "captable.splits=[{at: 2026-02-20, ratio: 3 for 1}, {at: 2027-05-05, ratio: 1 for 7}]"


def played(*overrides: str) -> Result:
    return valsim.simulate(steady(*overrides), paths=2, threads=1)


def same(one: Result, two: Result) -> None:
    """All but the price per share of a closing, which is told in the shares of its day."""
    for a, b in ((one.outcomes, two.outcomes), (one.valued, two.valued)):
        assert a.keys() == b.keys()
        for key, row in a.items():
            if key[0] != "tranche" or key[-1] != "price_per_share":
                assert np.allclose(row, b[key], rtol=1e-8, atol=1e-4, equal_nan=True), key


@pytest.mark.parametrize("splits", [SPLIT, TWICE])
def test_nobodys_part_payout_or_price_changes_whatever_else_happens(splits: str) -> None:
    # Everything that happens to the lively company, but for the purchase whose price per share is stated.
    more = (
        "positions={}",
        "captable.classes.series_a.redemption={listed_by: 2028-06-30, return_per_year: 20%, compounding: compound, payer: company}",
        "captable.classes.series_a.valuation_adjustment={at: 2027-06-30, when: arr < 40M USD/year, factor: 70%, by: founder_shares, founders: [Ada]}",
        "captable.classes.pool={kind: option_pool, shares: 10M, refresh: {by: 4%, granted_per_year: 3%, exercise_price: 0.5 USD, vested: 50%}}",
        "captable.positions.Ada={common: 50%}",
        "captable.classes.series_a.anti_dilution={kind: broad_based_weighted_average, closings: one_issue, exempt: [{issue: bridge, fraction_at_most: 2%}]}",
    )
    # A dated split adds a step, and with it other random numbers: both runs have it.
    neutral = re.sub(r"\d+ for \d+", "1 for 1", splits)
    same(*(valsim.simulate(lively(*more, each), paths=3000, threads=1) for each in (neutral, splits)))


CLOSINGS = (
    "rounds=[{name: b, series: {like: series_a, seniority: 2}, closings: ["
    "{name: first, at: 2026-04-01, new_money: 20M USD, price_per_share: 4 USD}, {name: second, at: 2027-04-01, new_money: 20M USD}]},"
    "{name: c, series: {like: series_a, seniority: 3}, closings: [{name: only, at: 2027-06-01, new_money: 12M USD, price_per_share: PRICE USD}]}]"
)


def test_a_price_that_was_agreed_before_is_divided_and_one_that_is_stated_for_later_is_one_after_the_split() -> None:
    after = played(SPLIT, CLOSINGS.replace("PRICE", "0.6"))
    plain = played(CLOSINGS.replace("PRICE", "6"))
    for holder in ("Fund", "Ada", "other b investors", "other c investors"):
        for what in ("ownership at exit", "proceeds"):
            assert first(after, "holder", holder, what) == pytest.approx(first(plain, "holder", holder, what), rel=1e-9)
    # What is told of a closing is in the shares of its day.
    for tranche, price in ((("b", "first"), 4.0), (("b", "second"), 0.4), (("c", "only"), 0.6)):
        assert first(after, "tranche", *tranche, "price_per_share") == pytest.approx(price)


def test_it_comes_before_the_closings_of_its_day() -> None:
    on_the_day = SPLIT.replace("2026-10-10", "2027-06-01")
    assert first(played(on_the_day, CLOSINGS.replace("PRICE", "0.6")), "tranche", "c", "only", "price_per_share") == (
        pytest.approx(0.6)
    )


def test_in_the_loop_there_are_ten_times_the_shares_from_its_day_on() -> None:
    scenario = steady(SPLIT)
    states = watched(scenario, paths=2)
    counted = {
        step.date.isoformat(): float(np.max(state.ledger.shares("common")))
        for step, state in zip(scenario.steps, states[:-1], strict=True)
    }
    assert counted["2026-10-01"] == 75e6
    assert counted["2026-10-10"] == 750e6


BUY = "positions={me: {kind: secondary, pay: 6M USD, series: series_a, seller: Fund, price_per_share: 0.2 USD, at: DAY, fees: 0%, carry: 0%, transfer_consent_probability: 100%}}"


def test_a_purchase_states_the_price_of_its_own_day() -> None:
    # 30M shares of 250M after the split; before it there are 25M.
    after, before = BUY.replace("DAY", "2027-01-01"), BUY.replace("DAY", "2026-04-01")
    assert first(played(SPLIT, after), "holder", "me", "ownership at exit") == pytest.approx(0.03)
    assert warned(STEADY, SPLIT, after) == {}
    assert list(warned(STEADY, SPLIT, before)) == ["positions.me.price_per_share", "positions.me.pay"]


def test_a_split_outside_the_run_is_refused() -> None:
    assert one(STEADY, "captable.splits=[{at: 2030-01-01, ratio: 2 for 1}]") == (
        "captable.splits[0].at",
        "2030-01-01 is outside the run, from 2026-01-01 to 2029-01-01",
    )


def test_prices_of_closings_are_labelled_where_there_is_a_split_and_nowhere_else() -> None:
    for splits, there in ((SPLIT, True), ("captable.splits=[]", False)):
        told = summary(played(splits, CLOSINGS.replace("PRICE", "0.6")))
        terminal, text = shown(told | {"reproduce": told["reproduce"] | {"command": "valsim run", "files": {}}})
        said = "median where funded: B: first $4.00; B: second $0.4; C: only $0.6. Shares are split 10 for 1 on 2026-10-10."
        assert (said in terminal) is there
        assert ("Prices per share" in text) is there
