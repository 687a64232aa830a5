"""A run is saved from the command line, and told again without being played."""

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from valsim.cli import app, running
from valsim.report.page import SECTIONS
from valsim.report.workbook.book import SHEETS

pytest.importorskip("pyarrow")
KINDS = ("html", "xlsx", "json")
SMALL = Path(__file__).parent / "small.yaml"


def call(*arguments: str | Path) -> tuple[int, str]:
    found = CliRunner().invoke(app, [*map(str, arguments)])
    return found.exit_code, found.output


def play(*arguments: str | Path) -> tuple[int, str]:
    return call("run", SMALL, "--paths", "60", "--threads", "1", *arguments)


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> Path:
    """A folder with a saved run and all that the run told."""
    folder = tmp_path_factory.mktemp("told")
    files = [part for kind in KINDS for part in (f"--{kind}", folder / f"run.{kind}")]
    code, text = play("--out", folder / "run", *files)
    assert code == 0, text
    (folder / "run.txt").write_text(text)
    return folder


def test_it_is_told_as_the_run_told_it_byte_by_byte(told: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(running, "simulate", None)
    files = [part for kind in KINDS for part in (f"--{kind}", tmp_path / f"run.{kind}")]
    code, text = call("report", told / "run", *files)
    assert code == 0, text
    for kind in KINDS:
        assert (tmp_path / f"run.{kind}").read_bytes() == (told / f"run.{kind}").read_bytes()
    before, after = (text.partition("Report ")[0] for text in ((told / "run.txt").read_text(), text))
    assert after == before
    assert "Run     " in (told / "run.txt").read_text()


def test_the_json_of_a_run_makes_the_report_too(told: Path, tmp_path: Path) -> None:
    code, text = call("report", told / "run.json", "--html", tmp_path / "a.html")
    assert (code, "<h1" in (tmp_path / "a.html").read_text()) == (0, True), text
    code, text = call("report", told / "run.json", "--json", "-")
    assert json.loads(text) == json.loads((told / "run.json").read_text())


def test_quiet_says_nothing(told: Path, tmp_path: Path) -> None:
    assert call("report", told / "run", "--quiet", "--html", tmp_path / "a.html") == (0, "")
    assert play("--quiet", "--out", tmp_path / "run") == (0, "")


def test_the_command_in_the_folder_plays_it_again(told: Path, tmp_path: Path, monkeypatch) -> None:
    manifest = json.loads((told / "run" / "manifest.json").read_text())
    monkeypatch.chdir(told / "run" / manifest["folder"])
    valsim, *arguments = manifest["command"].split()
    code, text = call(*arguments, "--out", tmp_path / "again")
    assert (valsim, code) == ("valsim", 0), text
    again = json.loads((tmp_path / "again" / "manifest.json").read_text())
    assert again | {"played": None} == manifest | {"played": None}


def test_without_what_an_older_valsim_did_not_tell_there_is_a_report_all_the_same(told: Path, tmp_path: Path) -> None:
    summary = json.loads((told / "run.json").read_text())
    least = {"valsim", "scenario", "run"}
    for key in summary.keys() - least:
        older = {name: part for name, part in summary.items() if name != key}
        assert [build(older) for build in (*SECTIONS, *SHEETS)], key
    (tmp_path / "a.json").write_text(json.dumps({key: summary[key] for key in least}))
    code, text = call("report", tmp_path / "a.json", "--html", tmp_path / "a.html", "--xlsx", tmp_path / "a.xlsx")
    assert code == 0, text


def test_a_newer_run_is_told_with_what_may_be_missing(told: Path, tmp_path: Path) -> None:
    summary = json.loads((told / "run.json").read_text()) | {"valsim": "9.1.0"}
    (tmp_path / "a.json").write_text(json.dumps(summary))
    code, text = call("report", tmp_path / "a.json")
    assert (code, "valsim 9.1.0 made this run" in text) == (0, True)


@pytest.mark.parametrize("wrong", [{"holders": "all"}, {"values": {"cash": 3}}, {"tranches": [{}]}])
def test_a_json_that_somebody_changed_is_no_bug_of_valsim(told: Path, tmp_path: Path, wrong: dict) -> None:
    (tmp_path / "a.json").write_text(json.dumps(json.loads((told / "run.json").read_text()) | wrong))
    code, text = call("report", tmp_path / "a.json", "--html", tmp_path / "a.html", "--xlsx", tmp_path / "a.xlsx")
    assert (code, "does not hold what valsim run --json writes" in " ".join(text.split())) == (2, True), text
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize("place", ["nowhere", "."])
def test_what_is_no_run_is_a_mistake_of_the_call(tmp_path: Path, monkeypatch, place: str) -> None:
    monkeypatch.chdir(tmp_path)
    code, text = call("report", place)
    assert (code, "Invalid value for RUN" in text) == (2, True)


def test_a_report_is_not_written_over_what_it_is_made_of(told: Path) -> None:
    code, text = call("report", told / "run", "--html", told / "run" / "summary.json")
    assert (code, "cannot write" in text) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--variant", "all", "--out", "run"], "choose its --variant"),
        (["--variant", "all", "--xlsx", "a.xlsx"], "choose its --variant"),
        (["--html", "a.html", "--xlsx", "a.html"], "it is also the file of --html"),
        (["--replace"], "which is not asked for"),
        (["--out", "run", "--outcomes", "a.parquet"], "holds the paths already"),
        (["--out", "full"], "it is not empty"),
        (["--out", "full", "--replace"], "it is not empty"),
        (["--out", "nowhere/run"], "there is no folder"),
        (["--out", "full/notes.txt"], "it is no folder"),
        (["--out", "run", "--html", "run"], "it is also the file of"),
        (["--out", "empty", "--html", "empty/a.html"], "in it is empty/a.html, the file of --html"),
    ],
)
def test_a_wrong_place_is_told_before_anything_is_played(
    tmp_path: Path, monkeypatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(running, "simulate", None)
    (tmp_path / "full").mkdir()
    (tmp_path / "empty").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")
    code, text = play(*arguments)
    assert (code, said in " ".join(text.split())) == (2, True), text
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["empty", "full", "notes.txt"]


@pytest.mark.parametrize("option", ["--out", "--outcomes"])
def test_without_pyarrow_it_says_what_to_install(tmp_path: Path, monkeypatch, option: str) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    monkeypatch.setattr(running, "simulate", None)
    code, text = play(option, tmp_path / "run")
    assert (code, "pip install 'valsim[parquet]'" in text) == (2, True)


def test_a_run_that_fails_leaves_nothing(tmp_path: Path, monkeypatch) -> None:
    def stopped(*arguments, **more):
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "simulate", stopped)
    assert play("--out", tmp_path / "run")[0] == 130
    assert list(tmp_path.iterdir()) == []
