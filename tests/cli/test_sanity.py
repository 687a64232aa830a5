"""The command that sets a run beside the base rates."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.companies import STEADY
from valsim.cli import app


@pytest.fixture(autouse=True)
def beside_a_file(tmp_path, monkeypatch):
    (tmp_path / "deal.yaml").write_text(STEADY + "base_rates: {peers: venture, investor: Fund}\n")
    (tmp_path / "bare.yaml").write_text(STEADY)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")


def call(*arguments: str):
    return CliRunner().invoke(app, ["sanity", *arguments, "--paths", "64", "--threads", "1"])


def test_a_person_reads_a_table_with_a_verdict():
    shown = call("deal.yaml")
    assert shown.exit_code == 0
    assert "Still private at the" in shown.stdout
    assert "inside" in shown.stdout or "above" in shown.stdout


def test_a_program_reads_json_with_a_standard_error_for_each_figure():
    told = json.loads(call("deal.yaml", "--json", "-").stdout)
    assert set(told) == {"valsim", "scenario", "run", "base_rates"}
    still_private = next(each for each in told["base_rates"]["figures"] if each["figure"] == "still_private")
    assert (still_private["values"], still_private["standard_errors"]) == ([1.0], [0.0])
    assert still_private["beside"][0]["verdict"] == "above"


def test_json_goes_to_a_file_too():
    call("deal.yaml", "--json", "told.json", "--quiet")
    assert json.loads(Path("told.json").read_text())["base_rates"]["peers"] == "venture"


def test_a_page_takes_markdown():
    assert call("deal.yaml", "--markdown").stdout.startswith("| Figure | Here | Usual |")


def test_a_file_that_names_no_peers_says_what_to_add():
    shown = call("bare.yaml")
    assert shown.exit_code == 2
    assert "add base_rates: {peers: venture}" in " ".join(shown.stderr.split())


def test_peers_can_be_named_on_the_command_line():
    told = json.loads(call("bare.yaml", "--set", "base_rates={peers: software}", "--json", "-").stdout)
    assert told["base_rates"]["peers"] == "software"
