"""What classes and holders are paid in a sale: on a grid, and as the straight lines that it is made of."""

from pathlib import Path

import numpy as np
import pytest

import valsim
from tests.captable.liquidity.test_payoff_lines import paid_by
from tests.companies import steady
from valsim.analysis.payoffs import payoffs
from valsim.captable.liquidity.pay_out import Liquidity, Table, pay_out
from valsim.captable.liquidity.payoff_lines import payees
from valsim.core.parameter import at_medians
from valsim.result import Result

CONTRACT = Path(__file__).parents[1] / "scenario" / "every-contract.yaml"


@pytest.fixture(scope="module")
def still() -> Result:
    return valsim.simulate(steady(), paths=2, threads=1)


def test_a_payoff_pays_preferences_first_and_by_shares_beyond(still: Result) -> None:
    paid = payoffs(still)
    values, common, series_a = (np.array(row) for row in (paid["exit_values"], *paid["classes"].values()))
    assert np.allclose(common + series_a, values, rtol=1e-12)
    low, high = values <= 100e6, values >= 400e6
    assert np.allclose(series_a[low], values[low], rtol=1e-12)
    assert np.allclose(series_a[high], values[high] / 4, rtol=1e-12)
    assert np.all(series_a[~low & ~high] == pytest.approx(100e6, rel=1e-12))
    assert paid["breakpoints"] == pytest.approx([100e6, 400e6], rel=1e-12)


def test_a_payoff_reaches_ten_times_the_last_price(still: Result) -> None:
    values = payoffs(still, points=5)["exit_values"]
    assert (len(values), values[-1]) == (5, pytest.approx(4e9, rel=1e-12))


def test_what_a_holder_is_paid_is_its_part_of_its_class(still: Result) -> None:
    paid = payoffs(still)
    assert np.allclose(paid["holders"]["Ada"], 0.8 * np.array(paid["classes"]["common"]), rtol=1e-12)
    assert np.allclose(paid["holders"]["Fund"], paid["classes"]["series_a"], rtol=1e-12)


def test_a_cap_table_of_common_shares_alone_has_a_payoff_too() -> None:
    alone = "captable={classes: {common: {kind: common, shares: 75M}}}"
    paid = payoffs(valsim.simulate(steady(alone), paths=1, threads=1))
    assert np.allclose(paid["classes"]["common"], paid["exit_values"], rtol=1e-12)


def test_lines_have_the_levels_and_slopes_of_a_plain_preference(still: Result) -> None:
    lines = payoffs(still)["lines"]
    assert lines["starts"] == pytest.approx([0, 100e6, 400e6], rel=1e-12)
    assert lines["classes"]["series_a"]["levels"] == pytest.approx([0, 100e6, 100e6], rel=1e-12)
    assert lines["classes"]["series_a"]["slopes"] == pytest.approx([1, 0, 0.25], rel=1e-12)
    assert lines["holders"]["Ada"]["slopes"] == pytest.approx([0, 0.8, 0.6], rel=1e-12)
    assert lines["debt"] == {"levels": [0, 0, 0], "slopes": [0, 0, 0]}


def test_the_lines_of_a_contract_with_jumps_are_the_waterfall_on_both_sides_of_each() -> None:
    result = valsim.simulate(valsim.load(CONTRACT), paths=1, threads=1)
    found, scenario = payoffs(result), at_medians(result.scenario)
    jumps = np.array(found["discontinuities"])
    assert jumps.size
    table = Table(result.opening_ledger, scenario.captable.senior)
    sale = Liquidity("acquisition", "as_agreed", np.asarray(float(scenario.as_of.toordinal())))
    for at in (*(jumps * (1 - 1e-9)), *(jumps * (1 + 1e-9))):
        settled = payees(pay_out(table, sale, np.asarray(at)))
        for payee, amount in paid_by(found["lines"], at).items():
            assert amount == pytest.approx(float(settled[payee]), abs=1e-8 * at, rel=1e-9), payee


def test_a_summary_says_so_where_lines_are_not_the_contract(still: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("valsim.captable.liquidity.payoff_lines.is_straight", lambda *_: False)
    assert payoffs(still)["lines"] is None
