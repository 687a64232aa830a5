"""A pipe gets plain lines, and a log no bar, whatever the environment asks for."""

import io
import sys

import pytest
from rich.console import Console

from valsim.report.console import answers, meanwhile
from valsim.report.terminal import grid


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_pipe_gets_tables_without_their_padding(monkeypatch: pytest.MonkeyPatch) -> None:
    table = grid("A", ["class"], ["a number of shares"])
    table.add_row("Common", "60M")
    Console(file=(padded := io.StringIO())).print(table)
    monkeypatch.setattr(sys, "stdout", pipe := io.StringIO())
    answers().print(table)
    lines = padded.getvalue().splitlines()
    assert pipe.getvalue().splitlines() == [line.rstrip() for line in lines] != lines


@pytest.mark.parametrize(
    ("stream", "term", "quiet", "silent"),
    [
        (Terminal(), "xterm", False, False),
        (Terminal(), "xterm", True, True),
        (Terminal(), "dumb", False, True),
        (io.StringIO(), "xterm", False, True),
    ],
)
def test_what_is_shown_meanwhile_is_for_who_watches(stream, term, quiet, silent, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert meanwhile(quiet).quiet is silent
