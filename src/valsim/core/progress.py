"""How far a run is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many paths are done, of how many; a run plays its paths more than once."""


def untold(done: int, expected: int) -> None:
    """Tell nobody."""
    del done, expected


@dataclass
class Meter:
    """Adds up the paths that are done and tells how far the run is."""

    tell: Progress
    expected: int
    done: int = 0

    def expect(self, paths: int) -> None:
        """Count paths that are still to be played."""
        self.expected += paths

    def add(self, paths: int) -> None:
        """Count paths that are done."""
        self.done += paths
        self.tell(min(self.done, self.expected), self.expected)
