"""Every help fits the terminal, and its examples stand as they were written."""

import re

import pytest
import typer
from typer.testing import CliRunner

from valsim.cli import app
from valsim.cli.helps import EXAMPLES

COMMANDS = typer.main.get_command(app).commands


def helped(name: str) -> str:
    return CliRunner().invoke(app, [*name.split(), "--help"], env={"COLUMNS": "80"}).stdout


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_a_help_fits_80_columns_and_shows_no_marks_of_its_layout(name):
    shown = helped(name)
    assert f"{name or 'COMMAND'} [" in shown
    assert max(map(len, shown.splitlines())) <= 80
    assert not re.search(r"\\b|\x08", shown)


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_of_a_help_stands_on_its_own_line(name):
    examples = [line.strip() for line in EXAMPLES[name].split("\b")[1].strip().splitlines()]
    shown = [line.strip() for line in helped(name).splitlines()]
    assert len(examples) > 1
    assert [example for example in examples if shown.count(example) != 1] == []


def test_the_first_sentence_of_each_command_is_shown_whole_beside_its_name():
    listed = helped("").split("Commands:")[1].split("Examples:")[0].strip().splitlines()
    assert len(listed) == len(COMMANDS)
    assert [line for line in listed if not line.endswith(".") or line.endswith("...")] == []
