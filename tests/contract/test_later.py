"""A payment after the closing is shared out by what it adds to the waterfall; worked out by hand."""

import numpy as np
import pytest

import valsim
from valsim.contract.waterfall import Waterfall

TABLE = """
classes:
  common: {kind: common, shares: 75M}
  series_a: {kind: preferred, shares: 25M, original_issue_price: 4, liquidation_preference_multiple: 1,
    participation: none, seniority: 1}
positions: {Ada: {common: 60M}, Fund: {series_a: 100%}}
"""


def paid(*later: float) -> Waterfall:
    return valsim.waterfall(TABLE, [88e6, 440e6], later=later)


def got(found: Waterfall, number: int, holder: str) -> list[float]:
    return found.later[number].positions[holder].tolist()


def test_an_escrow_that_is_released_fills_the_preference_first_where_the_closing_left_it_short() -> None:
    assert got(paid(22e6), 0, "Fund") == pytest.approx([12e6, 5.5e6])
    assert got(paid(22e6), 0, "Ada") == pytest.approx([8e6, 13.2e6])


def test_of_several_payments_each_adds_to_all_that_came_before() -> None:
    two = paid(22e6, 40e6)
    assert got(two, 1, "Fund") == pytest.approx([0.0, 10e6])
    assert got(two, 1, "Ada") == pytest.approx([32e6, 24e6])


def test_everything_together_is_the_waterfall_of_the_sum() -> None:
    two, whole = paid(22e6, 40e6), valsim.waterfall(TABLE, [150e6, 502e6])
    for name, position in whole.positions.items():
        told = two.positions[name].payout + sum(each.positions[name] for each in two.later)
        assert np.allclose(told, position.payout, rtol=1e-12)
    assert [sum(row[0] for row in each.payees.values()) for each in two.later] == pytest.approx([22e6, 40e6])


def test_without_a_later_payment_nothing_is_told_of_one() -> None:
    assert "later" not in paid().as_dict()
    assert paid(0.0).as_dict()["later"][0]["positions"]["Fund"]["payout"] == [0.0, 0.0]


def test_a_payment_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="what is paid later is nothing or more, got -1"):
        paid(-1.0)
