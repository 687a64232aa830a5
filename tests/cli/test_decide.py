"""valsim decide: what the right to walk away is worth, and when to."""

import json

import pytest
from typer.testing import CliRunner

from tests.companies import STEADY
from tests.training.staged import REACTING
from valsim.cli import app

FEW = ["--paths", "4096", "--threads", "1", "--set", "decisions.training_paths=4096"]


@pytest.fixture(autouse=True)
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deal.yaml").write_text(REACTING.lstrip(), encoding="utf-8")
    (tmp_path / "steady.yaml").write_text(STEADY.lstrip(), encoding="utf-8")
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(app, ["decide", *arguments], env={"COLUMNS": "80"})


def test_a_person_sees_who_gains_who_pays_and_a_rule():
    shown = run("deal.yaml", *FEW)
    assert shown.exit_code == 0, shown.output
    for words in (
        "It takes notice",
        "today by deciding well",
        "cost everybody",
        "Fund (decides)",
        "fund_when:",
        "walked away",
    ):
        assert words in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 80


def test_json_and_the_page_go_where_they_are_asked_for(files):
    shown = run("deal.yaml", *FEW, "--json", "out.json", "--html", "out.html", "--quiet")
    assert (shown.exit_code, shown.stdout) == (0, "")
    told = json.loads((files / "out.json").read_text(encoding="utf-8"))
    assert told["right_to_walk"] == told["deciders_together"]["more"]["trained"]
    assert told["decided_by"] == "requisite_holders"
    page = (files / "out.html").read_text(encoding="utf-8")
    assert "today by deciding well" in page
    assert told["regions"][0]["rules"]["fund"]["formula"].replace(">=", "&gt;=") in page


def test_one_holder_may_be_asked_for():
    shown = run("deal.yaml", "--for", "Fund", "--paths", "4096", "--threads", "1", "--json", "-")
    assert shown.exit_code == 0, shown.output
    assert json.loads(shown.stdout)["deciders"] == ["Fund"]


def test_a_holder_who_pays_for_nothing_is_refused_with_those_who_do():
    shown = run("deal.yaml", "--for", "Fond")
    assert shown.exit_code == 2
    assert "'Fond' pays for no closing" in shown.output
    assert "Fund" in shown.output


def test_where_nothing_is_left_to_choose_the_command_says_so():
    shown = run("steady.yaml", "--for", "requisite_holders")
    assert shown.exit_code != 0
    assert "nothing to decide" in " ".join(shown.output.split())
    assert "Traceback" not in shown.output


def test_a_document_that_leaves_nothing_to_decide_is_a_mistake_of_the_call():
    shown = run("steady.yaml")
    assert shown.exit_code == 2
    assert "there is nothing to decide: no closing" in " ".join(shown.output.split())


def test_a_single_path_has_no_error_rather_than_one_that_is_no_number():
    shown = run("deal.yaml", "--paths", "1", "--threads", "1", "--set", "decisions.training_paths=4096")
    assert shown.exit_code == 0, shown.output
    assert "nan" not in shown.output.lower()
