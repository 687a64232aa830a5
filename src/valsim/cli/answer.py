"""What a command leaves behind: the files that were asked for, then the JSON alone or the answer on the terminal."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from rich.console import Console

from valsim.report.console import answers
from valsim.report.files import write_whole


class Asked(Protocol):
    """How the answer is asked for."""

    @property
    def files(self) -> Mapping[str, Path]:
        """The files to write, by the option that names them."""

    @property
    def json(self) -> str | None:
        """The file of the JSON; ``-`` prints it and nothing else."""

    @property
    def quiet(self) -> bool:
        """Whether nothing is shown."""


WRITTEN = {
    "--html": "Report",
    "--xlsx": "Workbook",
    "--json": "JSON",
    "--csv": "Table",
    "--outcomes": "Paths",
    "--out": "Run",
}
"""What is in a file, by the option that names it."""


def name_files(files: Mapping[str, Path]) -> None:
    """Print which files were written, each with what is in it."""
    for option, path in files.items():
        print(f"{WRITTEN[option]:<7} {path}")


def answer(asked: Asked, texts: Mapping[str, Callable[[], str | bytes]], show: Callable[[Console], None]) -> None:
    """Write the files, each text, or the bytes of a workbook, made before any is written; then print the JSON alone, or show the answer.

    ``texts`` make the text of each option that may name a file, ``--json`` among them.
    """
    made = {option: texts[option]() for option in asked.files}
    for option, text in made.items():
        write_whole(asked.files[option], text)
    if asked.json == "-":
        sys.stdout.write(str(texts["--json"]()))
    elif not asked.quiet:
        show(answers())
