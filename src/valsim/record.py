"""Recording: the time series of the first paths, and what each path comes to at its end."""

import mmap
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from valsim.core.selection import select
from valsim.core.streams import BATCH
from valsim.core.timeline import Step
from valsim.outcome.settle import Settling
from valsim.outcome.settled import Settled
from valsim.result import Columns, History
from valsim.scenario.model import Scenario
from valsim.state import State


@dataclass(frozen=True)
class Recorder:
    """Takes down ``size`` paths: the rows of a history at every step, and the columns of what each path comes to.

    ``settles`` says what is made of each copy of the paths, one entry a copy. ``history`` is a slice of the run's tables,
    one column a path that is kept; it may have none, and it is that of the first copy.
    """

    settles: tuple[tuple[Settling, ...], ...]
    size: int
    history: History
    columns: list[Columns] = field(default_factory=list)
    first: int = 0
    """The number of the first of the paths in the run."""

    def note(self, step: Step, state: State) -> None:
        """Take down one step."""
        kept = self.history.alive.shape[1]
        if kept:
            self.history.alive[step.index] = state.alive[:kept]
            for name, table in self.history.series.items():
                table[step.index] = np.broadcast_to(state.rows[name], state.cash.shape)[:kept]

    def finish(self, scenario: Scenario, state: State) -> None:
        """Take down what each path came to: one set of columns for each way of settling, copy by copy."""
        closely = max(min(BATCH - self.first, self.history.alive.shape[1]), 0)
        for copy, settles in enumerate(self.settles):
            part = select((scenario, state), slice(copy * self.size, (copy + 1) * self.size))
            settled = Settled(*part, closely)
            self.columns.extend(settle(settled) for settle in settles)


def tables(names: Iterable[str], steps: int, kept: int) -> History:
    """Make room for the time series of ``kept`` paths, where every worker can write to it; of none there are no series."""
    rows = {name: _shared((steps, kept), np.float64) for name in names if kept}
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
