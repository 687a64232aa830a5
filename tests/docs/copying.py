"""A copy of the project in which a page is followed to the letter."""

import multiprocessing
import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from sybil import Example

from tests.docs.blocks import ROOT, examples, printed_as_written

NAME = re.compile(r"# (\S+\.(?:py|yaml))\n")


def followed(page: Path, folder: Path, *beside: str) -> set[str]:
    """Copy the project, write the files of a page into the copy, and give the names of the Python files that are new."""
    for room in ("src", "tests", "docs"):
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("golden", "vendor", "images"))
    for file in ("pyproject.toml", *beside):
        shutil.copy(ROOT / file, folder)
    before = files(folder)
    for example in examples(page, dict.fromkeys(("python", "yaml"), lambda example: written(example, folder))):
        example.evaluate()
    return {name for name in files(folder) - before if name.endswith(".py")}


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def written(example: Example, folder: Path) -> None:
    """Write a block to the file that its first line names."""
    name = NAME.match(example.parsed)
    assert name, "a block of the page is a file"
    (folder / name[1]).write_text(example.parsed, encoding="utf-8")


def python(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run Python on the copy, not on the project: how it left, and all that it printed."""
    environment = os.environ | {"PYTHONPATH": str(folder / "src"), "COLUMNS": "80"}
    ran = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return ran.returncode, ran.stdout + ran.stderr


def try_commands(page: str) -> None:
    """Run the commands of a page and compare, each in a process of its own: what one registers no other knows."""
    shown = examples(ROOT / page, {"console": printed_as_written})
    assert shown
    for module in ("valsim.simulate", "valsim.manual.explain"):
        import_module(module)  # once, and not in every child
    for example in shown:
        child = multiprocessing.get_context("fork").Process(target=example.evaluate)
        child.start()
        child.join()
        assert child.exitcode == 0, example.parsed
