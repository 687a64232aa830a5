"""Payoffs as straight lines: at every exit value they are the waterfall."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies.documents import cap_tables
from valsim.captable.cap_table import CapTable
from valsim.captable.liquidity.breakpoints import Lines, lines_of
from valsim.captable.liquidity.pay_out import Liquidity, Table, pay_out
from valsim.captable.liquidity.payoff_lines import is_straight, payees, told
from valsim.captable.opening import open_ledger
from valsim.core.parameter import at_medians

DAY = np.asarray(740000.0)  # 2027-01-20
FIRST = (
    {},
    {"transaction_costs": {"fraction": "2%", "fixed": "5M USD", "paid_at": ["acquisition"]}},
    {"carve_out": {"kind": "tiered", "tiers": [{"up_to": "90M USD", "fraction": "10%"}, {"fraction": "3%"}], "base": "after_debt", "paid_at": ["acquisition"]}},
    {"carve_out": {"kind": "offset", "fraction": "8%", "recipients": ["Fund"], "base": "after_debt", "paid_at": ["acquisition"]}},
    {"debt": {"loan": {
        "kind": "venture_debt", "principal": "30M USD", "interest_rate": "8%", "compounding": "simple",
        "day_count": "actual/365", "issued": "2025-01-01", "seniority": 1,
    }}},
)  # fmt: skip


def paid_by(lines: dict, at: float) -> dict:
    """What the lines of a summary say that everybody is paid, as a page works it out."""
    place = np.searchsorted(lines["starts"], at, side="right") - 1
    beyond = at - lines["starts"][place]
    rows = {("", name): lines[name] for name in ("transaction_costs", "debt", "carve_out")}
    rows |= {(kind, name): row for kind in ("classes", "holders") for name, row in lines[kind].items()}
    return {payee: row["levels"][place] + row["slopes"][place] * beyond for payee, row in rows.items()}


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(FIRST), st.lists(st.floats(1e3, 1e13), min_size=6, max_size=6))
def test_lines_are_the_waterfall_at_every_exit_value(number: int, first: dict, values: list[float]) -> None:
    captable = at_medians(CapTable.model_validate({**cap_tables(Random(number)), **first}))
    table = Table(open_ledger(captable.classes, captable.positions), captable.senior)
    sale = Liquidity("acquisition", "as_agreed", DAY)
    drawn = lines_of(table, sale, payees)
    assert is_straight(drawn, lambda proceeds: payees(pay_out(table, sale, proceeds)))
    lines = told(drawn)
    for at in values:
        settled = payees(pay_out(table, sale, np.asarray(at)))
        for payee, amount in paid_by(lines, at).items():
            assert amount == pytest.approx(float(settled[payee]), abs=1e-9 * at), payee


def test_a_payout_that_is_no_straight_line_has_no_lines() -> None:
    flat = np.zeros(2)
    drawn = Lines(np.array([0.0, 100.0]), {"her": flat}, {"her": np.array([0.5, 0.5])}, flat > 0, flat > 0)
    assert is_straight(drawn, lambda proceeds: {"her": 0.5 * proceeds - 50.0 * (proceeds > 100)})
    assert not is_straight(drawn, lambda proceeds: {"her": proceeds**2 / 200})
