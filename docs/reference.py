"""Write the reference again from the blocks and the commands: python docs/reference.py.

The tests say when it is behind.
"""

from pathlib import Path

import typer
from typer.testing import CliRunner

import valsim
from valsim.cli import app
from valsim.manual.reference import reference

FOLDER = Path(__file__).resolve().parent / "reference"


def main() -> None:
    """Write every page, and take away those that are no longer written."""
    FOLDER.mkdir(exist_ok=True)
    texts = all_pages()
    for stray in set(FOLDER.glob("*.md")) - {FOLDER / name for name in texts}:
        stray.unlink()
    for name, text in texts.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def all_pages() -> dict[str, str]:
    """Give every page of the reference by the name of its file."""
    return {**reference(), "commands.md": _commands(), "python.md": _python()}


def _python() -> str:
    told = "The public names of valsim. What stands under each is its docstring, which the site fills in: `python3 dev docs`."
    names = (name for name in valsim.__all__ if not name.startswith("_"))
    homes = (getattr(valsim, name) for name in names)
    sections = [f"::: {each.__module__}.{each.__qualname__}" for each in homes]
    return "\n\n".join(["# Python", told, *sections]) + "\n"


def _commands() -> str:
    names = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    helps = {"valsim": _help(), **{f"valsim {name}": _help(name) for name in names}}
    sections = [f"## {name}\n\n{text}" for name, text in helps.items()]
    return "\n\n".join(["# Commands", *sections]) + "\n"


def _help(*command: str) -> str:
    shown = CliRunner().invoke(app, [*command, "--help"], prog_name="valsim", env={"COLUMNS": "80"}).stdout
    return "\n".join(f"    {line}".rstrip() for line in shown.strip().splitlines())


if __name__ == "__main__":
    main()
