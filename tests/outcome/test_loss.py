"""What a loss came from, worked out by hand on the company in which nothing moves.

100M shares, revenue 100M a year, 10M of cash; whoever buys at 4 a share pays for a company of 400M, a multiple of 3.9.
"""

from itertools import starmap

import numpy as np
import pytest

import valsim
from tests.companies import lively, steady
from valsim.analysis.holders import holders
from valsim.outcome.loss import CAUSES
from valsim.result import Result

CHEAP = "valuation.multiple={kind: constant, value: 1.4}"
"""Equity of 150M: 1.50 a share as converted, of which the preference of Series A takes 100M."""
SHRINKING = "drivers.revenue={kind: geometric_brownian, start: 100M USD/year, growth: -50%, volatility: 0%}"
A_LARGE_ROUND = (
    "captable.classes.series_a.anti_dilution=none",
    """rounds=[{name: series_b, series: {like: series_a, anti_dilution: none, seniority: 1}, closings: [
    {name: first, at: 2027-06-01, new_money: 400M USD, pre_money_valuation: 100M USD, probability: 100%}]}]""",
)


def bought(
    price: str = "4 USD", fees: str = "0%", at: str = "2027-01-01", of: str = "common", seller: str = "Ada"
) -> str:
    terms = f"series: {of}, seller: {seller}, pay: 4M USD, price_per_share: {price}, at: {at}, fees: {fees}, carry: 0%"
    return f"positions={{me: {{kind: secondary, {terms}, transfer_consent_probability: 100%}}}}"


def played(*overrides: str) -> Result:
    return valsim.simulate(steady(*overrides), paths=2, threads=1)


def cause(*overrides: str, of: str = "me") -> str:
    (code,) = np.unique(played(*overrides).outcomes["holder", of, "cause of loss"])
    return CAUSES[code]


def test_whoever_has_the_money_back_has_lost_nothing_to_anything() -> None:
    assert cause(bought()) == "no loss"


def test_what_the_preference_takes_from_shares_that_were_worth_enough_is_lost_to_the_stack() -> None:
    # 1.50 a share as converted, 0.67 after the preference; 1.20 was paid.
    assert cause(CHEAP, bought("1.2 USD")) == "stack"


def test_a_multiple_below_that_of_the_entry_is_what_is_lost_by_where_the_revenue_is_the_same() -> None:
    assert cause(CHEAP, bought()) == "multiple"


def test_fees_are_a_higher_price_for_the_same_revenue() -> None:
    # Worth 5.1 a share, no preference in the way; 5 is paid, 5.25 with fees.
    assert cause(bought("5 USD")) == "no loss"
    assert cause(bought("5 USD", fees="5%")) == "multiple"


def test_less_revenue_at_the_multiple_that_was_paid_is_the_business() -> None:
    # Bought after a year at 50M of revenue and sold at 12.5M: 3.9 x 25M, the multiple then, and 10M of cash is below 400M.
    assert cause(SHRINKING, "horizon=3 years", bought()) == "business"


def test_shares_that_are_a_fifth_of_what_they_were_are_lost_by_dilution() -> None:
    # 910M over 500M shares is 1.82 a share; over the 100M shares of the entry it would be 9.10.
    assert cause(*A_LARGE_ROUND, bought()) == "dilution"


def test_a_company_that_is_wound_up_is_the_first_cause() -> None:
    ends = "exits={wind_down: {when: cash > 0 USD, recovery: 5%}}"
    assert cause(CHEAP, ends, bought(at="2026-01-01")) == "wind_down"


def test_what_counts_for_nothing_at_the_horizon_is_lost_to_that() -> None:
    assert cause("at_horizon={kind: zero}", bought()) == "still_private"


def test_an_opening_holder_has_entered_on_the_day_of_the_start_for_what_it_had_paid() -> None:
    # Fund paid 4 a share for a quarter: 400M for the company. By charter all convert at a listing: 1.50 a share.
    listing = "exits={ipo: {hazard: 1000 per year, discount: 0%, lock_up: 180 days, preferred: all_converted}}"
    assert cause(CHEAP, listing, of="Fund") == "multiple"
    assert cause(SHRINKING, listing, "step=year", "horizon=1 year", of="Fund") == "business"


def test_the_part_that_was_bought_is_that_of_all_shares_of_the_day() -> None:
    result = played(*A_LARGE_ROUND, bought(at="2027-09-01"))
    assert result.outcomes["holder", "me", "part bought"] == pytest.approx(1e6 / 500e6, rel=1e-9)
    assert result.outcomes["holder", "Fund", "part bought"] == pytest.approx(0.25, rel=1e-9)


def test_the_chances_of_all_causes_sum_to_the_chance_of_a_loss() -> None:
    result = valsim.simulate(lively(), paths=3000, threads=1)
    found = [each for each in holders(result) if each["loss_causes"]]
    assert {each["name"] for each in found} >= {"me", "Fund"}
    for each in found:
        whole = sum(cause["probability"]["mean"] for cause in each["loss_causes"].values())
        assert whole == pytest.approx(each["probability_of_loss"], rel=1e-12)
    assert len(set().union(*(each["loss_causes"] for each in found))) >= 4


def test_a_company_that_is_wound_up_with_money_for_its_holders_is_no_loss() -> None:
    ends = "exits={wind_down: {when: cash > 0 USD, recovery: 100%}}"
    assert cause(ends, bought(at="2026-01-01")) == "no loss"


def test_causes_do_not_hang_on_how_many_paths_are_played_at_a_time() -> None:
    one, many = (valsim.simulate(lively(), paths=9000, threads=1, chunk=chunk) for chunk in (4096, 16_384))
    columns = [
        key for key in one.outcomes if key[-1] in {"cause of loss", "part bought", "gain today", "several rates"}
    ]
    assert columns
    assert all(starmap(np.array_equal, ((one.outcomes[key], many.outcomes[key]) for key in columns)))
