"""The figures of a run stand beside what is usual for companies of its kind, with a verdict."""

import pytest

from tests.companies import lively, steady
from valsim.analysis.base_rates import FIGURES, base_rates, beside
from valsim.analysis.summary import summary
from valsim.evidence.ranges import all_evidence
from valsim.simulate import simulate

SOFTWARE = "base_rates={peers: software, investor: Fund, gross_profit: gross_profit, recurring_revenue: arr}"


@pytest.fixture(scope="module")
def told():
    return base_rates(simulate(lively(SOFTWARE), paths=400, threads=1))


def test_a_document_that_names_no_peers_is_set_beside_nothing() -> None:
    assert base_rates(simulate(steady(), paths=8, threads=1)) is None


def test_every_range_that_stands_beside_a_figure_stands_beside_one_that_exists() -> None:
    named = {name for each in all_evidence() for name in each.beside}
    assert named == {figure.name for figure in FIGURES}


def test_a_range_for_a_figure_is_alone_in_its_kind_of_company() -> None:
    told = [(name, each.of) for each in all_evidence() for name in each.beside]
    assert len(told) == len(set(told))


def test_the_peers_come_first_and_the_general_rates_stand_beside() -> None:
    assert [each.of for each in beside("dilution", "ai_lab")] == ["ai_lab", "venture"]
    assert [each.of for each in beside("dilution", "venture")] == ["venture"]
    assert [each.of for each in beside("multiple_at_exit", "ai_lab")] == ["software"]
    assert beside("gross_margin_0", "venture") == ()


def test_every_figure_has_a_standard_error_for_each_number(told) -> None:
    names = {each["figure"] for each in told["figures"]}
    assert {
        "growth_1",
        "gross_margin_3",
        "burn_multiple",
        "dilution",
        "step_up",
        "listed",
        "below_1x",
        "headline",
    } <= names
    for each in told["figures"]:
        assert len(each["values"]) == len(each["standard_errors"]) in {1, 3}
        assert each["cases"] > 0


def test_the_verdict_is_where_the_middle_stands(told) -> None:
    for figure in told["figures"]:
        middle = figure["values"][len(figure["values"]) // 2]
        for usual in figure["beside"]:
            low, _, high = usual["values"]
            assert usual["verdict"] == ("inside" if low <= middle <= high else "above" if middle > high else "below")


def test_what_a_document_does_not_model_is_left_out(told) -> None:
    assert {"monthly_churn", "paying_share", "net_revenue_retention"} & {
        each["figure"] for each in told["figures"]
    } == set()


def test_it_is_part_of_the_summary_and_moves_no_number_of_it() -> None:
    with_rates, without = (
        summary(simulate(steady(*said), paths=64, threads=1)) for said in ((["base_rates={peers: venture}"]), [])
    )
    assert with_rates["base_rates"]["peers"] == "venture"
    assert without["base_rates"] is None
    assert with_rates["scenario"] == without["scenario"]
    assert (with_rates["classes"], with_rates["values"]) == (without["classes"], without["values"])


def test_a_field_of_a_driver_is_a_figure_too() -> None:
    asked = "base_rates={peers: software, net_revenue_retention: arr.persistence}"
    told = base_rates(simulate(lively(asked), paths=64, threads=1))
    assert told is not None
    retention = next(each for each in told["figures"] if each["figure"] == "net_revenue_retention")
    assert retention["values"] == [0.75, 0.75, 0.75]
    assert retention["beside"][0]["verdict"] == "below"
