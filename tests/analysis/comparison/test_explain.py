"""Which input explains how much of a difference."""

import numpy as np
import pytest

from tests.companies import lively, steady
from valsim.analysis.comparison.explain import SHARED_OUT, explained
from valsim.analysis.comparison.factors import EVERYTHING, MOST, SCALE, THE_REST, Mixture
from valsim.analysis.comparison.swap import Between
from valsim.analysis.measured import Measured
from valsim.anchor import NOT_SCALED
from valsim.core.errors import SimulationError
from valsim.core.parameter import middle
from valsim.result import Anchor
from valsim.scenario.difference import differences
from valsim.scenario.model import Scenario

CASH, DEBT, SHARES = "company.cash=20M USD", "company.debt=5M USD", "captable.classes.common.shares=60M"
SAME = (NOT_SCALED, NOT_SCALED)


def mixture(*changes: str, scales: tuple[Anchor, Anchor] = SAME) -> Mixture:
    return Mixture(Between(steady(), steady(*changes)), scales)


def product(scenario: Scenario, anchor: Anchor) -> dict[str, Measured]:
    """Something that cash, shares and the scale make together, and something that cash makes alone, on two paths."""
    cash = middle(scenario.company.cash) / 1e6
    shares = middle(scenario.captable.classes["common"].shares) / 1e6
    value = cash * shares * anchor.scale
    return {"product": Measured(value, np.array([cash, -cash])), "cash": Measured(cash, np.zeros(2)), "none": None}


def test_the_parts_add_up_and_share_out_what_inputs_do_together() -> None:
    # 10 x 75 = 750 becomes 20 x 60 = 1200. Cash first adds 750, last 600; shares first take 150, last 300.
    found = explained(mixture(CASH, SHARES), product)
    assert found.method == "shapley"
    assert {name: part.value for name, part in found.parts["product"].items()} == {
        "company.cash": 675.0, "captable.classes.common.shares": -225.0,
    }  # fmt: skip
    assert found.totals["product"].value == 450.0
    assert found.together("product").value == 0


def test_each_part_has_its_own_error() -> None:
    found = explained(mixture(CASH, SHARES), product)
    # On each path cash moves 10 either way, whatever the shares are.
    assert found.parts["product"]["company.cash"].standard_error == pytest.approx(10.0)
    assert found.parts["product"]["captable.classes.common.shares"].standard_error == 0
    assert found.parts["cash"]["captable.classes.common.shares"].value == 0


def test_what_is_nothing_in_some_scenario_is_not_explained() -> None:
    assert set(explained(mixture(CASH, SHARES), product).parts) == {"product", "cash"}


def test_nothing_is_played_where_one_input_is_all_that_differs() -> None:
    def refused(scenario: Scenario, anchor: Anchor) -> dict[str, Measured]:
        raise AssertionError(scenario, anchor)

    assert explained(mixture(CASH), refused).method == "one_input"


def test_a_mixture_that_cannot_be_played_leaves_the_difference_unexplained() -> None:
    def failing(scenario: Scenario, anchor: Anchor) -> dict[str, Measured]:
        if middle(scenario.company.cash) == 20e6 and middle(scenario.captable.classes["common"].shares) == 75e6:
            raise SimulationError("cannot be run")
        return product(scenario, anchor)

    found = explained(mixture(CASH, SHARES), failing)
    assert (found.method, found.parts) == ("unplayable", {})


def test_the_scale_of_the_multiple_is_an_input_of_its_own_where_it_differs() -> None:
    found = explained(mixture(CASH, scales=(Anchor(1.0, 0.0), Anchor(2.0, 0.0))), product)
    assert {name: part.value for name, part in found.parts["product"].items()} == {
        "company.cash": 1125.0, SCALE: 1125.0,
    }  # fmt: skip


def test_many_inputs_are_swapped_one_at_a_time_from_both_ends() -> None:
    classes = [f"captable.classes.common{i}={{kind: common, shares: 1M}}" for i in range(SHARED_OUT)]
    found = explained(mixture(CASH, SHARES, *classes), product)
    assert found.method == "one_at_a_time"
    # Alone cash adds 750, and 600 is lost without it; shares take 150 and 300. The product is -225 less than both.
    assert found.parts["product"]["company.cash"].value == 675.0
    assert found.together("product").value == 0.0
    assert found.parts["product"]["captable.classes.common0"].value == 0.0


def test_what_inputs_only_do_together_is_left_over() -> None:
    def all_three(scenario: Scenario, anchor: Anchor) -> dict[str, Measured]:
        del anchor
        values = product(scenario, NOT_SCALED)["product"].value / 750 - 1
        debt = middle(scenario.company.debt) / 1e6
        return {"all": Measured(values * debt)}

    spare = [f"captable.classes.common{i}={{kind: common, shares: 1M}}" for i in range(SHARED_OUT)]
    found = explained(mixture(CASH, DEBT, *spare), all_three)
    # 0 without both, 5 with both: from the one end each adds nothing, from the other all of it.
    assert {name: part.value for name, part in found.parts["all"].items() if part.value} == {
        "company.cash": 2.5, "company.debt": 2.5,
    }  # fmt: skip
    assert found.together("all").value == 0.0


def test_many_differences_are_gathered_by_the_blocks_that_they_stand_in() -> None:
    changes = [f"captable.classes.common{i}={{kind: common, shares: 1M}}" for i in range(MOST + 1)]
    names = [each.name for each in mixture(CASH, *changes).factors]
    assert names == ["company.cash", "captable.classes"]


def test_what_cannot_be_swapped_alone_goes_with_its_neighbours() -> None:
    other = lively(
        "rounds.series_b.closings.first.post_money_valuation=null",
        "rounds.series_b.closings.first.pre_money_valuation=400M USD",
        "drivers.arr.volatility=30%",
    )
    names = [each.name for each in Mixture(Between(lively(), other), SAME).factors]
    assert names == ["drivers.arr.volatility", "rounds.series_b.closings.first"]


def test_what_hangs_together_across_the_document_is_swapped_as_a_whole() -> None:
    other = steady(
        "captable.classes.series_b={like: series_a, shares: 5M, original_issue_price: 5 USD}", "captable.positions.Fund={series_a: 100%, series_b: 100%}",
        "exits={ipo: {hazard: 1% per year, discount: 0%, lock_up: 1 day, preferred: all_converted}}",
    )  # fmt: skip
    mixed = Mixture(Between(steady(), other), SAME)
    assert [each.name for each in mixed.factors] == ["captable", "exits.ipo"]
    assert differences(mixed.scenario(mixed.factors), other) == ()


def test_what_names_what_the_other_scenario_does_not_know_goes_with_it() -> None:
    drivers = "drivers={sales: {kind: constant, value: 90M USD/year, unit: USD/year}}"
    other = steady(CASH, drivers, "cash_flow=sales * 0", "valuation.enterprise_value.revenue=sales")
    names = [each.name for each in Mixture(Between(steady(), other), SAME).factors]
    assert names == ["company.cash", "drivers.revenue, drivers.sales, cash_flow, valuation.enterprise_value.revenue"]


def test_what_hangs_together_altogether_is_not_shared_out() -> None:
    drivers = "drivers={sales: {kind: constant, value: 90M USD/year, unit: USD/year}}"
    other = steady(drivers, "cash_flow=sales * 0", "valuation.enterprise_value.revenue=sales")
    found = explained(Mixture(Between(steady(), other), SAME), product)
    assert [each.name for each in found.factors] == [EVERYTHING]
    assert (found.method, found.parts) == ("together", {})


def test_two_quite_different_companies_are_swapped_in_parts_that_fit() -> None:
    mixed = Mixture(Between(steady(), lively()), SAME)
    assert {THE_REST, "horizon", "at_horizon"} <= {each.name for each in mixed.factors}
    for factor in mixed.factors:
        assert mixed.scenario([factor]) != mixed.scenario([each for each in mixed.factors if each != factor])
