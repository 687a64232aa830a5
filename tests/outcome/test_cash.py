"""Cash by date, and that nothing of it is lost on the way."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

import valsim
from tests.analysis.made import made
from tests.companies import lively
from tests.outcome.test_payments import FIRST, escrow
from tests.outcome.test_settle import AT_ONCE, LOW, START, played
from valsim.analysis.cash import cash_by_year
from valsim.analysis.holders import holders
from valsim.analysis.summary import summary
from valsim.captable.ledger import OTHERS
from valsim.core.streams import BATCH
from valsim.result import Result


def test_cash_is_told_by_calendar_year() -> None:
    result = played(*LOW, *AT_ONCE, escrow("0%"))
    fund = next(each for each in summary(result)["holders"] if each["name"] == "Fund")
    release = (START + timedelta(days=round((FIRST + 1.5) * 365.25))).year
    told = [(each["year"], each["paid"]["mean"], each["received"]["mean"]) for each in fund["cash_by_year"]]
    assert np.array(told) == pytest.approx(np.array([(2025, 100e6, 0.0), (2027, 0.0, 88e6), (release, 0.0, 12e6)]))
    assert [each["dpi"] for each in fund["cash_by_year"]] == pytest.approx([0.0, 0.88, 1.0])


@pytest.fixture(scope="module")
def moving() -> Result:
    terms = (
        "exits.acquisition.escrow={fraction: 10%, release_after: 1 year, claims: 20%}",
        "exits.acquisition.earn_out={fraction: 25%, when: arr >= 60M USD/year, within: 2 years, probability: 50%}",
        "exits.ipo.secondary={fraction: 20%, sellers: everyone}",
        "exits.ipo.primary={fraction: 15%}",
        "exits.ipo.gross_spread=7%",
        "exits.ipo.sell_down={over: 1 year, sales: 4}",
    )
    return valsim.simulate(lively(*terms), paths=5000, threads=1, chunk=4096)


def test_the_cash_of_all_years_is_all_that_is_realised(moving: Result) -> None:
    for holder in ("Fund", "me", OTHERS):
        years = [key for key in moving.cash if key[0] == holder and key[2:] == ("received", "sum")]
        told = sum(moving.cash[key].sum() for key in years)
        assert told == pytest.approx(moving.outcomes["holder", holder, "realised"].sum(), rel=1e-9)


def test_the_standard_error_of_a_years_cash_is_that_of_its_paths(moving: Result) -> None:
    me = next(each for each in summary(moving)["holders"] if each["name"] == "me")
    paid = next(each["paid"] for each in me["cash_by_year"] if each["year"] == 2026)
    invested = moving.outcomes["holder", "me", "invested"]
    assert 0 < np.mean(invested > 0) < 1
    assert (paid["mean"], paid["standard_error"]) == pytest.approx(
        (np.mean(invested), np.std(invested, ddof=1) / np.sqrt(invested.size)), rel=1e-9
    )


def test_everything_that_is_paid_adds_up_to_the_proceeds_less_what_sales_cost(moving: Result) -> None:
    sale = moving.outcomes["exit",] == 1
    everybody = [key for key in moving.outcomes if key[0] == "holder" and key[2] in {"at exit", "carry"}]
    told = sum(moving.outcomes[key] for key in everybody)
    assert np.allclose(told[sale], moving.outcomes["proceeds",][sale], rtol=1e-9, atol=1.0)
    listed = moving.outcomes["exit",] == 0
    assert listed.any()
    assert np.allclose(told[listed], moving.outcomes["proceeds",][listed] * (1 - 0.2 * 0.07), rtol=1e-9, atol=1.0)


def test_it_does_not_matter_how_paths_are_cut_into_chunks(moving: Result) -> None:
    again = valsim.simulate(moving.scenario, paths=5000, threads=1)
    assert all(np.array_equal(row, again.outcomes[key], equal_nan=True) for key, row in moving.outcomes.items())
    assert all(np.array_equal(row, again.cash[key]) for key, row in moving.cash.items())


def test_what_is_back_by_a_year_has_the_error_that_batches_differ_by() -> None:
    """Eight batches of 10 each bring 10 or 14 of what is back: 1.2, and -2 or 2 away from it, so sqrt(8 x 4 x 8 / 7) / 80."""
    invested = {("holder", "Fund", "invested"): np.full(8 * BATCH, 10 / BATCH)}
    sums = {"sum": np.array([10.0, 14.0] * 4), "squares": np.ones(8)}
    flows = {("Fund", "2027", "received", what): row for what, row in sums.items()}
    (told,) = cash_by_year(replace(made(invested), cash=flows), "Fund")
    assert told["dpi"] == pytest.approx(1.2)
    assert told["dpi_standard_error"] == pytest.approx(np.sqrt(8 * 4 * 8 / 7) / 80)


def test_of_few_batches_no_error_is_told_from_how_they_differ() -> None:
    invested = {("holder", "Fund", "invested"): np.ones(7 * BATCH)}
    flows = {("Fund", "2027", "received", what): np.arange(7.0) for what in ("sum", "squares")}
    (told,) = cash_by_year(replace(made(invested), cash=flows), "Fund")
    assert told["cumulative"] == {"mean": pytest.approx(3 / BATCH), "standard_error": None}
    assert told["dpi_standard_error"] is None
    assert told["received"]["standard_error"] > 0, "that is told from paths"


def test_the_cumulative_cash_is_what_came_less_what_went_and_its_error_is_between_batches() -> None:
    """Batches pay 30 or 26 in the first year and get 10 or 14 in the second: -28 and -16, +-2 and +-4 by batch."""
    invested = {("holder", "Fund", "invested"): np.full(8 * BATCH, 28 / BATCH)}
    flows = {
        ("Fund", "2026", "paid", "sum"): np.array([30.0, 26.0] * 4),
        ("Fund", "2026", "paid", "squares"): np.ones(8),
        ("Fund", "2027", "received", "sum"): np.array([10.0, 14.0] * 4),
        ("Fund", "2027", "received", "squares"): np.ones(8),
    }
    told = [each["cumulative"] for each in cash_by_year(replace(made(invested), cash=flows), "Fund")]
    assert [each["mean"] * BATCH for each in told] == pytest.approx([-28, -16])
    assert [each["standard_error"] * BATCH for each in told] == pytest.approx([2 / np.sqrt(7), 4 / np.sqrt(7)])


def test_the_cumulative_cash_ends_at_what_is_realised_less_what_is_invested(moving: Result) -> None:
    for holder in holders(moving):
        if holder["cash_by_year"]:
            expected = holder["realised"]["mean"] - holder["invested"]["mean"]
            assert holder["cash_by_year"][-1]["cumulative"]["mean"] == pytest.approx(expected, rel=1e-9, abs=1)
