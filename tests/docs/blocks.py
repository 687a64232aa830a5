"""The blocks of a page: how they are found, and how a command in one is tried."""

import re
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sybil import Document, Example
from sybil.parsers.markdown import CodeBlockParser
from typer.testing import CliRunner

from valsim.cli import app

ROOT = Path(__file__).resolve().parents[2]
SECONDS = re.compile(r"[\d.]+ s$", re.MULTILINE)
LEAVES_WITH = re.compile(r" +# exit code (\d)$")
"""Behind a command that is meant to leave with another exit code than 0."""


def examples(page: Path, evaluators: Mapping[str, Callable[[Example], Any]]) -> list[Example]:
    """Every block of a page in a language that is tried, in order."""
    parsers = [CodeBlockParser(language, evaluator) for language, evaluator in evaluators.items()]
    return list(Document.parse(str(page), *parsers))


def printed_as_written(example: Example) -> None:
    """Run the command of a block and compare; a line of dots stands for all that follows, and seconds may differ."""
    command, _, output = example.parsed.removeprefix("$ ").partition("\n")
    code = LEAVES_WITH.search(command)
    program, *arguments = shlex.split(LEAVES_WITH.sub("", command))
    shown = CliRunner().invoke(app, arguments)
    assert (program, shown.exit_code) == ("valsim", int(code[1]) if code else 0), shown.output
    wanted, dots, _ = output.rstrip().partition("\n...")
    lines = "\n".join(line.rstrip() for line in shown.output.rstrip().splitlines())
    lines = "\n".join(lines.splitlines()[: len(wanted.splitlines())]) if dots else lines
    assert SECONDS.sub("s", lines) == SECONDS.sub("s", wanted), "python docs/refresh.py brings the pages up to date"
