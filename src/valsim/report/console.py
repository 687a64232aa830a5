"""Where text is shown: a terminal, or a pipe, which gets plain lines without padding."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn


def answers() -> Console:
    """The console of what a command answers, on standard output."""
    return Console() if sys.stdout.isatty() else Console(file=Unpadded(sys.stdout))  # type: ignore[arg-type]


def meanwhile(quiet: bool) -> Console:  # noqa: FBT001 - what the person asked for
    """The console of what is shown while a command works, on standard error; quiet, too, where nobody watches it."""
    console = Console(stderr=True)
    console.quiet = quiet or not sys.stderr.isatty() or console.is_dumb_terminal
    return console


class Unpadded:
    """A stream that leaves out the blanks at the ends of lines, with which a table is as wide everywhere."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.encoding, self.isatty, self.flush = stream.encoding, stream.isatty, stream.flush

    def write(self, text: str) -> int:
        """Write whole lines."""
        self._stream.write(re.sub(r" +$", "", text, flags=re.MULTILINE))
        return len(text)


@contextmanager
def progress(
    console: Console, words: str = "simulating", share: ProgressColumn | None = None
) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error that is called with (done, total); nothing where that is no terminal.

    It shows a share and no count, as a path is played more than once, for the anchor and under each measure; or what ``share`` shows.

    The console is that of :func:`meanwhile`.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), share or TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(words, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
