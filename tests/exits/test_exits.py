"""What an exit pays, and when it may come."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.parameter.known import KNOWN
from valsim.core.parameter import realise
from valsim.exits import Exit
from valsim.exits.base import CASH, Sale
from valsim.exits.horizon import AtHorizon

MONEY = st.floats(0, 1e12)
ACQUISITION = {"kind": "acquisition", "hazard": "20% per year", "discount": "10%"}
IPO = {
    "kind": "ipo", "probability_per_year": "30%", "discount": "15%", "lock_up": "6 months", "preferred": "all_converted",
    "when": "revenue > 100M USD/year",
}  # fmt: skip
WIND_DOWN = {"kind": "wind_down", "when": "cash <= 0 USD", "recovery": "5%"}
SALE, ZERO = {"kind": "sale", "discount": "30%"}, {"kind": "zero"}
EXTEND = {"kind": "extend", "by": "18 months", "discount": "20%"}


def way(given: dict[str, str]) -> Exit:
    return realise(Exit.choose(given), KNOWN)


def rule(given: dict[str, str]) -> AtHorizon:
    return realise(AtHorizon.choose(given), KNOWN)


def rows(enterprise_value: float = 0.0, cash: float = 0.0, debt: float = 0.0) -> dict[str, np.ndarray]:
    return {"enterprise_value": np.array([enterprise_value]), "cash": np.array([cash]), "debt": np.array([debt])}


@pytest.mark.parametrize(
    ("given", "paid"),
    [
        (ACQUISITION, 1000 * 0.9 + 200 - 50),
        (IPO, (1000 + 200 - 50) * 0.85),
        (WIND_DOWN, 1000 * 0.05 + 200 - 50),
    ],
    ids=lambda given: given["kind"] if isinstance(given, dict) else "",
)
def test_an_exit_pays_its_value_and_the_cash_after_debt(given: dict[str, str], paid: float) -> None:
    assert way(given).proceeds(rows(1000, 200, 50)).tolist() == pytest.approx([paid])


@pytest.mark.parametrize(
    ("given", "paid"), [(SALE, 1000 * 0.7 + 200 - 50), (EXTEND, 1000 * 0.8 + 200 - 50), (ZERO, 0.0)], ids=str
)
def test_a_company_still_private_counts_as_its_rule_says(given: dict[str, str], paid: float) -> None:
    assert rule(given).proceeds(rows(1000, 200, 50)).tolist() == pytest.approx([paid])


def test_only_an_extension_follows_a_company_for_longer() -> None:
    assert [float(rule(given).extension) for given in (SALE, ZERO, EXTEND)] == [0.0, 0.0, 1.5]


def test_money_that_is_owed_beyond_the_cash_takes_nothing_from_the_fire_sale() -> None:
    assert way(WIND_DOWN).proceeds(rows(1000, -200)).tolist() == [50.0]


@pytest.mark.parametrize("given", [ACQUISITION, IPO, WIND_DOWN, SALE, EXTEND, ZERO], ids=lambda given: given["kind"])
@given(value=MONEY, cash=st.floats(-1e12, 1e12), debt=MONEY)
def test_proceeds_are_never_negative_and_never_above_all_there_is(
    given: dict[str, str], value: float, cash: float, debt: float
) -> None:
    family = Exit if given["kind"] in Exit.kinds else AtHorizon
    paid = float(realise(family.choose(given), KNOWN).proceeds(rows(value, cash, debt))[0])
    assert 0 <= paid <= max(value + max(cash, 0.0) - debt, 0.0) * (1 + 1e-12) + 1e-3


def test_an_exit_comes_by_its_chance_and_only_where_its_condition_holds() -> None:
    revenue = {"revenue": np.array([50e6, 150e6])}
    assert way(IPO).intensity(revenue).tolist() == pytest.approx([0.0, -np.log(0.7)])
    assert float(way(ACQUISITION).intensity(revenue)) == 0.2
    assert (
        float(way({**ACQUISITION, "when": "revenue > 100M USD/year"}).intensity({"revenue": np.array([1e9])})[0]) == 0.2
    )


def test_a_wind_down_comes_by_no_chance_but_where_it_must() -> None:
    cash = {"cash": np.array([-1.0, 0.0, 1.0])}
    assert float(way(WIND_DOWN).intensity(cash)) == 0.0
    assert way(WIND_DOWN).forced(cash).tolist() == [True, True, False]
    assert not way(IPO).forced(cash).any()


def test_a_listing_converts_shares_as_it_says_and_pays_after_its_lock_up() -> None:
    assert (way(IPO).treatment, way(IPO).sales("Ada")) == ("all_converted", (Sale(np.ones(()), (np.asarray(0.5),)),))
    assert (way(ACQUISITION).treatment, way(ACQUISITION).sales("Ada")) == ("as_agreed", CASH)


@pytest.mark.parametrize("given", [ACQUISITION, IPO, WIND_DOWN], ids=lambda given: given["kind"])
def test_a_condition_is_handed_to_whoever_knows_the_rows(given: dict[str, str]) -> None:
    class Context:
        def condition(self, path: tuple[str, ...], expression: object) -> list[object]:
            return [(path, getattr(expression, "text", None))]

        def amount(self, path: tuple[str, ...], value: object, unit: str) -> list[object]:
            return [(path, value, unit)] if callable(value) else []

    assert list(Exit.choose(given).problems(Context())) == [(("when",), given.get("when"))]
