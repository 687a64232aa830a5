"""A shell is told how a line goes on: commands, options, scenarios and the variants of one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from valsim.cli import app
from valsim.cli.completion import scenario_files, variants

SMALL = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("deal.yaml").write_text(
        f"{SMALL}variants: {{bear: {{changes: {{}}}}, bull: {{changes: {{}}}}}}\n", encoding="utf-8"
    )
    Path("more").mkdir()
    for name in ("dear.yml", "notes.md", "more/deep.yaml"):
        Path(name).write_text("", encoding="utf-8")


def completed(*words: str) -> list[str]:
    """What bash is told for a line whose last word is not complete."""
    line = {"_VALSIM_COMPLETE": "complete_bash", "COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    return CliRunner().invoke(app, [], env=line, prog_name="valsim").stdout.split()


def test_a_command_an_option_and_one_of_its_words():
    assert completed("valsim", "fair") == ["fair-value"]
    assert completed("valsim", "run", "deal.yaml", "--sa") == ["--sampler"]
    assert completed("valsim", "run", "deal.yaml", "--sampler", "s") == ["sobol"]


def test_a_scenario_of_the_folder_and_of_one_below():
    assert completed("valsim", "run", "de") == ["deal.yaml", "dear.yml"]
    assert completed("valsim", "check", "more/") == ["more/deep.yaml"]
    assert scenario_files("no") == []  # the shell goes on by itself


def test_the_variants_of_the_scenario_that_was_typed():
    assert completed("valsim", "run", "deal.yaml", "--variant", "b") == ["base", "bear", "bull"]
    assert completed("valsim", "run", "deal.yaml", "--variant", "") == ["base", "bear", "bull", "all"]


def test_what_cannot_be_read_completes_nothing_and_says_nothing(monkeypatch):
    for line in ("valsim run dear.yml --variant", "valsim run none.yaml --variant", ""):
        monkeypatch.setenv("COMP_WORDS", line)
        assert variants("") == []


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_a_line_with_what_is_shown_for_it(tmp_path):
    program = tmp_path / "valsim"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m valsim "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = """eval "$(_VALSIM_COMPLETE=source_bash valsim)"
        COMP_WORDS=(valsim run de); COMP_CWORD=2; _valsim_completion valsim; echo "${COMPREPLY[@]}" """
    path = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True, env=os.environ | path)
    assert done.stdout.split() == ["deal.yaml", "dear.yml"]
