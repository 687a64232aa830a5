"""The commands init, schema and explain: what they say and write, and what they never replace."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from valsim.cli import app
from valsim.manual.starters import starters


def call(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", list(starters()))
def test_what_init_writes_has_no_problems_and_no_warnings(name):
    assert call("init", name, "--out", "deal.yaml").exit_code == 0
    shown = call("check", "deal.yaml", "--strict")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert json.loads(Path("valsim.schema.json").read_text("utf-8"))["definitions"]


def test_init_says_what_it_wrote_and_what_comes_next():
    assert call("init", "--as-of", "2026-03-01").stdout.splitlines() == [
        "scenario.yaml: a starter scenario to fill in; its numbers are assumptions for a company that does not exist",
        "valsim.schema.json: lets an editor complete, explain and check it",
        "Next: valsim check scenario.yaml, valsim run scenario.yaml",
    ]
    assert "\nas_of: 2026-03-01 " in Path("scenario.yaml").read_text("utf-8")


def test_init_replaces_nothing_unless_it_is_told_to():
    Path("scenario.yaml").write_text("mine")
    shown = call("init")
    assert shown.exit_code == 2
    assert "--out: scenario.yaml is there already; --force replaces it" in shown.stderr
    assert [file.name for file in Path().iterdir()] == ["scenario.yaml"]
    assert call("init", "--force").exit_code == 0
    assert Path("scenario.yaml").read_text("utf-8") != "mine"


def test_init_keeps_a_schema_that_is_there():
    Path("valsim.schema.json").write_text("mine")
    assert "valsim.schema.json: kept as it is" in call("init").stdout
    assert Path("valsim.schema.json").read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["init", "startr"], "TEMPLATE: no template 'startr': did you mean 'starter'?"),
        (["init", "zzz"], f"no template 'zzz': there is {', '.join(starters())}"),
        (["init", "--as-of", "soon"], "--as-of: expected a date such as 2026-02-20"),
        (["init", "--out", "no/deal.yaml"], "--out: cannot write no/deal.yaml: there is no folder no"),
        (["init", "--out", "valsim.schema.json"], "cannot write valsim.schema.json: it is also the file of --out"),
        (["explain", "senority"], "KEY: nothing is called 'senority': did you mean 'seniority' or 'security'?"),
        (["explain", "zzzzzzz"], "nothing is called 'zzzzzzz': valsim explain, without a word, lists what there is"),
        (["init", "--currency", "EUX"], "--currency: no currency 'EUX': did you mean 'EUR'?"),
        (["init", "--currency", "gold"], "--currency: no currency 'GOLD': there is AED, AUD, "),
        (
            ["init", "enterprise_software", "--currency", "EUR"],
            "--currency: enterprise_software counts in USD, as its sources do",
        ),
        (["schema", "--out", "no/a.json"], "--out: cannot write no/a.json: there is no folder no"),
    ],
)
def test_a_wrong_call_writes_nothing_and_leaves_with_two(arguments, told):
    shown = call(*arguments)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert told in shown.stderr
    assert list(Path().iterdir()) == []


def test_init_lists_what_there_is_and_writes_nothing():
    shown = call("init", "--list").stdout
    assert [line.split()[0] for line in shown.splitlines()] == list(starters())
    assert list(Path().iterdir()) == []


def test_the_schema_is_printed_or_written():
    printed = call("schema").stdout
    assert json.loads(printed)["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert call("schema", "--out", "a.json").stdout == (
        "a.json: name it in the first line of a scenario: # yaml-language-server: $schema=a.json\n"
    )
    assert Path("a.json").read_text("utf-8") == printed


@pytest.mark.parametrize("code", ["EUR", "eur"])
def test_init_writes_the_figures_in_another_currency_and_says_that_nothing_was_converted(code):
    shown = call("init", "--currency", code).stdout
    assert "Its amounts are the figures of the starter in EUR: nothing was converted from USD" in shown.splitlines()
    text = Path("scenario.yaml").read_text("utf-8")
    assert "USD" not in text
    assert "cash: {value: 24M EUR, " in text
    checked = call("check", "scenario.yaml", "--strict")
    assert (checked.exit_code, checked.stderr) == (0, "")


def test_explain_without_a_word_lists_what_there_is():
    shown = call("explain")
    assert shown.exit_code == 0
    assert {"Drivers", "Rounds and closings", "Words of the trade"} <= set(shown.stdout.splitlines())


def test_a_key_is_explained_at_the_terminal():
    shown = call("explain", "preferred.seniority")
    assert shown.exit_code == 0
    assert "a higher number is paid first" in shown.stdout
