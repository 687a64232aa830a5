"""Every kind of mistake, as a file of its own beside the text that a person is shown for it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from valsim.cli import app

FOLDER = Path(__file__).parent / "bad_input"
CASES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
PROMISED = {
    "unknown_key", "wrong_unit", "word_for_a_number", "negative_share_count", "quantiles_without_a_family",
    "multiple_without_a_basis", "unknown_driver_in_a_formula", "users_added_to_dollars", "duplicate_key", "alias_bomb",
    "empty", "no_paths", "everything", "extends_in_a_circle", "extends_out_of_the_folder", "extends_a_missing_file",
}  # fmt: skip


@pytest.fixture
def beside_the_files(monkeypatch):
    monkeypatch.chdir(FOLDER)


def test_every_promised_mistake_has_a_file_and_every_file_its_text():
    assert set(CASES) >= PROMISED
    assert [path.stem for path in sorted(FOLDER.glob("*.txt"))] == CASES


@pytest.mark.parametrize("case", CASES)
@pytest.mark.usefixtures("beside_the_files")
def test_checking_shows_exactly_this(case):
    shown = CliRunner().invoke(app, ["check", f"{case}.yaml"])
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr == Path(f"{case}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
@pytest.mark.usefixtures("beside_the_files")
def test_running_shows_the_same_and_writes_nothing(case, tmp_path):
    files = ["--json", str(tmp_path / "a.json"), "--html", str(tmp_path / "a.html")]
    shown = CliRunner().invoke(app, ["run", f"{case}.yaml", *files])
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr == Path(f"{case}.txt").read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("beside_the_files")
def test_all_problems_of_a_file_are_shown_at_once():
    shown = CliRunner().invoke(app, ["check", "everything.yaml"]).stderr
    assert [line.split(":")[1] for line in shown.splitlines() if line.startswith("everything.yaml:")] == [
        "6", "8", "10", "11", "12", "15", "18", "21",
    ]  # fmt: skip
