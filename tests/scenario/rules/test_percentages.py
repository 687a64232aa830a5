"""A number that is too large to be meant without a percent sign is told, once for all numbers of a distribution."""

from pathlib import Path

import pytest

from tests.companies import LIVELY, STEADY, scenario
from tests.scenario.found import problems, warned
from valsim.scenario.cases import checked
from valsim.scenario.check import warnings
from valsim.scenario.load import load, parse_document

SHIPPED = sorted((Path(__file__).parents[3] / "scenarios").glob("*.yaml"))


def sign(text: str, *overrides: str) -> dict[str, str]:
    """What is said before the colon of each missing percent sign, by place."""
    return {place: said.split(":")[0] for place, said in warned(text, *overrides).items() if "percent sign" in said}


@pytest.mark.parametrize(
    ("override", "place", "said"),
    [
        ("measure.risk_free=2.6", "measure.risk_free", "2.6 is 260 %"),
        ("valuation.multiple.volatility=25", "valuation.multiple.volatility", "25 is 2,500 %"),
        ("drivers.arr.growth=30", "drivers.arr.growth", "30 is 3,000 %"),
        ("drivers.arr.growth={value: 30, note: Assumption.}", "drivers.arr.growth", "30 is 3,000 %"),
        (
            "drivers.arr.growth={family: pert, p10: 25, p50: 50, p90: 95}",
            "drivers.arr.growth",
            "a median of 50 is 5,000 %",
        ),
        ("signals.audit.if_true={multiple: '* 120'}", "signals.audit.if_true.multiple.times", "120 is 12,000 %"),
        (
            "risks.outage={hazard: 20 per year, effect: {multiple: '* 0.9'}}",
            "risks.outage.hazard",
            "20/year is 2,000 %/year",
        ),
    ],
)
def test_a_large_number_without_a_percent_sign_is_suspicious(override: str, place: str, said: str) -> None:
    assert sign(LIVELY, override) == {place: said}


@pytest.mark.parametrize(
    "override",
    [
        "measure.risk_free=0.04",
        "measure.risk_free=260%",
        "valuation.multiple.volatility=2_500%",
        "drivers.arr.growth=4.5",
        "drivers.arr.growth={family: lognormal, p10: 250%, p90: 950%}",
        "signals.audit.if_true={multiple: '* 3'}",
        "captable.classes.series_a.liquidation_preference_multiple=2",
        "risks.outage={hazard: 2 per year, effect: {multiple: '* 0.9'}}",
    ],
)
def test_a_number_that_may_well_be_meant_is_not(override: str) -> None:
    assert sign(LIVELY, override) == {}


def test_each_reading_of_a_conflict_is_judged_by_itself() -> None:
    sources = "sources={a: {title: A, date: 2025-01-01}, b: {title: B, date: 2025-01-01}}"
    readings = "[{value: 30%, source: a, weight: 50%}, {value: 30, source: b, weight: 50%}]"
    assert sign(LIVELY, sources, f"drivers.arr.growth={{conflict: {readings}}}") == {
        "drivers.arr.growth.conflict[1]": "30 is 3,000 %"
    }


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_shipped_scenario_lacks_a_percent_sign(path: Path) -> None:
    assert [warning for warning in warnings(load(path)) if warning.code in {"percent", "large", "wrong_way"}] == []


@pytest.mark.parametrize(
    ("discount", "help"),
    [
        ("70", "70 is 7,000 %: write 70%"),
        ("101%", ""),
        ("{family: pert, p10: 10, p50: 20, p90: 30}", "20 is 2,000 %: write % behind each of its numbers"),
        ("{family: lognormal, p10: 20%, p90: 50%}", "give the distribution an at_most"),
    ],
)
def test_a_fraction_above_one_is_answered_with_its_percentage(discount: str, help: str) -> None:
    (problem,) = problems(STEADY, f"at_horizon.discount={discount}")
    assert (problem.code, problem.help) == ("domain", help)


def test_what_entries_take_over_is_told_once() -> None:
    document = parse_document(LIVELY, "test.yaml")
    (placed,) = checked(
        document, ["captable.classes.series_a.liquidation_preference_multiple=100"], ["base"]
    ).warnings.placed
    assert placed.problem.place == "captable.classes.series_a.liquidation_preference_multiple"


def test_a_beta_far_above_that_of_any_company_is_suspicious() -> None:
    assert list(warned(STEADY, "measure.beta=5.5")) == ["measure.beta"]
    assert list(warned(STEADY, "measure.beta=5")) == []


@pytest.mark.parametrize(
    ("effect", "doubted"), [("+ 10%", True), ("- 50%", True), ("+ 0.5", False), ("* 1.1", False), ("* 110%", False)]
)
def test_percent_are_no_points_of_a_multiple(effect: str, doubted: bool) -> None:
    signal = f"signals={{audit: {{at: 2026-08-01, probability: 50%, if_true: {{multiple: '{effect}'}}}}}}"
    assert ("signals.audit.if_true.multiple" in warned(STEADY, signal)) == doubted


def test_what_a_percentage_adds_to_a_multiple_is_said() -> None:
    signal = "signals={audit: {at: 2026-08-01, probability: 50%, if_true: {multiple: '+ 10%'}}}"
    (warning,) = [each for each in warnings(scenario(STEADY, signal)) if each.place.startswith("signals")]
    assert warning.message == "10% is added to a multiple as 0.1 times the revenue, not as a part of the multiple"
    assert warning.help == 'a factor is written "* 1.1"; for points, leave out the percent sign: "+0.1"'
