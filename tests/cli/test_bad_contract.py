"""Every kind of mistake in a cap table or a round alone, as a file beside the text that a person is shown for it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from valsim.cli import app

FOLDER = Path(__file__).parent / "bad_input"
TABLES = sorted(path.name for path in (FOLDER / "captable").iterdir() if path.suffix != ".txt")
ROUNDS = sorted(path.name for path in (FOLDER / "round").glob("*.yaml") if path.name != "table.yaml")
PROMISED = {
    "two_classes_with_one_name", "positions_over_the_class", "cap_below_the_preference", "ratchet_on_common",
    "conversions_in_a_circle", "two_currencies",
}  # fmt: skip
ONLY_WITH_AN_EXIT = {"loan_without_a_date.yaml"}


def call(folder: str, monkeypatch, *arguments: str):
    monkeypatch.chdir(FOLDER / folder)
    return CliRunner().invoke(app, list(arguments))


def told(name: str) -> str:
    return Path(name).with_suffix(".txt").read_text(encoding="utf-8")


def test_every_promised_mistake_has_a_file():
    assert {Path(name).stem for name in TABLES} >= PROMISED
    assert "no_price.yaml" in ROUNDS


@pytest.mark.parametrize("name", TABLES)
def test_a_waterfall_shows_exactly_this_and_writes_nothing(name, tmp_path, monkeypatch):
    files = ["--json", str(tmp_path / "a.json"), "--html", str(tmp_path / "a.html")]
    shown = call("captable", monkeypatch, "waterfall", name, "--proceeds", "10M", "--readings", *files)
    assert (shown.exit_code, shown.stdout, shown.stderr) == (2, "", told(name))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [name for name in TABLES if name not in ONLY_WITH_AN_EXIT])
def test_checking_a_cap_table_shows_the_same(name, monkeypatch):
    shown = call("captable", monkeypatch, "check", name)
    assert (shown.exit_code, shown.stdout, shown.stderr) == (2, "", told(name))


@pytest.mark.parametrize("name", ROUNDS)
def test_a_round_shows_exactly_this_and_writes_nothing(name, tmp_path, monkeypatch):
    shown = call("round", monkeypatch, "round", "table.yaml", name, "--json", str(tmp_path / "a.json"))
    assert (shown.exit_code, shown.stdout, shown.stderr) == (2, "", told(name))
    assert list(tmp_path.iterdir()) == []


def test_a_cap_table_in_which_nothing_is_wrong_says_what_it_holds(monkeypatch):
    shown = call("round", monkeypatch, "check", "table.yaml")
    assert (shown.exit_code, shown.stdout) == (0, "table.yaml: no problems (4 classes, 0 holders)\n")
