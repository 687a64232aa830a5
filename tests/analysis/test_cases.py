"""The cases of a scenario side by side, and their mix."""

from pathlib import Path

import numpy as np
import pytest

from valsim.analysis.cases import compare
from valsim.scenario.load import parse_document, scenario_of
from valsim.simulate import simulate

SMALL = (Path(__file__).parents[1] / "cli" / "small.yaml").read_text()
CASES = """
variants:
  bear: {weight: 25%, changes: {drivers.arr.growth: 5%, positions.me.pay: 4M USD}}
  bull: {weight: 75%, changes: {drivers.arr.growth: 90%}}
"""


def scenarios(cases: str = CASES):
    names = ("base", "bear", "bull")
    return {name: scenario_of(parse_document(SMALL + cases, variant=name)) for name in names}


@pytest.fixture(scope="module")
def results():
    return {name: simulate(each, paths=3_000, threads=1) for name, each in scenarios().items()}


@pytest.fixture(scope="module")
def told(results):
    return compare(scenarios(), results.__getitem__)


def figure(told, label: str):
    return next(each for each in told["figures"] if each["label"] == label)


def test_a_case_without_weight_is_not_played(told):
    assert [(case["name"], case["weight"]) for case in told["cases"]] == [("bear", 0.25), ("bull", 0.75)]


def test_the_mix_of_a_plain_mean_is_the_weighted_mean_and_its_error_that_of_the_mixed_path(told, results):
    rows = {name: result.valued["holder", "me", "present value"] for name, result in results.items()}
    mixed = 0.25 * rows["bear"] + 0.75 * rows["bull"]
    weighted = figure(told, "me: present value")["weighted"]
    assert weighted["mean"] == pytest.approx(0.25 * rows["bear"].mean() + 0.75 * rows["bull"].mean(), rel=1e-12)
    assert weighted["standard_error"] == pytest.approx(mixed.std(ddof=1) / np.sqrt(3_000), rel=1e-9)


def test_the_mix_of_a_multiple_is_all_money_out_over_all_money_in(told, results):
    paid, got = (
        {name: results[name].outcomes["holder", "me", what].mean() for name in ("bear", "bull")}
        for what in ("invested", "proceeds")
    )
    moic = figure(told, "me: MOIC")
    assert moic["cases"]["bear"]["mean"] == pytest.approx(got["bear"] / paid["bear"], rel=1e-12)
    assert moic["weighted"]["mean"] == pytest.approx(
        (0.25 * got["bear"] + 0.75 * got["bull"]) / (0.25 * paid["bear"] + 0.75 * paid["bull"]), rel=1e-12
    )


def test_a_chance_of_loss_counts_the_paths_on_which_it_invests(told, results):
    outcomes = results["bull"].outcomes
    invested, proceeds = outcomes["holder", "me", "invested"], outcomes["holder", "me", "proceeds"]
    loss = figure(told, "me: chance of loss")["cases"]["bull"]
    p, n = (proceeds < invested)[invested > 0].mean(), (invested > 0).sum()
    assert loss["mean"] == pytest.approx(p, rel=1e-12)
    assert loss["standard_error"] == pytest.approx(np.sqrt(p * (1 - p) / n), rel=1e-3)


def test_the_ends_of_a_case_add_up_to_one(told):
    ends = [each["cases"]["bear"]["mean"] for each in told["figures"] if each["label"].startswith("ends: ")]
    assert sum(ends) == pytest.approx(1, abs=1e-12)


def test_cases_share_their_random_numbers():
    same = "variants: {bear: {weight: 50%, changes: {name: Same numbers}}, bull: {changes: {name: x}, weight: 1%}}"
    told = compare(scenarios(same), lambda name: simulate(scenarios(same)[name], paths=500, threads=1))
    for each in told["figures"]:
        assert each["cases"]["base"] == each["cases"]["bear"] == pytest.approx(each["weighted"], rel=1e-9)


def test_without_weights_nothing_is_averaged(results):
    told = compare(scenarios("variants: {bear: {changes: {name: x}}, bull: {changes: {name: x}}}"), results.__getitem__)
    assert [case["name"] for case in told["cases"]] == ["base", "bear", "bull"]
    assert [each["weighted"] for each in told["figures"]] == [None] * len(told["figures"])


def test_a_figure_that_not_every_case_has_is_not_averaged():
    cases = (
        "variants: {bear: {weight: 25%, changes: {exits.acquisition: null}}, bull: {weight: 5%, changes: {name: x}}}"
    )
    played = scenarios(cases)
    told = compare(played, lambda name: simulate(played[name], paths=300, threads=1))
    sold = figure(told, "ends: acquisition")
    assert (sold["cases"].keys(), sold["weighted"]) == ({"base", "bull"}, None)
