"""valsim sweep: a grid or a list of cases."""

import csv
import json

import pytest
from typer.testing import CliRunner

from tests.companies import SERIES_B, STEADY
from valsim.cli import app

VARIANTS = """
variants:
  poor: {changes: {company.cash: 1M USD}}
"""
PRICE = "rounds.series_b.closings.first.pre_money_valuation"
FEW = ["--paths", "50", "--threads", "1"]
ASKED = ["--measure", "ownership_at_exit(New)", *FEW]


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deal.yaml").write_text(STEADY.lstrip() + SERIES_B.lstrip() + VARIANTS.lstrip(), encoding="utf-8")
    (tmp_path / "plain.yaml").write_text(STEADY.lstrip(), encoding="utf-8")
    anchored = STEADY.lstrip().replace("anchor: none", "anchor: last_round")
    (tmp_path / "anchored.yaml").write_text(anchored, encoding="utf-8")
    return tmp_path


def run(*arguments: str, width: str = "80"):
    return CliRunner().invoke(app, ["sweep", *arguments], env={"COLUMNS": width})


def said(shown) -> str:
    return " ".join(shown.output.replace("│", " ").split())


def test_a_grid_is_told_case_by_case(files) -> None:
    shown = run("deal.yaml", "--over", f"{PRICE}=400M USD, 900M USD", *ASKED)
    assert shown.exit_code == 0, shown.output
    assert "2 cases of 50 paths each, seed 7" in shown.output
    assert "New: ownership at exit is highest at 20 % with pre_money_valuation=400M USD" in said(shown)
    rows = [line.split() for line in shown.output.splitlines()]
    assert ["400M", "USD", "20", "%"] in rows
    assert ["900M", "USD", "10", "%"] in rows
    assert "−10 points" in shown.output
    assert "No case is scaled to its last price" in shown.output
    assert max(map(len, shown.output.splitlines())) <= 80


def test_cases_are_shown_by_a_measure_and_compared_with_a_base(files) -> None:
    asked = ["--over", f"{PRICE}=900M USD, 400M USD", "--sort", "ownership_at_exit(New)", "--base", "2"]
    shown = run("deal.yaml", *asked, *ASKED)
    assert shown.output.index("400M USD  ") < shown.output.index("900M USD  ")
    assert "difference to case pre_money_valuation=400M USD" in said(shown)


def test_the_table_of_cases_is_not_written_over(files) -> None:
    text = "case,company.cash\npoor,1M USD\nrich,90M USD\n"
    (files / "cases.csv").write_text(text, encoding="utf-8")
    shown = run("deal.yaml", "--cases", "cases.csv", "--csv", "cases.csv", *ASKED)
    assert (shown.exit_code, "--csv: cannot write cases.csv: it is a file of the scenario" in said(shown)) == (2, True)
    assert (files / "cases.csv").read_text(encoding="utf-8") == text


def test_cases_of_a_table_are_shown_by_their_names_and_values(files) -> None:
    (files / "cases.csv").write_text("case,company.cash\npoor,1M USD\nrich,90M USD\n", encoding="utf-8")
    rows = [line.split() for line in run("deal.yaml", "--cases", "cases.csv", *ASKED).output.splitlines()]
    assert ["rich", "90M", "USD", "20", "%"] in rows


def test_fewer_paths_than_the_sampler_needs_are_told_once(files) -> None:
    shown = run("deal.yaml", "--over", "company.cash=1M USD, 2M USD", "--sampler", "sobol", *ASKED)
    assert shown.exit_code == 2
    assert "sampler sobol needs at least 32,768 paths" in said(shown)


def test_the_table_and_the_json_hold_the_same_numbers_in_full(files) -> None:
    files_asked = ["--csv", "grid.csv", "--json", "grid.json", "--quiet"]
    shown = run("deal.yaml", "--over", f"{PRICE}=400M USD, 900M USD", *ASKED, *files_asked)
    assert (shown.exit_code, shown.output) == (0, "")
    rows = list(csv.DictReader((files / "grid.csv").read_text(encoding="utf-8").splitlines()))
    told = json.loads((files / "grid.json").read_text(encoding="utf-8"))
    assert [row[PRICE] for row in rows] == ["400M USD", "900M USD"]
    for row, case in zip(rows, told["cases"], strict=True):
        found = case["measures"]["ownership_at_exit(New)"]
        assert float(row["ownership_at_exit(New)"]) == found["mean"]
        assert float(row["ownership_at_exit(New) difference"]) == found["difference"]["mean"]
        assert (row["source"], row["variant"], row["failed"]) == ("deal.yaml", "base", "")
        assert row["input_hash"] == case["input_hash"]
    assert told["inputs"][0]["numbers"] == {"400M USD": 4e8, "900M USD": 9e8}


def test_a_table_of_cases_and_its_names(files) -> None:
    (files / "terms.csv").write_text(f"case,{PRICE},company.cash\ncheap,400M USD,\ndear,900M USD,1M USD\n")
    shown = run("deal.yaml", "--cases", "terms.csv", *ASKED, "--json", "-")
    cases = json.loads(shown.output)["cases"]
    assert [case["name"] for case in cases] == ["cheap", "dear"]
    assert cases[0]["values"] == {PRICE: "400M USD"}


def test_scenarios_and_variants_are_cases(files) -> None:
    shown = run("deal.yaml@all", "plain.yaml", *FEW, "--measure", "present_value(Ada)", "--json", "-")
    assert [case["name"] for case in json.loads(shown.output)["cases"]] == ["deal", "deal@poor", "plain"]
    alone = run("deal.yaml", *FEW, "--measure", "present_value(Ada)", "--json", "-")
    assert [case["name"] for case in json.loads(alone.output)["cases"]] == ["base", "poor"]


def test_a_case_that_fails_is_told_and_the_others_are_written(files) -> None:
    asked = ["--over", "company.cash=10M USD, 10B USD", "--measure", "present_value(Fund)", *FEW, "--csv", "grid.csv"]
    shown = run("anchored.yaml", *asked)
    assert shown.exit_code == 1
    assert "1 of 2 cases could not be played" in shown.output
    assert "cash=10B USD: anchored.yaml:" in said(shown)
    rows = list(csv.DictReader((files / "grid.csv").read_text(encoding="utf-8").splitlines()))
    assert float(rows[0]["present_value(Fund)"]) > 0
    assert rows[1]["present_value(Fund)"] == ""
    assert "too rosy" in rows[1]["failed"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["plain.yaml"], "sweep over what?"),
        (["deal.yaml", "--over", "company.cash"], "expected PATH=VALUES"),
        (["deal.yaml", "--over", "company.cash=1,000 USD"], "write 1_000"),
        (["deal.yaml", "--over", "company.cash=plenty, 1M USD"], "(case cash=plenty)"),
        (["deal.yaml", "--over", "compny.cash=2M USD, 1M USD"], "did you mean 'company'?"),
        (["deal.yaml", "--over", "company.cash=1M USD", "--base", "7"], "there is no case '7'"),
        (["deal.yaml", "--over", "company.cash=1M USD", "--sort", "moic(Ada)"], "expected one of"),
        (["deal.yaml", "--over", "company.cash=1M USD", "--measure", "mioc(New)"], "did you mean 'moic'?"),
        (["deal.yaml", "--over", "company.cash=1M USD", "--measure", "moic(Old)"], "there is no holder 'Old'"),
        (["deal.yaml", "--over", "company.cash=1M USD", "--for", "Now"], "did you mean 'New'?"),
        (["deal.yaml", "--over", "simulation.seed=1, 2"], "all cases share their paths and their seed"),
        (["deal.yaml", "--over", "company.cash=1M USD", "--sampler", "sobol"], "needs at least 32,768 paths"),
        (["deal.yaml", "--cases", "absent.csv"], "cannot read absent.csv"),
        (["deal.yaml", "--over", "company.cash=1M USD", "--csv", "deal.yaml"], "it is the scenario"),
        (["absent.yaml", "plain.yaml"], "cannot read the file"),
    ],
)
def test_what_cannot_be_swept_is_told_with_what_to_do(arguments, told, files) -> None:
    shown = run(*arguments, *FEW)
    assert shown.exit_code == 2, shown.output
    assert told in said(shown)
