"""Files that a scenario names: they stand beside it or in folders below, never elsewhere."""

from os.path import normpath, realpath
from pathlib import Path as FilePath
from typing import Any


class ElsewhereError(Exception):
    """A document names a file that it cannot have; ``help`` says what to write instead."""

    def __init__(self, message: str, help: str = "") -> None:
        self.message, self.help = message, help
        super().__init__(message)


def beside(given: Any, by: str, scenario: str, example: str) -> FilePath:
    """Find the file that a document names ``by`` its path, below the folder of the scenario; both are names of files.

    Raises :class:`ElsewhereError` for what is no such path, or is there and no file.
    """
    if not isinstance(given, str) or not given or not given.isprintable():
        raise ElsewhereError(f"expected a file such as {example}, got {given!r}")
    file = FilePath(normpath(FilePath(by).parent / given))
    if FilePath(given).is_absolute() or not _stands_below(scenario, file):
        help_text = "a scenario reads files beside it or in folders below, by their paths from the file that names them"
        raise ElsewhereError(f"'{given}' is outside the folder of {FilePath(scenario).name}", help_text)
    if file.exists() and not file.is_file():
        raise ElsewhereError(f"cannot read '{given}': it is no file")
    return file


def reason(given: str, error: OSError) -> str:
    """Say that a file cannot be read, and why."""
    return f"cannot read '{given}': {(error.strerror or str(error)).lower()}"


def _stands_below(scenario: str, file: FilePath) -> bool:
    return FilePath(realpath(file)).is_relative_to(realpath(FilePath(scenario).parent))
