"""Trouble told to the person at the terminal: the message, an exit code, and never a traceback."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from valsim.core.errors import ScenarioError, SimulationError

FAILED, INVALID, INTERRUPTED = 1, 2, 130
"""Exit codes: the run failed; the call or the document is wrong; it was stopped from the keyboard."""


@contextmanager
def reported() -> Iterator[None]:
    """Print what went wrong on standard error and leave with the exit code for it."""
    try:
        yield
    except ScenarioError as error:
        raise _told(str(error), INVALID) from None
    except SimulationError as error:
        raise _told(f"error: {error}", FAILED) from None
    except OSError as error:
        raise _told(f"error: {error.filename or ''}: {(error.strerror or str(error)).lower()}", FAILED) from None
    except KeyboardInterrupt:
        raise _told("stopped", INTERRUPTED) from None


def _told(message: str, code: int) -> typer.Exit:
    print(message, file=sys.stderr)
    return typer.Exit(code)
