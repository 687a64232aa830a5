"""Problems are told to a person, to a program and to GitHub."""

import json
import re

import pytest

from valsim.core.errors import Problem
from valsim.report.problems import FORMS, tell
from valsim.scenario.load import parse_document
from valsim.scenario.report_problems import Report, report

TEXT = "a: 1\nb:\n  100%, sure: [2,\n    3]\n"


@pytest.fixture
def found() -> Report:
    document = parse_document(TEXT, "my, deal.yaml", ["a=lots"])
    low = Problem(("b", "100%, sure"), "50% is low,\nit seems", "raise it", code="low", severity="warning")
    return report([Problem(("a",), "expected a number, got 'lots'"), low], document)


def test_a_pipe_gets_the_plain_text_on_standard_error(found, capsys):
    tell(found, "text")
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"{found}\n")


def test_a_terminal_gets_the_same_characters_in_colour(found, capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    tell(found, "text")
    painted = capsys.readouterr().err
    assert "\x1b[1;31m" in painted
    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == f"{found}\n"


def test_a_program_gets_a_list_with_the_place_of_each(found, capsys):
    tell(found, "json")
    first, second = json.loads(capsys.readouterr().out)
    assert first == {
        "file": "my, deal.yaml", "line": 3, "column": 15, "end_line": 4, "end_column": 7, "severity": "warning",
        "path": "b.100%, sure", "code": "low", "message": "50% is low,\nit seems", "help": "raise it",
    }  # fmt: skip
    assert (second["file"], second["severity"], second["column"]) == ("--set", "error", 9)


def test_github_gets_commands_in_which_nothing_can_be_mistaken_for_their_syntax(found, capsys):
    tell(found, "github")
    assert capsys.readouterr().out.splitlines() == [
        "::warning file=my%2C deal.yaml,line=3,endLine=4,title=low::b.100%25, sure: 50%25 is low,%0Ait seems (raise it)",
        "::error file=--set,line=1,endLine=1,col=9,endColumn=12,title=invalid::a: expected a number, got 'lots'",
    ]


def test_no_problems_are_an_empty_list_and_no_commands(capsys):
    for form in ("json", "github"):
        tell(Report((), ()), form)
    assert capsys.readouterr().out == "[]\n"


def test_every_form_can_be_asked_for():
    from valsim.cli.app import Form

    assert [form.value for form in Form] == list(FORMS)
