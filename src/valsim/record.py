"""Recording: the time series of the first paths, and what each path comes to at its end."""

import mmap
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, Self

import numpy as np

from valsim.core.selection import select
from valsim.core.streams import BATCH
from valsim.core.timeline import Step
from valsim.outcome.settle import Settling
from valsim.outcome.settled import Settled
from valsim.result import Columns, History, Ownership
from valsim.scenario.model import Scenario
from valsim.state import State

NOTED = 8_192
"""Who owns what is noted of so many kept paths: every holder has a row, and its mean is known to a tenth of a point."""


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

    def begin(self, start: date, state: State) -> None:
        """Take down who owns what before anything happens."""
        self._owned(0, start, state)

    def note(self, step: Step, state: State) -> None:
        """Take down one step."""
        self._owned(1 + step.index, step.date, state)
        kept = self.history.alive.shape[1]
        if kept:
            self.history.alive[step.index] = state.alive[:kept]
            for name, table in self.history.series.items():
                table[step.index] = np.broadcast_to(state.rows[name], state.cash.shape)[:kept]

    def _owned(self, place: int, day: date, state: State) -> None:
        owned = self.history.ownership
        noted = owned.shares.shape[1]
        if noted:
            ledger = state.ledger.at(slice(noted)).accrued_to(day.toordinal())
            owned.shares[place] = ledger.fully_diluted()
            for name, part in ledger.ownership().items():
                owned.parts[name][place] = part

    def finish(self, scenario: Scenario, state: State) -> None:
        """Take down what each path came to: one set of columns for each way of settling, copy by copy."""
        closely = max(min(BATCH - self.first, self.history.alive.shape[1]), 0)
        for copy, settles in enumerate(self.settles):
            part = select((scenario, state), slice(copy * self.size, (copy + 1) * self.size))
            settled = Settled(*part, closely)
            self.columns.extend(settle(settled) for settle in settles)


class Kept(NamedTuple):
    """Of what there are time series: names of rows, steps and first paths, and whose ownership is noted on how many of those."""

    names: tuple[str, ...]
    steps: int
    paths: int
    holders: tuple[str, ...]
    noted: int

    @classmethod
    def of(cls, history: History) -> Self:
        """Say what a history has room for."""
        owned, (steps, paths) = history.ownership, history.alive.shape
        return cls(tuple(history.series), steps, paths, tuple(owned.parts), owned.shares.shape[1])

    def room(self, first: int, paths: int) -> History:
        """Make room for a part of the paths alone."""
        kept, noted = (max(all_of - first, 0) for all_of in (self.paths, self.noted))
        return tables(self.names, self.steps, min(kept, paths), self.holders, noted)


def tables(names: Iterable[str], steps: int, kept: int, holders: Iterable[str] = (), noted: int = NOTED) -> History:
    """Make room for the time series of ``kept`` paths, where every worker can write to it; of none there are no series.

    What each of the ``holders`` owns is ``noted`` on so many of them at most.
    """
    rows = {name: _shared((steps, kept), np.float64) for name in names if kept}
    owners = [*holders] if kept else []
    owned = 1 + steps, min(kept, noted) if owners else 0
    parts = {name: _shared(owned, np.float64) for name in owners}
    return History(rows, _shared((steps, kept), np.bool_), Ownership(parts, _shared(owned, np.float64)))


def _shared(shape: tuple[int, int], kind: type[Any]) -> Any:
    count = shape[0] * shape[1]
    if not count:
        return np.zeros(shape, dtype=kind)
    # A mapping of no file is shared with the processes that are forked later, and given back with the array.
    memory = mmap.mmap(-1, count * np.dtype(kind).itemsize)
    return np.frombuffer(memory, dtype=kind).reshape(shape)


def part_of(history: History, first: int, paths: int) -> History:
    """Give the columns of some paths of a history, as far as it has them; what is written there is written to it."""
    return each_table(history, lambda table: table[:, first : first + paths])


def each_table(history: History, change: Callable[[Any], Any]) -> History:
    """Give a history with something made of each of its tables."""
    owned = history.ownership
    parts = {name: change(table) for name, table in owned.parts.items()}
    series = {name: change(table) for name, table in history.series.items()}
    return History(series, change(history.alive), Ownership(parts, change(owned.shares)))


def fill(room: History, found: History) -> None:
    """Put a history where there is room for it."""
    for table, row in zip(_tables(room), _tables(found), strict=True):
        np.copyto(table, row)


def _tables(history: History) -> list[Any]:
    owned = history.ownership
    return [*history.series.values(), history.alive, *owned.parts.values(), owned.shares]
