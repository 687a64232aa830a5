"""The option ``--with``: Python files with kinds of one's own, run before a document is read."""

import tokenize
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from valsim.core.block import Kind
from valsim.core.own_files import OwnFile, run


def extend(files: Sequence[Path]) -> None:
    """Run Python files, whose classes register their kinds, in the order in which they are named.

    Raises:
        typer.BadParameter: for a file that is not there, that fails, that defines no kind, or one that is taken.
    """
    for file in files:
        if not file.is_file():
            raise typer.BadParameter(f"there is no file {file}", param_hint=OPTION)
        before = _registered()
        _run(file)
        if _registered() == before:
            message = (
                f'{file} defines no kind: a class of it derives from valsim.Process and has kind: Literal["its_name"]'
            )
            raise typer.BadParameter(message, param_hint=OPTION)


def _run(file: Path) -> None:
    if file.suffix != ".py":
        raise typer.BadParameter(f"{file} is no Python file: its name ends with .py", param_hint=OPTION)
    try:
        with tokenize.open(file) as source:  # in the encoding that it names
            text = source.read()
        run(OwnFile(str(file.resolve()), text))
    except (Exception, SystemExit) as error:  # what a person's file raises may be anything
        raise typer.BadParameter(f"{_place(file, error)}  {_said(error)}", param_hint=OPTION) from error


def _place(file: Path, error: BaseException) -> str:
    """Say where a file failed: at the last of its lines that was running, or where it cannot be read."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(file.resolve())]
    line = getattr(error, "lineno", None) or (lines[-1] if lines else None)
    return f"{file}:{line}" if line else str(file)


def _said(error: BaseException) -> str:
    said = getattr(error, "msg", None) or str(error)
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def _registered() -> Mapping[str, Mapping[str, type[Any]]]:
    return {family.__name__: dict(family.kinds) for family in Kind.__subclasses__()}


OPTION = "--with"
