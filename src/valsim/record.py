"""Recording: the time series of the first paths, and what each path comes to at its end."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from valsim.core.rows import Bools, Row
from valsim.result import Columns, History
from valsim.scenario.model import Scenario
from valsim.state import State

Settle: TypeAlias = Callable[[Scenario, State], Columns]
"""Makes columns of a realised document and the state at the end."""


@dataclass(frozen=True)
class Recorder:
    """Takes down some paths: the named rows of the first ``kept`` ones at every step, and columns at the end."""

    settles: tuple[Settle, ...]
    names: tuple[str, ...] = ()
    kept: int = 0
    series: dict[str, list[Row]] = field(default_factory=dict)
    alive: list[Bools] = field(default_factory=list)
    columns: list[Columns] = field(default_factory=list)

    def note(self, state: State) -> None:
        """Take down the rows of one step."""
        if self.kept:
            self.alive.append(state.alive[: self.kept].copy())
            for name in self.names:
                row = np.broadcast_to(state.rows[name], state.cash.shape)[: self.kept]
                self.series.setdefault(name, []).append(row.copy())

    def finish(self, scenario: Scenario, state: State) -> None:
        """Take down what each path comes to."""
        self.columns.extend(settle(scenario, state) for settle in self.settles)

    @property
    def history(self) -> History:
        """The time series of the kept paths."""
        return History({name: np.array(rows) for name, rows in self.series.items()}, np.array(self.alive))


def joined(parts: Iterable[Columns]) -> Columns:
    """Join the columns of chunks in the order of their paths; a column that a chunk does not have is zero there."""
    parts = list(parts)
    keys = dict.fromkeys(key for part in parts for key in part)
    sizes = [next((len(column) for column in part.values()), 0) for part in parts]
    return {key: np.concatenate([p.get(key, np.zeros(n)) for p, n in zip(parts, sizes, strict=True)]) for key in keys}


def together(histories: Iterable[History]) -> History:
    """Join the time series of chunks, in the order of their paths."""
    parts = [history for history in histories if history.alive.size]
    names = parts[0].series if parts else ()
    series = {name: np.concatenate([part.series[name] for part in parts], axis=1) for name in names}
    return History(series, np.concatenate([part.alive for part in parts], axis=1) if parts else np.empty((0, 0), bool))
