"""Trouble told to the person at the terminal: the message, an exit code, and a traceback only where it is asked for."""

import codecs
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import typer

from valsim.core.errors import SavedRunError, ScenarioError, SimulationError

W = TypeVar("W", bound=StrEnum)
FAILED, INVALID, INTERRUPTED = 1, 2, 130
"""Exit codes: the run failed; the call or the document is wrong; it was stopped from the keyboard."""

DEBUG = "VALSIM_DEBUG"


@contextmanager
def reported(form: str = "text", with_: Sequence[Path] = ()) -> Iterator[None]:
    """Print what went wrong, the problems of a document in the form asked for, and leave with the exit code for it.

    The files of ``--with`` are run before all else.
    """
    try:
        _survive_narrow_terminals()
        if with_:
            from valsim.cli.extending import extend

            extend(with_)
        yield
        sys.stdout.flush()
    except (typer.Exit, typer.BadParameter):
        raise
    except ScenarioError as error:
        raise _problems_told(error, form) from None
    except (SimulationError, SavedRunError) as error:
        raise _told(f"error: {error}", FAILED) from None
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - the reader left; so do we, quietly
        raise typer.Exit(FAILED) from None
    except KeyboardInterrupt:
        raise _told("stopped", INTERRUPTED) from None
    except Exception as error:
        if os.environ.get(DEBUG) == "1":
            raise
        raise _told(_unexpected(error, with_), FAILED) from None


def whole_number(least: int) -> Callable[[str], int]:
    """Make the reader of an option that is a whole number, ``100000`` or ``100_000``, and not below the least."""

    def read(text: str) -> int:
        plain = re.fullmatch(r"-?\d+(_\d+)*", text)
        if plain is None or int(text) < least:
            raise typer.BadParameter(f"expected a whole number of at least {least}, got {text}")
        return int(text)

    return read


def one_of(words: type[W]) -> Callable[[str], W]:
    """Make the reader of an option that is one of some words."""

    def read(text: str) -> W:
        if text not in list(words):
            raise typer.BadParameter(f"expected one of {', '.join(words)}, got {text!r}")
        return words(text)

    return read


SPELLED = {"±": "+-", "−": "-", "–": "-", "“": '"', "”": '"', "’": "'", "…": "...", "→": "->", "│": "|", "×": "x"}
"""What stands for a sign that a terminal cannot show: a loss stays one."""


def _survive_narrow_terminals() -> None:
    """Spell a sign that a terminal cannot show, or show a question mark where it cannot show a letter."""
    codecs.register_error("spelled", _spelled)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="spelled")


def _spelled(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(SPELLED.get(letter, "?") for letter in error.object[error.start : error.end]), error.end


def _unexpected(error: Exception, with_: Sequence[Path]) -> str:
    more = f"{DEBUG}=1 shows where"
    if isinstance(error, OSError):
        return f"error: {error.filename or ''}: {(error.strerror or str(error)).lower()} ({more})"
    if isinstance(error, MemoryError):
        return f"error: not enough memory; try fewer --paths or --threads ({more})"
    whose = " or ".join(["in valsim", *map(str, with_)])
    return f"error: {type(error).__name__}: {error} (a bug {whose}; {more})"


def _problems_told(error: ScenarioError, form: str) -> typer.Exit:
    if error.report is None:
        return _told(str(error), INVALID)
    from valsim.report.problems import tell

    tell(error.report, form)
    return typer.Exit(INVALID)


def _told(message: str, code: int) -> typer.Exit:
    print(message, file=sys.stderr)
    return typer.Exit(code)
