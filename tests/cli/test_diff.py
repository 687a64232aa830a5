"""The command ``diff`` and its exit codes."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from valsim.cli import app

SMALL = (Path(__file__).parent / "small.yaml").read_text()
CHANGED = """extends: a.yaml
company: {cash: 70M USD}
variants: {bear: {changes: {company.debt: 5M USD}}}
"""


@pytest.fixture(autouse=True)
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(SMALL)
    Path("b.yaml").write_text(CHANGED)
    Path("wrong.yaml").write_text("extends: a.yaml\nhorizn: 3 years")


def call(*arguments: str):
    return CliRunner().invoke(app, ["diff", *arguments])


def test_two_files_that_say_the_same_leave_with_0():
    Path("c.yaml").write_text(SMALL.replace("cash: 50M USD", "cash: 0.05B USD"))
    shown = call("a.yaml", "c.yaml")
    assert (shown.exit_code, shown.stdout) == (0, "a.yaml and c.yaml say the same\n")


def test_two_files_that_differ_leave_with_1():
    shown = call("a.yaml", "b.yaml", "--variant", "bear")
    assert shown.exit_code == 1
    assert shown.stdout.startswith("from a.yaml\nto   b.yaml --variant bear\n2 values changed, 1 added\n")
    assert "\ncompany\n  cash: 50M USD → 70M USD\n  debt: 0 USD → 5M USD\n" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["a.yaml", "wrong.yaml"], "wrong.yaml:2:1  horizn: unknown key"),
        (["a.yaml", "nowhere.yaml"], "cannot read the file: no such file or directory"),
        (["a.yaml"], "compare with what? Name a second file, a --variant or a --set."),
        (["b.yaml", "--variant", "baer"], "did you mean 'bear'?"),
        (["a.yaml", "b.yaml", "--json", "b.yaml"], "it is a file of the scenario"),
    ],
)
def test_what_is_wrong_leaves_with_2(arguments: list[str], told: str):
    shown = call(*arguments)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert told in shown.stderr


def test_a_scenario_is_compared_with_its_variant_or_with_a_change_of_it():
    assert "  debt: 0 USD → 5M USD\n" in call("b.yaml", "--variant", "bear").stdout
    shown = call("a.yaml", "--set", "company.cash=1 USD")
    assert shown.stdout.splitlines()[1] == "to   a.yaml --set company.cash=1 USD"
    assert call("b.yaml", "--variant", "base").exit_code == 0


def test_differences_as_json_are_plain_data():
    shown = call("a.yaml", "b.yaml", "--json", "-")
    told = json.loads(shown.stdout)
    assert (shown.exit_code, told["same"], told["old"], told["new"]) == (1, False, "a.yaml", "b.yaml")
    assert told["differences"][0] == {"path": "company.cash", "what": "changed", "old": "50M USD", "new": "70M USD"}
    assert call("a.yaml", "a.yaml", "--json", "same.json", "--quiet").stdout == ""
    assert json.loads(Path("same.json").read_text()) == {
        "old": "a.yaml",
        "new": "a.yaml",
        "same": True,
        "differences": [],
    }


def test_every_case_at_once_is_refused_with_what_to_do():
    shown = call("b.yaml", "--variant", "all")
    assert shown.exit_code == 2
    assert "--variant: two scenarios are compared at a time: name one variant" in shown.stderr
