"""valsim compare: term sheets side by side."""

import json

import pytest
from typer.testing import CliRunner

from tests.companies import LIVELY
from valsim.cli import app

BEAR = "variants:\n  bear: {changes: {drivers.arr.growth: 20%}}\n"
FEW = ["--paths", "600", "--threads", "1", "--explained-on", "200"]


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ours.yaml").write_text(LIVELY.lstrip() + BEAR, encoding="utf-8")
    theirs = LIVELY.lstrip().replace("participation: none, seniority: 2", "participation: full, seniority: 2")
    (tmp_path / "theirs.yaml").write_text(theirs, encoding="utf-8")
    return tmp_path


def run(*arguments: str, width: str = "80"):
    return CliRunner().invoke(app, ["compare", *arguments], env={"COLUMNS": width})


def test_two_files_are_told_side_by_side(files) -> None:
    shown = run("ours.yaml", "theirs.yaml", *FEW)
    assert shown.exit_code == 0, shown.output
    lines = shown.output.splitlines()
    assert lines[0] == "ours beside theirs"
    assert "me: net present value is lower in theirs" in shown.output
    assert "participation" in shown.output
    assert "not told apart" in shown.output
    assert "the same" in shown.output
    assert max(map(len, lines)) <= 80


def test_one_file_is_compared_case_by_case(files) -> None:
    shown = run("ours.yaml", *FEW)
    assert shown.output.splitlines()[0] == "base beside bear"


def test_a_variant_stands_behind_its_file(files) -> None:
    shown = run("theirs.yaml", "ours.yaml@bear", "ours.yaml", *FEW, "--measure", "moic(me)")
    assert shown.output.splitlines()[0] == "theirs beside ours@bear beside ours"
    assert "me: MOIC: " in shown.output


def test_the_json_holds_all_and_the_page_needs_no_network(files) -> None:
    shown = run("ours.yaml", "theirs.yaml", *FEW, "--json", "two.json", "--html", "two.html", "--quiet")
    assert (shown.exit_code, shown.output) == (0, "")
    found = json.loads((files / "two.json").read_text(encoding="utf-8"))
    assert [case["name"] for case in found["cases"]] == ["ours", "theirs"]
    assert found["explained"]["theirs"]["paths"] == 200
    page = (files / "two.html").read_text(encoding="utf-8")
    assert "What makes the difference" not in page  # a single input needs no explanation
    assert "Who gets what" in page
    assert "default-src &#39;none&#39;" in page


def test_a_change_is_made_to_every_case(files) -> None:
    shown = run("ours.yaml", "theirs.yaml", *FEW, "--set", "positions=null", "--json", "-")
    assert json.loads(shown.output)["measures"][0]["formula"] == "net_present_value(Fund)"


def test_all_may_be_played_at_the_scale_of_the_first(files) -> None:
    shown = run("ours.yaml", "theirs.yaml", *FEW, "--anchor", "first", "--json", "-")
    assert json.loads(shown.output)["run"]["anchor"] == "first"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["theirs.yaml"], "Name a second file, or one that has variants"),
        (["ours.yaml", "ours.yaml"], "ours.yaml is named twice"),
        (["ours.yaml@baer", "ours.yaml"], "did you mean 'bear'?"),
        (["ours.yaml", "theirs.yaml", "--measure", "mioc(me)"], "did you mean 'moic'?"),
        (["ours.yaml", "theirs.yaml", "--measure", "moic(you)"], "there is no holder 'you'"),
        (["ours.yaml", "theirs.yaml", "--measure", "moic(me) + 1 USD"], "cannot add a plain number and USD"),
        (["ours.yaml", "theirs.yaml", "--for", "Funds"], "did you mean 'Fund'?"),
        (["ours.yaml", "theirs.yaml", "--anchor", "second"], "expected one of own, first"),
        (["ours.yaml", "absent.yaml"], "cannot read the file"),
        (["ours.yaml", "theirs.yaml", "--html", "ours.yaml"], "it is the scenario"),
        (["ours.yaml", "theirs.yaml", "--set", "currency=EUR", "--set", "company.cash=1 USD"], "EUR"),
    ],
)
def test_what_cannot_be_compared_is_told_with_what_to_do(arguments, told, files) -> None:
    shown = run(*arguments)
    assert shown.exit_code == 2
    assert told in " ".join(shown.output.replace("│", " ").split())


def test_what_is_wrong_in_a_formula_is_underlined(files) -> None:
    shown = run("ours.yaml", "theirs.yaml", "--measure", "1 + moic(you)")
    assert "--measure 1 + moic(you)\n  │               ^~~~~~~~~" in shown.output


def test_two_currencies_are_refused_as_the_cases_that_they_are(files) -> None:
    (files / "euro.yaml").write_text(LIVELY.lstrip().replace("USD", "EUR"), encoding="utf-8")
    shown = run("ours.yaml", "euro.yaml", *FEW)
    said = " ".join(shown.output.split())
    assert shown.exit_code == 2
    assert "Invalid value for CASE..." in said
    assert "ours in USD, euro in EUR; write one of them in the other's currency" in said
