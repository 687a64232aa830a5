"""Recording: the time series of the first paths, and what each path comes to at its end."""

import mmap
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from valsim.core.timeline import Step
from valsim.result import Columns, History
from valsim.scenario.model import Scenario
from valsim.state import State

Settle: TypeAlias = Callable[[Scenario, State], Columns]
"""Makes columns of a realised document and the state at the end."""


@dataclass(frozen=True)
class Recorder:
    """Takes down some paths: the rows of a history at every step, and columns at the end.

    ``history`` is a slice of the run's tables, one column a path that is kept; it may have none.
    """

    settles: tuple[Settle, ...]
    history: History
    columns: list[Columns] = field(default_factory=list)

    def note(self, step: Step, state: State) -> None:
        """Take down the rows of one step."""
        kept = self.history.alive.shape[1]
        if kept:
            self.history.alive[step.index] = state.alive[:kept]
            for name, table in self.history.series.items():
                table[step.index] = np.broadcast_to(state.rows[name], state.cash.shape)[:kept]

    def finish(self, scenario: Scenario, state: State) -> None:
        """Take down what each path comes to."""
        self.columns.extend(settle(scenario, state) for settle in self.settles)


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


def joined(parts: Iterable[Columns]) -> Columns:
    """Join the columns of chunks in the order of their paths; a column that a chunk does not have is zero there."""
    parts = list(parts)
    keys = dict.fromkeys(key for part in parts for key in part)
    sizes = [next((len(column) for column in part.values()), 0) for part in parts]
    return {key: np.concatenate([p.get(key, np.zeros(n)) for p, n in zip(parts, sizes, strict=True)]) for key in keys}
