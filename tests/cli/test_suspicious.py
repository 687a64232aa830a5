"""Every kind of warning, as a file of its own beside the text that a person is shown for it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from valsim.cli import app

FOLDER = Path(__file__).parent / "suspicious"
CASES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@pytest.fixture(autouse=True)
def beside_the_files(monkeypatch):
    monkeypatch.chdir(FOLDER)


def call(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


def test_every_file_has_its_text():
    assert len(CASES) >= 8
    assert [path.stem for path in sorted(FOLDER.glob("*.txt"))] == CASES


@pytest.mark.parametrize("case", CASES)
def test_checking_shows_exactly_this_and_says_that_the_file_can_be_run(case):
    shown = call("check", f"{case}.yaml")
    assert shown.stderr == Path(f"{case}.txt").read_text(encoding="utf-8")
    assert shown.exit_code == 0
    assert shown.stdout.startswith(f"{case}.yaml: Small company: 1 warning (")


def test_strictly_a_warning_fails():
    shown = call("check", "step_down.yaml", "--strict", "--quiet")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr == Path("step_down.txt").read_text(encoding="utf-8")


def test_quietly_a_warning_is_not_shown():
    shown = call("check", "step_down.yaml", "--quiet")
    assert (shown.exit_code, shown.output) == (0, "")


def test_a_program_gets_warnings_as_a_list_and_an_empty_one_without():
    shown = call("check", "step_down.yaml", "--format", "json")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert [(each["severity"], each["code"], each["line"]) for each in json.loads(shown.stdout)] == [
        ("warning", "step_down", 30)
    ]
    assert call("check", "../small.yaml", "--format", "json").stdout == "[]\n"


@pytest.mark.parametrize("command", ["check", "run"])
def test_a_program_gets_problems_as_a_list_too(command):
    shown = call(command, "../bad_input/everything.yaml", "--format", "json")
    assert (shown.exit_code, shown.stderr) == (2, "")
    assert len(json.loads(shown.stdout)) == 8


def test_a_run_tells_its_warnings_and_goes_on():
    shown = call("run", "hot_multiple.yaml", "--paths", "200")
    assert shown.exit_code == 0
    assert "\n! valuation.multiple: a multiple of 40x is hot" in shown.stdout
    told = json.loads(call("run", "hot_multiple.yaml", "--paths", "200", "--json", "-").stdout)
    assert told["warnings"] == [
        "valuation.multiple: a multiple of 40x is hot, and after 3 years its median is still 28.7x"
    ]


def test_a_change_on_the_command_line_leaves_no_source_unused():
    assert call("check", "source_after_the_start.yaml", "--set", "company.cash=60M USD", "--strict").exit_code == 0
