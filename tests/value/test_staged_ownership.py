"""The stakes of a staged financing: backwards from the exit, and tranche by tranche."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valsim.value.staged_ownership import tranche_stakes, venture_capital_method

SMALL = st.lists(st.floats(0.001, 0.1), min_size=1, max_size=6)


def test_one_round_needs_its_money_grown_over_the_exit_value():
    # 3.5 grows to 26.58 in five years at 50 %; 2.5 of earnings at 15 times are 37.5.
    stakes = venture_capital_method([3.5], [0], [0.5], 2.5 * 15, 5)
    assert stakes.final[0] == pytest.approx(3.5 * 1.5**5 / 37.5)
    assert stakes.at_purchase.tolist() == stakes.final.tolist()
    assert stakes.founders == pytest.approx(0.29125)


def test_an_early_investor_buys_what_later_rounds_will_take():
    # Each takes 20 % of the exit; the first is diluted by the second, so it buys a quarter.
    stakes = venture_capital_method([10, 10], [0, 1], [0, 0], 50, 2)
    assert stakes.final.tolist() == [0.2, 0.2]
    assert stakes.at_purchase.tolist() == [0.25, 0.2]
    assert stakes.retention.tolist() == [0.8, 1.0]
    assert stakes.shares_issued(600).tolist() == pytest.approx([200, 200])


@given(SMALL)
def test_the_shares_issued_make_the_stakes(parts):
    stakes = venture_capital_method(np.array(parts), np.arange(len(parts)), np.zeros(len(parts)), 1.0, 10)
    issued = stakes.shares_issued(1000.0)
    after = 1000.0 + issued.cumsum()
    assert (issued / after).tolist() == pytest.approx(stakes.at_purchase.tolist(), rel=1e-9)
    assert (issued / after[-1]).tolist() == pytest.approx(stakes.final.tolist(), rel=1e-9)


def test_investors_who_want_the_whole_company_are_refused():
    with pytest.raises(ValueError, match=r"ask for 120\.0% of the company"):
        venture_capital_method([60, 60], [0, 1], [0, 0], 100, 2)


@pytest.mark.parametrize("times", [[1, 0], [0, 3]])
def test_rounds_out_of_order_are_refused(times):
    with pytest.raises(ValueError, match="in order, and before the exit"):
        venture_capital_method([1, 1], times, [0, 0], 100, 2)


@given(st.floats(1, 1e9), st.lists(st.floats(1, 1e9), min_size=2, max_size=6))
def test_who_walks_after_a_tranche_holds_more_than_its_part_of_the_final_stake(pre_money, tranches):
    stakes = tranche_stakes(pre_money, tranches)
    paid = np.cumsum(tranches)
    assert np.all(stakes[:-1] > stakes[-1] * paid[:-1] / paid[-1])
    assert stakes[-1] == pytest.approx(paid[-1] / (pre_money + paid[-1]))
