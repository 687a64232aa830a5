"""Recording: the time series of the first paths, and what each path comes to at its end."""

import mmap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from valsim.core.selection import select
from valsim.core.streams import Paths
from valsim.core.timeline import Step
from valsim.result import Columns, History
from valsim.scenario.model import Scenario
from valsim.settle import Settling
from valsim.state import State


@dataclass(frozen=True)
class Recorder:
    """Takes down ``size`` paths: the rows of a history at every step, and the columns of what each path comes to.

    ``settles`` says what is made of each copy of a path, one entry a copy. ``history`` is a slice of the run's tables, one
    column a path that is kept; it may have none, and it is that of the first copies.
    """

    settles: tuple[tuple[Settling, ...], ...]
    size: int
    history: History
    settled: list[tuple[int, Paths, list[Columns]]] = field(default_factory=list)

    def note(self, step: Step, state: State, rows: Paths) -> None:
        """Take down one step; ``rows`` are those that are still followed."""
        kept = np.searchsorted(rows, self.history.alive.shape[1])
        if kept:
            places = rows[:kept]
            self.history.alive[step.index, places] = state.alive[:kept]
            for name, table in self.history.series.items():
                table[step.index, places] = np.broadcast_to(state.rows[name], state.cash.shape)[:kept]

    def settle(self, scenario: Scenario, state: State, rows: Paths) -> None:
        """Take down what some rows came to."""
        for copy, settles in enumerate(self.settles):
            here = np.flatnonzero(rows // self.size == copy)
            if here.size:
                part = (scenario, state) if here.size == rows.size else select((scenario, state), here)
                self.settled.append((copy, rows[here] % self.size, [settle.part(*part) for settle in settles]))

    def columns(self) -> list[Columns]:
        """Give the columns of all paths, one set for each of ``settles``."""
        return [columns for copy, settles in enumerate(self.settles) for columns in self._of_copy(copy, settles)]

    def _of_copy(self, copy: int, settles: tuple[Settling, ...]) -> Iterator[Columns]:
        mine = [(paths, columns) for number, paths, columns in self.settled if number == copy]
        for index, settle in enumerate(settles):
            yield settle.whole(_scattered([(paths, columns[index]) for paths, columns in mine], self.size))


def _scattered(parts: list[tuple[Paths, Columns]], size: int) -> Columns:
    """Put parts in the places of their paths; a column that a part does not have is zero there."""
    whole: Columns = {}
    for paths, part in parts:
        for key, column in part.items():
            whole.setdefault(key, np.zeros(size, dtype=column.dtype))[paths] = column
    return whole


def tables(names: Iterable[str], steps: int, kept: int) -> History:
    """Make room for the time series of ``kept`` paths, where every worker can write to it."""
    rows = {name: _shared((steps, kept), np.float64) for name in names}
    return History(rows, _shared((steps, kept), np.bool_))


def _shared(shape: tuple[int, int], kind: type[Any]) -> Any:
    count = shape[0] * shape[1]
    if not count:
        return np.zeros(shape, dtype=kind)
    # A mapping of no file is shared with the processes that are forked later, and given back with the array.
    memory = mmap.mmap(-1, count * np.dtype(kind).itemsize)
    return np.frombuffer(memory, dtype=kind).reshape(shape)


def part_of(history: History, first: int, paths: int) -> History:
    """Give the columns of some paths of a history, as far as it has them; what is written there is written to it."""
    cut = slice(first, first + paths)
    return History({name: table[:, cut] for name, table in history.series.items()}, history.alive[:, cut])


def joined(parts: Sequence[Columns]) -> Columns:
    """Join the columns of chunks in the order of their paths."""
    keys = dict.fromkeys(key for part in parts for key in part)
    return {key: np.concatenate([part[key] for part in parts if key in part]) for key in keys}
