"""Scenarios side by side on the same random numbers."""

import json
from dataclasses import replace

import numpy as np
import pytest

import valsim
from tests.companies import lively, steady
from valsim.analysis.comparison.compare import compare
from valsim.analysis.comparison.told import told
from valsim.analysis.measure import MEASURES
from valsim.analysis.measured import Measured
from valsim.core.errors import ExpressionError, ValsimError

PATHS = 2000
FULL = "rounds.series_b.series.participation=full"
LATER = "rounds.series_b.closings.milestone.when=arr >= 30M USD/year and audit"


@pytest.fixture(scope="module")
def two():
    return compare({"none": lively(), "full": lively(FULL, LATER)}, paths=PATHS, threads=1)


def test_the_same_scenario_differs_by_nothing_at_all() -> None:
    found = compare({"one": lively(), "other": lively()}, paths=500, threads=1)
    for formula in found.formulas:
        verdict = found.verdict(formula.text, "other")
        assert verdict is not None
        assert (verdict.is_none, verdict.is_told_apart) == (True, False) or not verdict.is_known
    assert found.explanations == {}


def test_a_paired_difference_is_that_of_two_runs_with_a_smaller_error(two) -> None:
    moic = "moic(Fund)"
    alone = compare(
        {"none": lively(), "full": lively(FULL, LATER)}, measures=[moic], paths=PATHS, threads=1, explained_on=0
    )
    one, other = (case.values[moic] for case in alone.cases)
    verdict = alone.verdict(moic, "full")
    assert verdict.difference.value == other.value - one.value
    assert 0 < verdict.difference.standard_error < 0.3 * np.hypot(one.standard_error, other.standard_error)


def test_paired_errors_cover_the_truth() -> None:
    runs = [valsim.simulate(scenario, paths=8192, threads=1) for scenario in (lively(), lively(FULL))]

    def difference(paths: slice) -> Measured:
        one, other = (
            MEASURES["present_value"].of_result(
                replace(run, valued={key: row[paths] for key, row in run.valued.items()}), "Fund"
            )
            for run in runs
        )
        return other - one

    truth = difference(slice(None))
    parts = [difference(slice(first, first + 128)) for first in range(0, 8192, 128)]
    scores = [(each.value - truth.value) / each.standard_error for each in parts]
    # 64 parts: a score is within 2 in 95 % of them, and their spread is known to 9 %.
    assert np.count_nonzero(np.abs(scores) < 2) >= 56
    assert np.std(scores) == pytest.approx(1, abs=0.3)


def test_what_is_shown_without_a_question_is_about_me_and_the_company(two) -> None:
    texts = [formula.text for formula in two.formulas]
    assert texts[0] == "net_present_value(me)"
    assert {"moic(me)", "present_value_of_opening_classes", "probability_funded(series_b/milestone)"} <= set(texts)
    assert not any("bridge" in text for text in texts)


@pytest.mark.parametrize(
    ("changes", "holder", "first"),
    [
        (("positions=null",), "", "net_present_value(Fund)"),
        (("positions=null", "rounds=null"), "Ada", "net_present_value(Ada)"),
    ],
)
def test_without_me_the_lead_or_the_owner_is_asked(changes, holder, first) -> None:
    make = steady if holder else lively
    changes = () if holder else changes
    other = make(*changes, "company.cash=20M USD")
    found = compare({"a": make(*changes), "b": other}, holder=holder, paths=50, threads=1, explained_on=0)
    assert found.formulas[0].text == first


def test_the_parts_of_a_difference_add_up_to_it(two) -> None:
    found = two.explanations["full"]
    verdict = two.verdict("moic(me)", "full")
    assert found.totals["moic(me)"].value == pytest.approx(verdict.difference.value, rel=1e-12)
    assert sum(part.value for part in found.parts["moic(me)"].values()) == pytest.approx(verdict.difference.value)
    assert [each.name for each in found.factors] == [FULL.partition("=")[0], LATER.partition("=")[0]]


def test_each_case_is_scaled_to_its_own_last_price_or_all_to_that_of_the_first() -> None:
    cases = {
        name: steady("valuation.anchor=last_round", f"company.cash={cash}M USD")
        for name, cash in (("a", 10), ("b", 90))
    }
    scales = {
        anchor: [
            case.manifest.anchor_scale
            for case in compare(cases, paths=20, threads=1, anchor=anchor, explained_on=0).cases
        ]
        for anchor in ("own", "first")
    }
    assert scales["own"][1] < scales["own"][0] - 0.1
    assert scales["first"] == [scales["own"][0]] * 2


def test_the_scale_explains_what_it_hides() -> None:
    cases = {
        name: steady("valuation.anchor=last_round", f"company.cash={cash}M USD")
        for name, cash in (("a", 10), ("b", 90))
    }
    found = compare(cases, measures=["present_value_per_share(series_a)"], paths=20, threads=1)
    (parts,) = found.explanations["b"].parts.values()
    cash, scale = (part.value for part in parts.values())
    assert [*parts] == ["company.cash", "the scale of the opening multiple"]
    assert cash > 0.5
    assert scale == pytest.approx(-cash, rel=1e-3)


def test_a_measure_that_one_case_does_not_know_is_nothing_there() -> None:
    found = compare({"with": lively(), "without": lively("positions=null")}, measures=["moic(me)"], paths=50, threads=1)
    assert found.verdict("moic(me)", "without") is None
    assert told(found)["measures"][0]["cases"]["without"] == {"mean": None, "standard_error": None}


def test_three_cases_are_ranked_and_those_within_the_noise_are_not() -> None:
    cases = {
        "base": lively(),
        "hardly": lively("company.cash=50.001M USD"),
        "poor": lively("drivers.arr.growth=5%"),
    }
    found = compare(cases, measures=["probability_of_loss(me)"], paths=PATHS, threads=1, explained_on=0)
    (first, _), (_, below), (last, _) = found.order("probability_of_loss(me)")
    assert first == "poor"
    assert below.is_told_apart
    assert last in {"base", "hardly"}
    assert not found.order("probability_of_loss(me)")[2][1].is_told_apart


def test_a_list_is_named_by_its_scenarios_or_counted() -> None:
    named = compare([steady(), steady("name=Other")], paths=5, threads=1, explained_on=0)
    counted = compare([steady(), steady()], paths=5, threads=1, explained_on=0)
    assert [case.name for case in named.cases] == ["Steady", "Other"]
    assert [case.name for case in counted.cases] == ["1", "2"]


def test_it_is_plain_data(two) -> None:
    data = told(two)
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert [each["path"] for each in data["inputs"]] == [FULL.partition("=")[0], LATER.partition("=")[0]]
    assert data["inputs"][0]["cases"] == {"none": "none", "full": "full"}
    assert len(data["received"]["me"]["full"]["company"]) >= 15


def test_the_number_of_threads_changes_no_bit() -> None:
    cases = {"none": lively(), "full": lively(FULL)}
    one, two = (
        compare(cases, paths=4200, threads=threads, measures=["moic(me)"], explained_on=0) for threads in (1, 2)
    )
    assert one.verdict("moic(me)", "full").as_dict() == two.verdict("moic(me)", "full").as_dict()


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(ValsimError, match="two scenarios or more"):
        compare([steady()])
    with pytest.raises(ValsimError, match="no holder 'Adda': did you mean 'Ada'"):
        compare({"one": steady(), "other": steady()}, holder="Adda")
    with pytest.raises(ExpressionError, match="no holder 'you'"):
        compare({"one": steady(), "other": steady()}, measures=["moic(you)"])
    euros = valsim.dump(steady()).replace("USD", "EUR")
    with pytest.raises(ValsimError, match="different currencies cannot be compared: one in USD, other in EUR"):
        compare({"one": steady(), "other": _read(euros)})


def _read(text: str):
    from valsim.scenario.load import parse_document, scenario_of

    return scenario_of(parse_document(text))


def test_it_is_known_whether_the_cases_have_the_same_days() -> None:
    longer = compare({"one": lively(), "longer": lively("horizon=7 years")}, paths=64, threads=1, explained_on=0)
    alike = compare({"one": lively(), "other": lively(FULL)}, paths=64, threads=1, explained_on=0)
    assert [told(found)["run"]["same_days"] for found in (longer, alike)] == [False, True]
