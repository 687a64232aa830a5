"""What the company must be sold for until a buyer has its money back, on the company in which nothing moves."""

import numpy as np
import pytest

import valsim
from tests.companies import steady
from valsim.analysis.holders import holders
from valsim.core.streams import BATCH
from valsim.outcome.break_even import EVERY


def bought(series: str = "common", seller: str = "Ada", carry: str = "0%", fees: str = "0%") -> str:
    terms = f"series: {series}, seller: {seller}, pay: 4M USD, price_per_share: 4 USD, at: 2027-01-01, fees: {fees}"
    return f"positions={{me: {{kind: secondary, {terms}, carry: {carry}, transfer_consent_probability: 100%}}}}"


def told(*overrides: str, of: str = "me", paths: int = 2):
    found = holders(valsim.simulate(steady(*overrides), paths=paths, threads=1))
    return next(each["break_even"] for each in found if each["name"] == of)


def median(*overrides: str, times: str = "1") -> float:
    return told(*overrides)[times]["at_exit"]["quantiles"]["0.5"]


def test_a_hundredth_of_all_shares_is_paid_its_price_by_a_hundred_times_as_much() -> None:
    # At 400M a share is worth 4, the price of Series A too, so the preference is no more.
    assert median(bought()) == pytest.approx(400e6, rel=1e-5)
    assert median(bought(), times="3") == pytest.approx(1200e6, rel=1e-5)


def test_a_preferred_share_has_its_money_back_once_the_preference_is_paid() -> None:
    assert median(bought("series_a", "Fund")) == pytest.approx(100e6, rel=1e-5)


def test_carry_and_fees_take_more_of_a_multiple_than_of_money_back() -> None:
    assert median(bought(carry="20%", fees="5%")) == pytest.approx(420e6, rel=1e-5)
    # 3 I = W - 20 % (W - I): 3.5 times what was invested.
    assert median(bought(carry="20%", fees="5%"), times="3") == pytest.approx(3.5 * 420e6, rel=1e-5)


def test_a_round_in_between_makes_it_more() -> None:
    large = """rounds=[{name: series_b, series: {like: series_a, participation: none}, closings: [
        {name: first, at: 2027-06-01, new_money: 400M USD, pre_money_valuation: 400M USD, probability: 100%}]}]"""
    # 200M shares; at 4 a share all preferences are nothing.
    assert median(large, bought()) == pytest.approx(800e6, rel=1e-5)


def test_debt_is_paid_before() -> None:
    loan = "captable.debt={loan: {claim: 50M USD}}"
    assert median(loan, "company.debt=0 USD", bought()) == pytest.approx(450e6, rel=1e-5)


def test_by_the_opening_cap_table_an_opening_holder_is_told_what_it_is_today() -> None:
    found = told(of="Fund")
    assert found["1"]["today"] == pytest.approx(100e6, rel=1e-5)
    assert found["3"]["today"] == pytest.approx(1200e6, rel=1e-5)
    assert found["1"]["at_exit"]["quantiles"]["0.5"] == pytest.approx(100e6, rel=1e-5)


def test_who_never_buys_has_no_such_value() -> None:
    assert told(bought().replace("4M USD", "400M USD")) is None


def test_only_paths_of_the_first_batch_are_looked_at_whatever_the_chunk() -> None:
    one, other = (valsim.simulate(steady(bought()), paths=2 * BATCH, threads=1, chunk=c) for c in (BATCH, 2 * BATCH))
    key = ("holder", "me", "break even", "3")
    assert np.array_equal(one.outcomes[key], other.outcomes[key], equal_nan=True)
    assert np.flatnonzero(~np.isnan(one.outcomes[key])).tolist() == list(range(0, BATCH, EVERY))
