"""Pools refreshed in the story: by hand on the company in which nothing moves, then on one in which everything does."""

import numpy as np
import pytest

import valsim
from tests.companies import STEADY, lively, steady
from tests.scenario.found import ROUND, one
from tests.step.test_redeem import first
from tests.test_simulate import watched
from valsim.result import Result

GRANTS = "by: 4%, granted_per_year: 3%, exercise_price_of_last_round: 25%, vested: 100%"


def pool(refresh: str, shares: str = "10M", extra: str = "") -> str:
    return f"captable.classes.pool={{kind: option_pool, shares: {shares}, refresh: {{{refresh}}}{extra}}}"


def played(*overrides: str) -> Result:
    return valsim.simulate(steady(*overrides), paths=2, threads=1)


def test_unissued_shares_dilute_what_counts_as_fully_diluted_and_are_paid_nothing() -> None:
    # 110M shares grow by 4 % on 1 January 2027 and 2028, and on the last day; the Fund keeps 25M of 100M that are paid.
    result = played(pool("by: 4%"))
    assert first(result, "holder", "Fund", "ownership at exit") == pytest.approx(25 / (110 * 1.04**3), rel=1e-12)
    assert first(result, "holder", "Fund", "proceeds") == pytest.approx(510e6 * 0.25, rel=1e-12)


def test_options_granted_out_of_the_pool_are_exercised_at_their_price() -> None:
    result = played(pool("granted_per_year: 2%, exercise_price_of_last_round: 25%, vested: 50%", shares="6M"))
    # 2 % of 106M fully diluted at 1 USD in each of three years, half of them vested, out of 6M: the third year gets the rest.
    options = 0.5 * 6e6
    price = (510e6 + options) / (100e6 + options)
    assert first(result, "holder", "Fund", "proceeds") == pytest.approx(25e6 * price, rel=1e-9)
    assert first(result, "class", "pool 2027-01-01", "present value") == pytest.approx(
        0.5 * 2.12e6 * (price - 1) / 1.04 ** first(result, "exit time"), rel=1e-9
    )


def test_the_exercise_price_follows_the_last_round_that_was_closed() -> None:
    scenario = steady(pool(GRANTS), f"rounds=[{ROUND}]")
    end = watched(scenario, paths=2)[-1]
    # 450M before the money over 110M shares, on 1 July 2026.
    for year in (2027, 2028):
        assert end.ledger.series[f"pool {year}-01-01"].exercise_price == pytest.approx(0.25 * 450 / 110, rel=1e-12)
    alone = watched(steady(pool(GRANTS)), paths=2)[-1]
    assert alone.ledger.series["pool 2027-01-01"].exercise_price == pytest.approx(1.0)


def test_its_days_are_on_the_grid_and_an_ended_company_grants_nothing() -> None:
    refreshed = pool("by: 4%, first: 2026-05-05")
    assert "2028-05-05" in [step.date.isoformat() for step in steady(refreshed).steps]
    sold = played(refreshed, "exits={acquisition: {hazard: 1000 per year, discount: 0%}}")
    assert first(sold, "holder", "Fund", "ownership at exit") == pytest.approx(25 / 110, rel=1e-12)


@pytest.mark.parametrize(
    ("refresh", "place", "message"),
    [
        ("by: 4%, first: 2030-01-01", "first", "2030-01-01 is outside the run, from 2026-01-01 to 2029-01-01"),
        ("by: 150%", "by", "must be at most 1, got '150%'"),
    ],
)
def test_what_does_not_fit_the_document_is_told(refresh: str, place: str, message: str) -> None:
    assert one(STEADY, pool(refresh)) == (f"captable.classes.pool.refresh.{place}", message)


def test_a_fraction_of_the_last_price_needs_a_class_with_a_price() -> None:
    only = "captable.classes={common: {kind: common, shares: 75M}, pool: {kind: option_pool, shares: 9M, refresh: {REFRESH}}}"
    found = one(STEADY, only.replace("REFRESH", GRANTS), "captable.positions={}")
    assert found[1] == "no class of the cap table has a price per share to take a fraction of"


def test_chunks_and_threads_change_no_bit_and_money_is_conserved() -> None:
    refreshed = pool(GRANTS.replace("100%", "60%"))
    one_, two = (
        valsim.simulate(lively(refreshed), paths=9000, threads=n, chunk=size) for n, size in ((1, None), (2, 4096))
    )
    for a, b in ((one_.outcomes, two.outcomes), (one_.valued, two.valued)):
        assert all(np.array_equal(row, b[key], equal_nan=row.dtype.kind == "f") for key, row in a.items())
    names = [key[1] for key in one_.outcomes if key[0] == "holder" and key[2] == "at exit"]
    got = sum(one_.outcomes["holder", name, "at exit"] + one_.outcomes["holder", name, "carry"] for name in names)
    assert np.allclose(got, one_.outcomes["proceeds",], rtol=1e-12, atol=1e-3)
    assert np.mean(one_.valued["class", "pool 2027-01-01", "present value"]) > 0
