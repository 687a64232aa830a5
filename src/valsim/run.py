"""A run: the same paths played under two measures, and the anchor that both start from."""

import hashlib
import importlib.metadata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from valsim.anchor import Anchor, solve_anchor
from valsim.captable.opening import open_ledger
from valsim.core.parameter import at_medians
from valsim.core.rows import Row
from valsim.core.streams import Streams
from valsim.execution import Chunk, chunks, in_chunks
from valsim.record import Recorder, joined, part_of, tables
from valsim.result import Columns, Estimate, History, Manifest, estimate
from valsim.scenario.model import Scenario
from valsim.settle import Settling, share_value
from valsim.value.measure import MeasureOf, risk_neutral

KEPT = 32_768
"""Time series are kept of so many first paths; outcomes of all."""
ANCHOR_PATHS, ROUGH_PATHS = 49_152, 4_096
"""The anchor is solved on so many first paths, however many the run has, so that more paths never move the first ones."""
NO_HISTORY = tables((), 0, 0)

Play: TypeAlias = Callable[[Scenario, Streams, MeasureOf, float, Recorder], None]
"""Plays some paths at a scale of the opening multiple, and tells a recorder about them."""
Progress: TypeAlias = Callable[[int, int], None]
"""Told how many paths are done, of how many; a run plays its paths more than once."""


def untold(done: int, expected: int) -> None:
    """Tell nobody."""
    del done, expected


@dataclass
class Meter:
    """Adds up the paths that are done and tells how far the run is."""

    tell: Progress
    expected: int = 0
    done: int = 0

    def add(self, paths: int) -> None:
        """Count paths that are done."""
        self.done += paths
        self.tell(min(self.done, self.expected), self.expected)


@dataclass(frozen=True)
class Run:
    """What all playings of a run share: the document, how many paths, the seed, and how it is executed."""

    scenario: Scenario
    paths: int
    seed: int
    threads: int
    chunk: int | None
    meter: Meter
    play: Play

    def played(
        self, paths: int, measure: MeasureOf, scale: float, settles: tuple[Settling, ...], history: History
    ) -> list[Columns]:
        """Play the first ``paths`` paths; give the columns each of ``settles`` makes, and write the history."""

        def work(part: Chunk) -> list[Columns]:
            recorder = Recorder(settles, part.paths, part_of(history, part.first, part.paths))
            self.play(self.scenario, part.streams(self.seed), measure, part.scale, recorder)
            return recorder.columns()

        parts = [replace(part, scale=scale) for part in chunks(paths, self.threads, self.chunk)]
        done = in_chunks(parts, self.threads, work, self.meter.add)
        return [joined(columns) for columns in zip(*done, strict=True)]

    def anchored(self) -> Anchor:
        """Solve the scale of the opening multiple, or leave it at 1."""
        self.meter.expected = 2 * self.paths
        if self.scenario.valuation.anchor == "none":
            return Anchor(1.0, 0.0)
        self.meter.expected += 4 * ROUGH_PATHS + ANCHOR_PATHS
        name, price = last_round(self.scenario)
        return solve_anchor(
            lambda s: self._worth(name, s, ANCHOR_PATHS), price, lambda s: self._worth(name, s, ROUGH_PATHS)
        )

    def _worth(self, series: str, scales: Sequence[float], paths: int) -> list[Estimate]:
        parts = chunks(paths, self.threads, self.chunk)
        tasks = [replace(part, scale=scale) for scale in scales for part in parts]

        def work(part: Chunk) -> Row:
            recorder = Recorder((share_value(series),), part.paths, NO_HISTORY)
            self.play(self.scenario, part.streams(self.seed), risk_neutral, part.scale, recorder)
            ((worth,),) = (columns.values() for columns in recorder.columns())
            return worth

        done = in_chunks(tasks, self.threads, work, self.meter.add)
        rows = [np.concatenate(done[i : i + len(parts)]) for i in range(0, len(tasks), len(parts))]
        return [estimate(row[np.isfinite(row)]) for row in rows]

    def manifest(self, anchor: Anchor, seconds: float) -> Manifest:
        """Say what made the result."""
        return Manifest(
            valsim=importlib.metadata.version("valsim"),
            input_hash=hashlib.sha256(repr(self.scenario).encode()).hexdigest(),
            paths=self.paths,
            seed=self.seed,
            sampler="pseudo",
            threads=self.threads,
            seconds=seconds,
            anchor_scale=anchor.scale,
            anchor_standard_error=anchor.standard_error,
            versions={name: importlib.metadata.version(name) for name in ("numpy", "scipy", "pydantic")},
        )


def last_round(scenario: Scenario) -> tuple[str, float]:
    """Give the class that was priced last, and its price per share."""
    captable = at_medians(scenario.captable)
    ledger = open_ledger(captable.classes, captable.positions)
    dated = {
        name: terms.issued for name, terms in ledger.series.items() if getattr(terms, "original_issue_price", None)
    }
    name = max(dated, key=lambda n: dated[n] or scenario.as_of)
    return name, float(ledger.series[name].original_issue_price)  # type: ignore[attr-defined]


def recorded_rows(scenario: Scenario) -> tuple[str, ...]:
    """Name the rows whose time series are kept."""
    return (*scenario.processes, "cash", "valued_revenue", "enterprise_value", "equity_value")
