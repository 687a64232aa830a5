"""Recording: the time series of the first paths, and how each path settles at its end."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from valsim.core.rows import Bools, Row
from valsim.core.timeline import Step
from valsim.result import Columns, History
from valsim.scenario.model import Scenario
from valsim.settle import settled
from valsim.state import State


@dataclass(frozen=True)
class Recorder:
    """Takes down some paths: the named rows of the first ``kept`` ones at every step, and what each path ends with."""

    names: tuple[str, ...]
    kept: int
    series: dict[str, list[Row]] = field(default_factory=dict)
    alive: list[Bools] = field(default_factory=list)
    columns: Columns = field(default_factory=dict)

    def note(self, step: Step, state: State) -> None:
        """Take down the rows of one step."""
        del step
        if self.kept:
            self.alive.append(state.alive[: self.kept].copy())
            for name in self.names:
                row = np.broadcast_to(state.rows[name], state.cash.shape)[: self.kept]
                self.series.setdefault(name, []).append(row.copy())

    def finish(self, scenario: Scenario, state: State) -> None:
        """Take down how each path settles."""
        self.columns.update(settled(scenario, state))

    @property
    def history(self) -> History:
        """The time series of the kept paths."""
        return History({name: np.array(rows) for name, rows in self.series.items()}, np.array(self.alive))


def together(histories: Iterable[History]) -> History:
    """Join the time series of chunks, in the order of their paths."""
    parts = [history for history in histories if history.alive.size]
    names = parts[0].series if parts else ()
    series = {name: np.concatenate([part.series[name] for part in parts], axis=1) for name in names}
    return History(series, np.concatenate([part.alive for part in parts], axis=1) if parts else np.empty((0, 0), bool))
