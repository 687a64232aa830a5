import numpy as np
import pytest

from tests.contract.tables import THREE, TWO
from valsim.captable.liquidity.pay_out import Liquidity, pay_out
from valsim.contract.contract import Contract
from valsim.value.fair_value.diagram import Exits

VETO = """
classes:
  common: {kind: common, shares: 8M}
  series_a: {kind: preferred, shares: 2M, original_issue_price: 2.5, liquidation_preference_multiple: 2, participation: none,
    seniority: 1, automatic_conversion: {offer_price_multiple_at_least: 1, below: blocks_ipo}}
debt: {bank: {kind: venture_debt, claim: 1M, seniority: 1}}
"""
GROWING = """
as_of: 2026-01-01
classes:
  common: {kind: common, shares: 8M}
  series_a: {kind: preferred, issued: 2026-01-01, shares: 2M, original_issue_price: 2.5,
    liquidation_preference_multiple: 1, participation: none, seniority: 1,
    cumulative_dividend: {rate: 8%, compounding: simple, day_count: actual/365.25, settlement: forfeit_on_conversion}}
"""


def exits(text: str) -> Exits:
    contract = Contract.read(text)
    return Exits(contract.table, contract.day(None))


@pytest.mark.parametrize("text", [TWO, THREE, VETO], ids=["two classes", "three", "a veto and a debt"])
@pytest.mark.parametrize("kind", ["acquisition", "ipo", "wind_down"])
def test_the_diagram_pays_what_the_waterfall_pays(text: str, kind: str):
    found = exits(text)
    proceeds = np.concatenate([[0.0], np.geomspace(1e3, 1e12, 400)])
    settled = pay_out(found.table, Liquidity(kind, "by_charter", found.day), proceeds).payees
    for name, row in found.diagram(kind).paid(proceeds).items():
        np.testing.assert_allclose(row, settled[name], rtol=1e-9, atol=1e-3)


def test_a_diagram_is_drawn_once():
    found = exits(TWO)
    assert found.diagram("ipo") is found.diagram("ipo")


def test_a_veto_is_a_jump_between_two_lines():
    listing = exits(VETO).diagram("ipo")
    ends = np.diff(listing.starts) * listing.slopes["common"][:-1] + listing.levels["common"][:-1]
    assert np.abs(listing.levels["common"][1:] - ends).max() > 1e6


def test_terms_that_do_not_grow_are_the_same_on_every_day():
    found = exits(VETO)
    assert not found.grows
    assert found.after(3.0) is found


def test_a_dividend_has_grown_some_years_later():
    found = exits(GROWING)
    assert found.grows
    assert float(found.after(4.0).diagram("acquisition").paid(np.array([7e6]))["series_a"][0]) == pytest.approx(
        5e6 * 1.32
    )
    assert found.diagram("acquisition").paid(np.array([7e6]))["series_a"][0] == pytest.approx(5e6)
    assert found.after(4.0) is found.after(4.0)
