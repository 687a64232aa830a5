"""Valuation adjustments in the story: by hand on the company in which nothing moves, then on one in which everything does."""

import numpy as np
import pytest

import valsim
from tests.companies import STEADY, lively, steady
from tests.scenario.found import one, problems
from tests.step.test_redeem import first
from valsim.result import Result

TERM = "captable.classes.series_a.valuation_adjustment={at: 2027-05-05, when: WHEN, factor: FACTOR, by: BY}"
MISSED, MET = "revenue < 125M USD/year", "revenue < 100M USD/year"
PRICE, SHARES = "conversion_price", "founder_shares, founders: [Ada]"


def promised(when: str = MISSED, factor: str = "80%", by: str = PRICE) -> str:
    return TERM.replace("WHEN", when).replace("FACTOR", factor).replace("BY", by)


def played(*overrides: str) -> Result:
    return valsim.simulate(steady(*overrides), paths=2, threads=1)


def test_a_missed_number_lowers_the_conversion_price_and_a_number_that_is_met_changes_nothing() -> None:
    missed, met, plain = played(promised()), played(promised(MET)), played()
    assert (
        first(missed, "valuation adjustment", "series_a", "struck"),
        first(met, "valuation adjustment", "series_a", "struck"),
    ) == (True, False)
    # 25M shares of 4 USD count as 31.25M of 106.25M.
    assert first(missed, "holder", "Fund", "ownership at exit") == pytest.approx(31.25 / 106.25, rel=1e-12)
    assert first(missed, "holder", "Fund", "proceeds") == pytest.approx(510e6 * 31.25 / 106.25, rel=1e-12)
    for result in (met, plain):
        assert first(result, "holder", "Fund", "proceeds") == pytest.approx(510e6 * 0.25, rel=1e-12)
    assert first(met, "valuation adjustment", "series_a", "factor") == 1.0


def test_a_factor_by_formula_is_that_of_the_day() -> None:
    halves = "signals={news: {at: 2027-02-01, probability: 100%, if_true: {revenue: '* 0.6'}}}"
    result = played(halves, promised("revenue < 80M USD/year", "revenue / 80M USD/year, factor_at_least: 50%"))
    assert first(result, "valuation adjustment", "series_a", "factor") == pytest.approx(0.75)


def test_founders_make_up_for_it_with_their_own_shares() -> None:
    result = played(promised(by=SHARES))
    assert first(result, "valuation adjustment", "series_a", "founder shares") == pytest.approx(6.25e6)
    ownership = [first(result, "holder", name, "ownership at exit") for name in ("Fund", "Ada", "other holders")]
    assert ownership == pytest.approx([0.3125, 0.5375, 0.15], rel=1e-12)


def test_a_company_that_was_sold_before_adjusts_nothing() -> None:
    result = played(promised(), "exits={acquisition: {hazard: 1000 per year, discount: 0%}}")
    assert not first(result, "valuation adjustment", "series_a", "struck")


def test_a_class_that_nobody_holds_yet_adjusts_nothing() -> None:
    terms = promised().removeprefix("captable.classes.series_a.valuation_adjustment=")
    series = f"{{like: series_a, seniority: 2, valuation_adjustment: {terms}}}"
    closing = "{name: only, at: DAY, new_money: 50M USD, post_money_valuation: 500M USD}"
    struck = [
        first(
            played(f"rounds=[{{name: b, series: {series}, closings: [{closing.replace('DAY', day)}]}}]"),
            "valuation adjustment", "b", "struck",
        )
        for day in ("2026-07-01", "2027-12-31")
    ]  # fmt: skip
    assert struck == [True, False]


def test_its_date_is_on_the_grid() -> None:
    assert "2027-05-05" in [step.date.isoformat() for step in steady(promised()).steps]


PLACE = "captable.classes.series_a.valuation_adjustment"


@pytest.mark.parametrize(
    ("term", "place", "message"),
    [
        (promised().replace("2027-05-05", "2030-01-01"), ".at",
         "2030-01-01 is outside the run, from 2026-01-01 to 2029-01-01"),
        (promised("revenue"), ".when", "expected a condition, got USD/year"),
        (promised(factor="revenue, factor_at_least: 50%"), ".factor", "expected a plain number, got USD/year"),
        (promised(by="founder_shares, founders: [Eda]"), ".founders[0]", "nobody called 'Eda' holds shares at the start"),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_document_is_told(term: str, place: str, message: str) -> None:
    assert one(STEADY, term) == (f"{PLACE}{place}", message)


def test_common_shares_take_none() -> None:
    terms = promised().removeprefix("captable.classes.series_a.valuation_adjustment=")
    (found,) = problems(STEADY, f"captable.classes.common={{kind: common, shares: 75M, valuation_adjustment: {terms}}}")
    assert found.message == "common has no conversion price, so it takes no valuation_adjustment"


MOVING = "captable.classes.series_a.valuation_adjustment={at: 2027-06-30, when: arr < 40M USD/year, factor: arr / 40M USD/year, factor_at_least: 40%, by: founder_shares, founders: [Ada]}"


@pytest.mark.parametrize("by", ["founder_shares, founders: [Ada]", "conversion_price"])
def test_chunks_and_threads_change_no_bit_and_money_is_conserved(by: str) -> None:
    changes = (MOVING.replace("founder_shares, founders: [Ada]", by), "captable.positions.Ada={common: 50%}")
    one_, two = (
        valsim.simulate(lively(*changes), paths=9000, threads=n, chunk=size) for n, size in ((1, None), (2, 4096))
    )
    assert 0.05 < np.mean(one_.outcomes["valuation adjustment", "series_a", "struck"]) < 0.95
    for a, b in ((one_.outcomes, two.outcomes), (one_.valued, two.valued)):
        assert all(np.array_equal(row, b[key], equal_nan=row.dtype.kind == "f") for key, row in a.items())
    names = [key[1] for key in one_.outcomes if key[0] == "holder" and key[2] == "at exit"]
    got = sum(one_.outcomes["holder", name, "at exit"] + one_.outcomes["holder", name, "carry"] for name in names)
    assert np.allclose(got, one_.outcomes["proceeds",], rtol=1e-12, atol=1e-3)
