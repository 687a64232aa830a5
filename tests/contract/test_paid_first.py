"""What a contract pays before its classes, as the command tells it."""

import json

import numpy as np
import pytest

import valsim
from tests.contract.tables import TWO
from valsim.core.errors import ScenarioError

LOANS = """
debt:
  bank: {kind: venture_debt, claim: 1M, seniority: 2}
  fund: {kind: venture_debt, claim: 2M, seniority: 1}
"""
COSTS = "transaction_costs: {fixed: 500k, paid_at: [acquisition]}\n"
CARVE_OUT = "carve_out: {kind: gross, fraction: 10%, base: after_debt, paid_at: [acquisition]}\n"
LOAN = """
debt: {bank: {kind: venture_debt, principal: 1M, interest_rate: 8%, compounding: simple, day_count: actual/365,
  issued: 2025-01-01, seniority: 1}}
"""
DIVIDEND = "seniority: 1, issued: 2025-01-01, cumulative_dividend: {rate: 8%, compounding: simple, day_count: actual/365, settlement: paid_in_kind}}"


@pytest.mark.parametrize("shape", [(), (5,), (5, 2), (0,)])
def test_costs_debt_carve_out_and_classes_add_up_to_the_proceeds(shape):
    proceeds = np.resize([0.0, 0.7e6, 2e6, 5e6, 60e6], shape)
    paid = valsim.waterfall(TWO + LOANS + COSTS + CARVE_OUT, proceeds)
    parts = [paid.transaction_costs, paid.debt, paid.carve_out, *(each.payout for each in paid.classes.values())]
    assert all(row.shape == shape for row in (*parts, *paid.lenders.values()))
    np.testing.assert_allclose(sum(parts), proceeds, rtol=1e-12)
    np.testing.assert_allclose(sum(paid.lenders.values()), paid.debt, rtol=1e-12)


def test_the_lenders_are_told_together_and_one_by_one():
    told = json.loads(json.dumps(valsim.waterfall(TWO + LOANS, [2.5e6, 33e6]).as_dict()))
    assert told["debt"] == [2.5e6, 3e6]
    assert {name: each["payout"] for name, each in told["lenders"].items()} == {
        "bank": [1e6, 1e6],
        "fund": [1.5e6, 2e6],
    }


@pytest.mark.parametrize(
    ("table", "place"),
    [(TWO + LOAN, "debt.bank"), (TWO.replace("seniority: 1}", DIVIDEND), "classes.series_a")],
    ids=["a loan", "a dividend"],
)
def test_what_grows_with_time_asks_for_a_day(table, place):
    with pytest.raises(ScenarioError) as caught:
        valsim.waterfall(table, 10e6)
    (problem,) = caught.value.problems
    assert problem.place == place
    assert "grows with time, and no date is known" in problem.message
    assert valsim.waterfall(table, 10e6, on="2027-01-01").on.isoformat() == "2027-01-01"


@pytest.mark.parametrize(
    ("table", "place"),
    [
        (TWO + LOAN, "debt.bank.issued"),
        (TWO.replace("seniority: 1}", "seniority: 1, issued: 2025-01-01}"), "classes.series_a.issued"),
    ],
    ids=["a loan", "a class"],
)
def test_a_day_on_which_something_did_not_exist_yet_is_refused(table, place):
    for asked in (
        lambda day: valsim.waterfall(table, 10e6, on=day),
        lambda day: valsim.close_round(table, {"name": "b", "new_money": 1e6, "pre_money_valuation": 9e6}, on=day),
    ):
        asked("2025-01-01")
        with pytest.raises(ScenarioError) as caught:
            asked("2024-12-31")
        (problem,) = caught.value.problems
        assert problem.place == place
        assert problem.message == "2025-01-01 is after the day that was asked for, 2024-12-31"
