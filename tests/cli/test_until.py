"""valsim run --until: play until a number is known as exactly as is asked."""

import json

import pytest
from typer.testing import CliRunner

from tests.companies import LIVELY
from valsim.cli import app


@pytest.fixture(autouse=True)
def deal(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("valsim.parts.FIRST", 4096)
    (tmp_path / "deal.yaml").write_text(LIVELY.lstrip(), encoding="utf-8")
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(app, ["run", "deal.yaml", "--threads", "1", *arguments], env={"COLUMNS": "80"})


def test_what_is_reached_is_said_with_what_it_took(deal) -> None:
    asked = "probability_of_loss(Fund) +/- 0.006"
    shown = run("--until", asked, "--json", "out.json", "--html", "out.html")
    assert shown.exit_code == 0, shown.output
    assert f"{asked}: reached with 8,192 paths: " in " ".join(shown.output.split())
    (told,) = json.loads((deal / "out.json").read_text(encoding="utf-8"))["run"]["until"]
    assert (told["text"], told["reached"], told["paths"], told["allowed"]) == (asked, True, 8192, 0.006)
    assert told["standard_error"] <= 0.006 < told["standard_error"] * 2**0.5
    page = (deal / "out.html").read_text(encoding="utf-8")
    assert f"{asked}: reached with 8,192 paths" in page
    assert "--paths 8192" in page


def test_what_is_not_reached_is_said_and_leaves_with_1(deal) -> None:
    shown = run("--until", "present_value(Fund) +/- 0.1%", "--paths", "4096", "--json", "out.json")
    assert shown.exit_code == 1
    words = " ".join(shown.output.split())
    assert "not reached with 4,096 paths, the most that may be played: $" in words
    assert "It takes about --paths 2_000_000." in words
    assert not json.loads((deal / "out.json").read_text(encoding="utf-8"))["run"]["until"][0]["reached"]


def test_a_part_of_nothing_is_told_from_too_few_paths() -> None:
    shown = run("--until", "invested(Fund) - invested(Fund) +/- 1%", "--paths", "5")
    assert shown.exit_code == 1
    words = " ".join(shown.output.split())
    assert "not reached, as it is $0 on each of 5 paths, and a part of nothing is nothing: name an amount." in words


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--until", "moic(you) +/- 1%"], "there is no holder 'you'"),
        (["--until", "moic(Fund)"], "expected one +/-, got none"),
        (["--until", "moic(Fund) +/- 1%", "--variant", "all"], "choose one --variant"),
    ],
)
def test_what_cannot_be_asked_leaves_with_2(arguments, told) -> None:
    shown = run(*arguments)
    assert shown.exit_code == 2
    assert told in " ".join(shown.output.split()).replace("│ ", "")


def test_a_wrong_number_is_underlined_in_the_option() -> None:
    lines = run("--until", "moic(you) +/- 1%").output.splitlines()
    place = next(i for i, line in enumerate(lines) if "--until moic(you) +/- 1%" in line)
    assert lines[place + 1].index("^") == lines[place].index("moic")
