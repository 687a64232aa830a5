"""What SAFEs come to on a path, worked out by hand on the company in which nothing moves."""

import pytest

from tests.outcome.test_settle import of, played
from valsim.result import Result


def funded_safe(*overrides: str) -> Result:
    """Series B pays 60M on 540M before it, and converts 10M at 90M post-money of the 100M shares: a ninth of 112.5M."""
    terms = "conversion_valuation_cap: 90M USD, conversion_valuation_cap_type: post_money, converts_into: shadow_series"
    safe = f"{{kind: safe, issued: 2025-07-01, purchase_amount: 10M USD, {terms}, seniority: 1}}"
    closing = "{name: closing, at: 2026-06-30, new_money: 60M USD, pre_money_valuation: 540M USD}"
    series = "series: {like: series_a, seniority: 2}"
    series_b = f"{{name: series_b, conversion_method: percent_ownership, {series}, closings: [{closing}]}}"
    positions = "captable.positions={Ada: {common: 60M}, Fund: {series_a: 100%}, Angel: {safe: 100%}}"
    return played(f"captable.classes.safe={safe}", positions, f"rounds=[{series_b}]", *overrides)


def test_a_safe_is_bought_converted_and_paid_as_its_shares() -> None:
    result = funded_safe()
    assert of(result, "Angel", "invested") == 10e6
    assert of(result, "Angel", "ownership at exit") == pytest.approx(0.1, rel=1e-12)
    # Of 570M series B keeps its 60M, which are more than a tenth of everything.
    assert of(result, "Angel", "at exit") == pytest.approx(510e6 / 9, rel=1e-12)
    worth = result.valued["class", "safe", "present value per share"]
    assert worth * 10e6 == pytest.approx(result.valued["holder", "Angel", "present value"], rel=1e-12)


def test_the_preference_of_a_converted_safe_is_the_money_that_was_paid_for_it() -> None:
    # Equity of 170M: 60M and 100M of the other preferences first, then 10M of its own.
    result = funded_safe("valuation.multiple={kind: constant, value: 1}")
    paid = {holder: of(result, holder, "at exit") for holder in ("other series_b investors", "Fund", "Angel", "Ada")}
    assert paid == pytest.approx({"other series_b investors": 60e6, "Fund": 100e6, "Angel": 10e6, "Ada": 0.0}, abs=1e-3)
