"""How paths end and what an investor gets, worked by hand."""

from typing import Any

import numpy as np
import pytest

from tests.analysis.made import made
from tests.companies import steady
from valsim.analysis.figure import ending
from valsim.result import Result
from valsim.state import STILL_PRIVATE

EXITS = "exits={ipo: {hazard: 10% per year, discount: 0%, lock_up: 0 days, preferred: all_converted}, acquisition: {hazard: 10% per year, discount: 0%}, trade_sale: {kind: acquisition, hazard: 1% per year, discount: 0%}}"
FUND = "base_rates={peers: venture, investor: Fund}"


def company(how: list[int], when: list[float], *overrides: str, **columns: Any) -> Result:
    money = {("holder", "Fund", name): row for name, row in columns.items()}
    return made({("exit",): how, ("exit time",): when, **money}, scenario=steady(EXITS, FUND, *overrides))


ENDED = company([0, 1, 2, STILL_PRIVATE], [1.0, 2.0, 2.0, 3.0])


@pytest.mark.parametrize(("kind", "share"), [("ipo", 0.25), ("acquisition", 0.5), ("wind_down", 0.0)])
def test_exits_are_counted_by_their_kind(kind: Any, share: float) -> None:
    found = ending.ended_as(kind)(ENDED)
    assert found is not None
    assert (found.middle, found.cases) == (share, 4)


def test_the_rest_is_still_private() -> None:
    found = ending.still_private(ENDED)
    assert found is not None
    assert found.middle == 0.25


def test_listings_are_counted_over_the_years_of_being_private() -> None:
    found = ending.listing_hazard(ENDED)
    assert found is not None
    assert found.middle == pytest.approx(1 / 8, rel=1e-3)


def test_years_to_a_listing_are_from_the_first_round() -> None:
    found = ending.years_to_listing(company([0, 0], [1.0, 2.0]))
    assert found is not None
    assert found.middle == pytest.approx(1.5 + 1.0, rel=1e-3)


def test_losses_are_of_the_paths_on_which_the_investor_pays() -> None:
    result = company([0] * 4, [1.0] * 4, invested=[10, 10, 10, 0], proceeds=[9, 10, 100, 5])
    below, ten = ending.below_cost(result), ending.tenfold(result)
    assert below is not None
    assert ten is not None
    assert (below.middle, ten.middle, ten.cases) == (pytest.approx(1 / 3), pytest.approx(1 / 3), 3)


def test_without_an_investor_no_loss_is_told() -> None:
    assert ending.below_cost(company([0], [1.0], "base_rates={peers: venture}")) is None


def test_the_headline_is_all_shares_at_the_last_price() -> None:
    worth = {
        ("class", "common", "present value"): np.full(4, 200e6),
        ("class", "series_a", "present value"): np.full(4, 120e6),
    }
    found = ending.headline_over_worth(made(valued=worth, scenario=steady(FUND)))
    assert found is not None
    # 100M shares at 4 USD
    assert found.middle == pytest.approx(400 / 320 - 1)
    assert found.errors == (0.0,)
