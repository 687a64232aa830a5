"""Between two scenarios stand those that have some inputs of each."""

import pytest

from tests.companies import lively, steady
from valsim.analysis.comparison.swap import Between, put
from valsim.core.errors import ScenarioError
from valsim.scenario.difference import differences

NEW = (
    "captable.classes.series_a.participation=none",
    "rounds.series_b.series.participation=full",
    "rounds.series_b.closings.first.post_money_valuation=420M USD",
    "rounds.series_b.option_pool=null",
    "rounds.bridge=null",
    "drivers.arr.volatility=30%",
    "drivers.spare={kind: constant, value: 1, unit: \"1\"}",
    "exits.acquisition.hazard=6% per year",
    "correlations.shocks=[[arr, unit_cost, -0.2]]",
)  # fmt: skip


@pytest.fixture(scope="module")
def between() -> Between:
    return Between(lively(), lively(*NEW))


def test_taking_everything_gives_the_other_and_taking_nothing_the_one(between: Between) -> None:
    assert differences(between.taking(between.paths), between.new) == ()
    assert differences(between.taking([]), between.old) == ()


def test_taking_one_changes_that_alone(between: Between) -> None:
    assert len(between.paths) == len(NEW)
    for path in between.paths:
        (found,) = differences(between.old, between.taking([path]))
        assert found.path == path


def test_what_is_of_another_kind_is_swapped_as_one() -> None:
    place, full = "rounds.series_b.series.anti_dilution", "{kind: full_ratchet, until: 2027-06-30, part: 50%}"
    averaged = "{kind: broad_based_weighted_average, unissued_pool: counted}"
    both = Between(lively(f"{place}={averaged}"), lively(f"{place}={full}"))
    assert len(both.differences) > 2
    assert both.paths == (("rounds", "series_b", "series", "anti_dilution"),)
    assert both.taking(both.paths).rounds == both.new.rounds


def test_what_moves_no_path_is_no_difference() -> None:
    other = lively("name=Other", "simulation.seed=5", "risks.outage.note=A remark.", "valuation.anchor=last_round")
    assert Between(lively(), other).paths == ()


def test_a_number_comes_with_its_source() -> None:
    paper = "sources={paper: {title: Accounts, publisher: Paper, date: 2025-12-01}}"
    sourced = steady(
        paper, "company.cash={value: 20M USD, source: paper}", "company.debt={value: 1M USD, source: paper}"
    )
    mixed = Between(steady(), sourced).taking([("company", "cash")])
    assert mixed.company.cash.sources == ("paper",)
    assert [*mixed.sources] == ["paper"]


def test_a_problem_between_two_scenarios_names_the_items_of_lists() -> None:
    other = lively(
        "drivers.sales={kind: formula, value: arr, unit: USD/year}",
        "rounds.bridge.closings.bridge.when=sales < 1M USD/year",
    )
    with pytest.raises(ScenarioError) as caught:
        Between(other, lively()).taking([("drivers", "sales")])
    assert {each.path for each in caught.value.problems} == {("rounds", "bridge", "closings", "bridge", "when")}


def test_what_does_not_go_together_is_no_scenario() -> None:
    other = steady(
        "captable.classes.series_b={like: series_a, shares: 5M, original_issue_price: 5 USD}",
        "captable.positions.Fund={series_b: 100%}",
    )
    with pytest.raises(ScenarioError):
        Between(steady(), other).taking([("captable", "positions", "Fund", "series_b")])


@pytest.mark.parametrize(
    ("old", "new", "path", "found"),
    [
        ({"a": 1}, {"a": 2}, ("a",), {"a": 2}),
        ({"a": 1, "b": 2}, {"b": 2}, ("a",), {"b": 2}),
        ({"a": 1, "c": 3}, {"a": 1, "b": 2, "c": 3}, ("b",), {"a": 1, "b": 2, "c": 3}),
        ([{"name": "x"}], [{"name": "w"}, {"name": "x"}], ("w",), [{"name": "w"}, {"name": "x"}]),
        ([{"name": "x"}, {"name": "y"}], [{"name": "y"}], ("x",), [{"name": "y"}]),
        ([["a", "b", 0.1]], [["a", "b", 0.2]], ("a with b",), [["a", "b", 0.2]]),
        ({"a": {"b": 1}}, {}, ("a", "b"), {}),
        ({"a": 5}, {"a": {"value": 5}}, ("a", "value"), {"a": {"value": 5}}),
    ],
)  # fmt: skip
def test_plain_data_is_put_in_where_it_belongs(old, new, path, found) -> None:
    merged = put(old, new, path)
    assert merged == found
    if isinstance(found, dict):
        assert [*merged] == [*found]
