"""How the command is called: what it refuses, what it writes, and with which exit code it leaves."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from valsim.cli import app, running

SMALL = str(Path(__file__).parent / "small.yaml")
FEW = ["--paths", "300"]


def call(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def failing(monkeypatch):
    """Make the simulation fail, to see what a person is told, or to know that it was never started."""

    def fail_with(error: BaseException) -> None:
        def simulate(*arguments, **options):
            raise error

        monkeypatch.setattr(running, "simulate", simulate)

    return fail_with


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run"], "Missing argument 'SCENARIO'"),
        (["rum"], "No such command 'rum'"),
        (["run", SMALL, "--frob"], "No such option: --frob"),
        (["run", SMALL, "--paths", "0"], "'--paths': expected a whole number of at least 1, got 0"),
        (["run", SMALL, "--paths", "1e5"], "'--paths': expected a whole number of at least 1, got 1e5"),
        (["run", SMALL, "--threads", "0"], "'--threads': expected a whole number of at least 1, got 0"),
        (["run", SMALL, "--seed", "-1"], "'--seed': expected a whole number of at least 0, got -1"),
        (["run", SMALL, "--sampler", "sobol", "--paths", "9"], "--paths: sampler sobol needs at least 32,768 paths"),
        (
            ["run", SMALL, "--variant", "all", "--set", "simulation.sampler=sobol"],
            "--paths: sampler sobol needs at least",
        ),
        (["run", "nowhere.yaml"], "nowhere.yaml:1:1  cannot read the file: no such file or directory"),
        (["check", "."], "cannot read the file: is a directory"),
        (["check", SMALL, "--set", "company.cash"], "expected path=value, got 'company.cash'"),
        (["check", SMALL, "--set", "company.cahs=2B USD"], "did you mean 'cash'?"),
        (
            ["check", SMALL, "--set", "company.cash=lots"],
            "--set  company.cash: expected money such as 700M USD, got 'lots'",
        ),
    ],
)
def test_a_wrong_call_is_told_plainly_and_leaves_with_two(arguments, told):
    shown = call(*arguments)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert told in shown.stderr
    assert "Traceback" not in shown.stderr


@pytest.mark.parametrize("command", ["check", "run"])
def test_a_file_that_is_no_text_is_told_with_its_place(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("latin.yaml").write_bytes(b"name: caf\xe9\n")
    shown = call(command, "latin.yaml")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr == (
        "latin.yaml:1:10  expected UTF-8 text\n"
        "1 │ name: caf\ufffd\n"
        "  │          ^\n"
        "  = help: save the file in the encoding UTF-8\n\n"
        "1 problem in latin.yaml\n"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--html", "no/where.html"], "--html: cannot write no/where.html: there is no folder no"),
        (["--json", "folder"], "--json: cannot write folder: it is a folder"),
        (["--html", "-"], "--html: cannot write -: only --json can be printed, so name a file"),
        (
            ["--outcomes", "pipe"],
            "--outcomes: cannot write pipe: it is no plain file, and a new one would take its place",
        ),
        (["--json", "file/a.json"], "file is no folder"),
        (["--html", "a", "--json", "./a"], "--json: cannot write a: it is also the file of --html"),
        (["--json", "scenario.yaml"], "--json: cannot write scenario.yaml: it is the scenario"),
    ],
)
def test_a_file_that_cannot_be_written_is_found_before_the_simulation(arguments, told, tmp_path, monkeypatch, failing):
    failing(AssertionError("it was started"))
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("file").touch()
    os.mkfifo("pipe")
    Path("scenario.yaml").write_text(Path(SMALL).read_text())
    shown = call("run", "scenario.yaml", *arguments)
    assert shown.exit_code == 2
    assert told in shown.stderr
    assert Path("scenario.yaml").read_text() == Path(SMALL).read_text()


def test_a_bug_is_one_line_that_says_how_to_see_more(failing, tmp_path, monkeypatch):
    monkeypatch.delenv("VALSIM_DEBUG", raising=False)
    failing(KeyError("cash"))
    shown = call("run", SMALL, "--json", str(tmp_path / "a.json"))
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert shown.stderr == "error: KeyError: 'cash' (a bug in valsim; VALSIM_DEBUG=1 shows where)\n"
    assert list(tmp_path.iterdir()) == []


def test_a_person_who_debugs_gets_the_whole_of_it(failing, monkeypatch):
    monkeypatch.setenv("VALSIM_DEBUG", "1")
    failing(KeyError("cash"))
    assert isinstance(call("run", SMALL).exception, KeyError)


@pytest.mark.parametrize(
    ("error", "told", "code"),
    [
        (MemoryError(), "error: not enough memory; try fewer --paths or --threads (VALSIM_DEBUG=1 shows where)\n", 1),
        (OSError(28, "No space left on device", "a.json"), "error: a.json: no space left on device", 1),
        (KeyboardInterrupt(), "stopped\n", 130),
    ],
)
def test_other_trouble_is_told_in_a_line(error, told, code, failing, monkeypatch):
    monkeypatch.delenv("VALSIM_DEBUG", raising=False)
    failing(error)
    shown = call("run", SMALL)
    assert shown.exit_code == code
    assert shown.stderr.startswith(told)


def wait_for_workers(started: subprocess.Popen) -> None:
    """Wait until a run has begun, however slowly the machine starts it; where workers cannot be seen, for some seconds."""
    workers, patience = Path(f"/proc/{started.pid}/task/{started.pid}/children"), time.monotonic() + 60
    while workers.exists() and not workers.read_text() and time.monotonic() < patience:
        time.sleep(0.05)
    time.sleep(0.3 if workers.exists() else 5)


def heed_the_keyboard() -> None:
    """A job in the background of a shell ignores the keyboard, and so does whatever it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signal")
def test_stopping_from_the_keyboard_leaves_with_130_and_no_file(tmp_path):
    command = [sys.executable, "-m", "valsim", "run", SMALL, "--paths", "3000000", "--json", str(tmp_path / "a.json")]
    started = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=heed_the_keyboard)  # noqa: PLW1509 - this process has no other threads
    wait_for_workers(started)
    started.send_signal(signal.SIGINT)
    _, told = started.communicate(timeout=60)
    assert (started.returncode, told) == (130, "stopped\n")
    assert list(tmp_path.iterdir()) == []


def test_a_dash_prints_the_json_and_nothing_else():
    shown = call("run", SMALL, *FEW, "--json", "-")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert json.loads(shown.stdout)["run"]["paths"] == 300


def test_quiet_says_nothing_and_writes_its_files(tmp_path):
    files = {"--json": tmp_path / "a.json", "--html": tmp_path / "a.html"}
    shown = call("run", SMALL, *FEW, "--quiet", *(part for option in files.items() for part in map(str, option)))
    assert (shown.exit_code, shown.output) == (0, "")
    assert sorted(tmp_path.iterdir()) == sorted(files.values())
    assert (tmp_path / "a.html").read_text("utf-8").startswith("<!doctype html>")
    assert stat.S_IMODE((tmp_path / "a.json").stat().st_mode) == 0o644


def test_a_file_keeps_its_rights_and_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.json").touch(mode=0o600)
    (tmp_path / "link.json").symlink_to("real.json")
    assert call("run", SMALL, *FEW, "--quiet", "--json", str(tmp_path / "link.json")).exit_code == 0
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "real.json").read_text())["run"]["paths"] == 300
    assert stat.S_IMODE((tmp_path / "real.json").stat().st_mode) == 0o600


def test_what_is_no_plain_file_is_written_to_and_not_replaced():
    before = Path(os.devnull).stat().st_mode
    assert call("run", SMALL, *FEW, "--quiet", "--json", os.devnull).exit_code == 0
    assert Path(os.devnull).stat().st_mode == before


def test_the_summary_says_what_was_changed_and_where_the_files_are(tmp_path):
    shown = call("run", SMALL, *FEW, "--seed", "5", "--set", "name=Changed", "--html", str(tmp_path / "a.html"))
    assert shown.stdout.startswith("Changed\nas of 2026-01-01, 300 paths, seed 5, ")
    assert shown.stdout.endswith(f"Report  {tmp_path / 'a.html'}\n")
    page = (tmp_path / "a.html").read_text("utf-8")
    assert "valsim run small.yaml --set name=Changed --paths 300 --seed 5" in page


def test_checking_a_right_file_says_what_it_holds():
    shown = call("check", SMALL)
    assert shown.exit_code == 0
    assert shown.stdout.endswith("small.yaml: Small company: no problems (3 drivers, 1 tranche, 15 steps)\n")
    assert call("check", SMALL, "--quiet").output == ""


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["check", "--help"], ["diff", "--help"]])
def test_help_is_plain_and_fits_80_columns(arguments):
    shown = call(*arguments).stdout
    assert "Usage:" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_terminal_without_a_minus_sign_still_shows_losses_and_errors():
    shown = CliRunner(charset="ascii").invoke(app, ["run", str(SMALL), "--paths", "100"])
    assert shown.exit_code == 0, shown.output
    assert " +- " in shown.output
    assert "?" not in shown.output
