"""Variants on the command line: which case is played is always said."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import valsim
from valsim import run
from valsim.analysis.health import health
from valsim.cli import app
from valsim.result import Anchor

SMALL = (Path(__file__).parent / "small.yaml").read_text()
CASES = """
variants:
  bear: {weight: 25%, changes: {drivers.arr.growth: 5%}}
  bull: {weight: 15%, changes: {drivers.arr.growth: 90%}}
"""
FEW = ["--paths", "300"]


@pytest.fixture
def deal(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    Path("deal.yaml").write_text(SMALL + CASES)
    return "deal.yaml"


def call(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ([], "case base, weight 60 %; the others: bear 25 %, bull 15 %"),
        (["--variant", "bear"], "case bear, weight 25 %; the others: base 60 %, bull 15 %"),
    ],
)
def test_the_summary_says_which_case_it_is_of(deal, option, said):
    assert said in call("run", deal, *FEW, *option).stdout


def test_the_json_and_the_report_say_so_too(deal):
    shown = call("run", deal, *FEW, "--variant", "bull", "--json", "-")
    assert json.loads(shown.stdout)["scenario"]["variant"] == "bull"
    assert call("run", deal, *FEW, "--variant", "bull", "--quiet", "--html", "a.html").exit_code == 0
    page = Path("a.html").read_text("utf-8")
    assert " · case bull</span>" in page
    assert "valsim run deal.yaml --variant bull --paths 300 --seed 7" in page


def test_a_file_without_variants_says_nothing_of_cases(deal):
    Path("plain.yaml").write_text(SMALL)
    shown = call("run", "plain.yaml", *FEW, "--json", "-")
    assert "variant" not in json.loads(shown.stdout)["scenario"]


def test_all_cases_are_shown_side_by_side_with_their_mean(deal):
    shown = call("run", deal, *FEW, "--variant", "all")
    assert shown.exit_code == 0
    assert max(map(len, shown.stdout.splitlines())) <= 80
    lines = shown.stdout.splitlines()
    assert lines[4].split() == ["base", "bear", "bull", "weighted"]
    assert lines[5].split("  ")[-1].strip() == "100 %"
    assert any(line.startswith("me: MOIC") for line in lines)


def test_all_cases_as_json_are_the_single_ones(deal):
    told = json.loads(call("run", deal, *FEW, "--variant", "all", "--json", "-").stdout)
    single = json.loads(call("run", deal, *FEW, "--variant", "bull", "--json", "-").stdout)
    worth = next(each for each in told["figures"] if each["label"] == "all shares, present value")["cases"]["bull"]
    assert worth == pytest.approx(single["health"]["present_value_of_opening_classes"], rel=1e-12)
    assert [case["name"] for case in told["cases"]] == ["base", "bear", "bull"]


def test_a_report_of_all_cases_is_refused(deal):
    shown = call("run", deal, *FEW, "--variant", "all", "--html", "a.html")
    assert (shown.exit_code, "a report shows one case" in shown.stderr) == (2, True)
    assert not Path("a.html").exists()


def test_checking_looks_at_every_case_or_the_one_asked_for(deal):
    assert "2 variants" in call("check", deal).stdout
    Path("deal.yaml").write_text(SMALL + CASES.replace("90%", "fast"))
    assert "got 'fast' (variant bull)" in call("check", deal).stderr
    assert call("check", deal, "--variant", "bear").exit_code == 0
    assert call("check", deal, "--variant", "bull").exit_code == 2
    assert call("run", deal, *FEW, "--variant", "all").exit_code == 2


def test_a_file_of_the_scenario_is_never_overwritten(deal):
    Path("child.yaml").write_text("extends: deal.yaml")
    shown = call("run", "child.yaml", *FEW, "--json", "deal.yaml")
    assert (shown.exit_code, "it is a file of the scenario" in shown.stderr) == (2, True)


def test_the_report_shows_every_file_of_the_scenario(deal):
    Path("child.yaml").write_text("extends: deal.yaml\nname: A child of it")
    assert call("run", "child.yaml", *FEW, "--quiet", "--html", "a.html").exit_code == 0
    page = Path("a.html").read_text("utf-8")
    assert "The file child.yaml" in page
    assert "The file deal.yaml" in page


ANCHORED = """
variants:
  bear: {weight: 25%, anchor: base, changes: {drivers.arr.growth: 20%}}
  again: {weight: 25%, anchor: own, changes: {drivers.arr.growth: 20%}}
  bull: {weight: 15%, anchor: base, changes: {drivers.arr.growth: 50%}}
"""


@pytest.fixture
def anchored(deal):
    Path("anchored.yaml").write_text(SMALL.replace("anchor: none", "anchor: last_round") + ANCHORED)
    return "anchored.yaml"


def played(*arguments: str):
    shown = call("run", *arguments, *FEW, "--json", "-")
    assert shown.exit_code == 0, shown.stderr
    return json.loads(shown.stdout)


def test_a_case_at_the_scale_of_the_file_shows_what_it_does_to_value(anchored):
    told = played(anchored, "--variant", "all")
    cases = {case["name"]: case for case in told["cases"]}
    assert [cases[name]["anchor"] for name in ("base", "bear", "again", "bull")] == ["own", "base", "own", "base"]
    scale = {name: (case["anchor_scale"], case["anchor_standard_error"]) for name, case in cases.items()}
    assert scale["bear"] == scale["bull"] == scale["base"] != scale["again"]
    worth = told["figures"][0]["cases"]
    assert worth["bear"]["mean"] < worth["base"]["mean"] < worth["bull"]["mean"]
    assert worth["bear"]["mean"] < worth["again"]["mean"]


def test_a_case_alone_is_its_column_among_all_of_them_and_the_same_in_python(anchored):
    column = played(anchored, "--variant", "all")["figures"][0]["cases"]
    for name in ("bear", "again"):
        alone = played(anchored, "--variant", name)["health"]
        found = valsim.simulate(valsim.load(anchored, variant=name), paths=300)
        assert alone["present_value_of_opening_classes"] == column[name]
        assert health(found)["present_value_of_opening_classes"] == column[name]


def test_the_scale_is_solved_once_for_all_cases_that_are_played_at_it(anchored, monkeypatch):
    solved = []
    monkeypatch.setattr(run, "solve_anchor", lambda *asked: solved.append(asked[1].name) or Anchor(1.2, 0.1))
    played(anchored, "--variant", "all", "--threads", "1")
    assert solved == ["series_a", "series_a"]  # of the file as it is written, and of the case that is scaled again


def test_a_case_whose_seed_is_its_own_is_played_at_the_scale_of_the_file_all_the_same(anchored):
    seeded = ANCHORED.replace("{drivers.arr.growth: 50%}", "{simulation.seed: 11}")
    Path(anchored).write_text(SMALL.replace("anchor: none", "anchor: last_round") + seeded)
    scales = [valsim.simulate(valsim.load(anchored, variant=name), paths=50).manifest.anchor for name in ("", "bull")]
    assert scales[0] == scales[1]


def test_the_same_case_anchored_differently_has_another_hash(anchored):
    cases = {case["name"]: case["input_hash"] for case in played(anchored, "--variant", "all")["cases"]}
    assert len(set(cases.values())) == 4


def test_a_price_that_cannot_be_met_is_told_with_its_line(anchored):
    rich = ["--set", "company.cash=900M USD", "--set", "cash_flow=0 * arr"]
    shown = call("run", anchored, *FEW, *rich)
    assert shown.exit_code == 1
    line = SMALL.splitlines().index(next(line for line in SMALL.splitlines() if "series_a: {" in line)) + 1
    assert shown.stderr.startswith(
        f"error: anchored.yaml:{line}:5  series_a cost 4.00 USD a share on 2025-12-01, but is worth "
    )
    assert "the scenario is too rosy" in shown.stderr
