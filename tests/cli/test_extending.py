"""A Python file that is named on the command line adds kinds of its own; a scenario never runs one."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.companies import STEADY
from valsim.cli import app

COMMANDS = ("run", "sanity", "check", "diff", "explain", "schema", "waterfall", "round")
SEASONAL = '''
"""Revenue with a season."""

from typing import Literal

import numpy as np

from valsim.process import Factor, PositiveLevel, Process


class Season(Process):
    """A level that swings around its start within each year."""

    shocks = 0
    kind: Literal["season"]
    """Names this process."""
    start: PositiveLevel
    """The level on average."""
    swing: Factor
    """The highest level over the average."""

    def advance(self, dt, shock, rows):
        return self

    def level(self, rows):
        return self.start * self.swing
'''
DRIVER = "revenue: {kind: season, start: 100M USD/year, swing: 1.2}"


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path, monkeypatch, kinds_as_before):
    monkeypatch.chdir(tmp_path)


def written(name: str, text: str) -> Path:
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")
    return Path(name)


def scenario() -> None:
    written("deal.yaml", STEADY.replace("revenue: {kind: constant, value: 100M USD/year, unit: USD/year}", DRIVER))


def call(*arguments: str):
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"})


def refused(text: str, *more: str, name: str = "mine.py") -> str:
    """What is said of a file, on one line."""
    written(name, text)
    shown = call("check", "deal.yaml", "--with", name, *more)
    assert shown.exit_code == 2
    return " ".join(shown.stderr.replace("│", " ").split())


def test_a_scenario_chooses_a_kind_of_the_file():
    scenario(), written("season.py", SEASONAL)
    assert call("check", "deal.yaml").exit_code == 2
    shown = call("check", "deal.yaml", "--with", "season.py")
    assert (shown.exit_code, shown.stderr) == (0, "")


@pytest.mark.parametrize("threads", ["1", "2"])
def test_it_is_played_by_every_worker_and_the_report_says_how_to_play_it_again(threads):
    scenario(), written("season.py", SEASONAL)
    asked = ("--with", "season.py", "--paths", "8192", "--threads", threads)
    shown = call("run", "deal.yaml", *asked, "--html", "deal.html", "--json", "-")
    assert shown.exit_code == 0, shown.output
    told = json.loads(shown.stdout)
    assert told["classes"][0]["present_value_per_share"] > 0
    page = Path("deal.html").read_text(encoding="utf-8")
    assert "valsim run deal.yaml --with season.py --paths 8192" in page
    assert "A level that swings around its start" in page


def test_a_file_that_is_used_is_not_overwritten():
    scenario(), written("season.py", SEASONAL)
    shown = call("run", "deal.yaml", "--with", "season.py", "--html", "season.py")
    assert shown.exit_code == 2
    assert "a file of the scenario" in shown.stderr
    assert Path("season.py").read_text(encoding="utf-8") == SEASONAL


def test_every_command_that_reads_a_document_takes_it_more_than_once():
    for command in COMMANDS:
        assert "--with" in call(command, "--help").stdout
    (
        scenario(),
        written("season.py", SEASONAL),
        written("more.py", SEASONAL.replace('"season"', '"swing"').replace("Season", "Swing")),
    )
    assert call("check", "deal.yaml", "--with", "season.py", "--with", "more.py").exit_code == 0


def test_a_file_may_be_run_again_and_import_what_stands_beside_it():
    scenario(), written("lib/average.py", "HALF = 0.5\n")
    written("lib/season.py", SEASONAL.replace("class Season", "from average import HALF\n\n\nclass Season"))
    for _ in range(2):
        assert call("check", "deal.yaml", "--with", "lib/season.py").exit_code == 0


def test_a_file_that_is_not_there_is_told():
    shown = call("check", "deal.yaml", "--with", "none.py")
    assert shown.exit_code == 2
    assert "there is no file none.py" in shown.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import numpy\n\nx = numpy.nothing\n", "mine.py:3 AttributeError: module 'numpy' has no attribute 'nothing'"),
        ("def f():\n    return 1 / 0\n\n\nf()\n", "mine.py:2 ZeroDivisionError: division by zero"),
        ("x = (\n", "mine.py:1 SyntaxError: '(' was never closed"),
        ("import sys\n\nsys.exit('no')\n", "mine.py:3 SystemExit: no"),
        ("import no_such_library\n", "mine.py:1 ModuleNotFoundError: No module named 'no_such_library'"),
        ("import valsim.process\n", "mine.py defines no kind: a class of it derives from valsim.Process"),
    ],
)
def test_a_file_that_fails_is_told_with_its_line(text, said):
    assert said in refused(text)


def test_a_kind_of_the_package_cannot_be_taken():
    said = refused(SEASONAL.replace('"season"', '"stock"'))
    assert "TakenKindError: kind 'stock' of Season is taken by Stock of valsim.drivers.process.stock;" in said


def test_two_files_cannot_define_the_same_kind():
    written("season.py", SEASONAL)
    said = refused(SEASONAL, "--with", "season.py")
    assert f"kind 'season' of Season is taken by Season of {str(Path('mine').resolve()).replace('.', '_')};" in said


def test_a_file_with_another_name_is_no_python_file():
    assert "mine.txt is no Python file: its name ends with .py" in refused(SEASONAL, name="mine.txt")


def test_what_a_process_of_ones_own_raises_on_the_way_is_not_taken_for_a_bug_in_valsim_alone():
    scenario(), written("season.py", SEASONAL.replace("return self\n", "return self.nothing\n", 1))
    shown = call("run", "deal.yaml", "--with", "season.py", "--paths", "64", "--threads", "1", "--quiet")
    assert shown.exit_code == 1
    assert "'nothing'" in shown.stderr
    assert "a bug in valsim or season.py; VALSIM_DEBUG=1 shows where" in shown.stderr


def test_an_error_of_its_own_kind_comes_back_from_a_worker():
    odd = SEASONAL.replace("return self\n", "raise OddError('too odd')\n", 1)
    (
        scenario(),
        written("season.py", odd.replace("class Season", "class OddError(Exception):\n    pass\n\n\nclass Season")),
    )
    shown = call("run", "deal.yaml", "--with", "season.py", "--paths", "8192", "--threads", "2", "--quiet")
    assert shown.exit_code == 1
    assert "OddError: too odd (a bug in valsim or season.py" in shown.stderr


def test_a_scenario_cannot_name_a_file_to_run():
    written("deal.yaml", STEADY + "with: season.py\n")
    written("season.py", "raise SystemExit('it was run')\n")
    shown = call("check", "deal.yaml")
    assert shown.exit_code == 2
    assert "with: unknown key" in shown.stderr
