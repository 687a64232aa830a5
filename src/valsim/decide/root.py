"""The scale of the opening multiple at which a class is worth its price, with every opening class valued on the same paths.

Present values are risk-neutral, as the document is written: a policy of its own is left aside.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, TypeAlias

import numpy as np

from valsim.anchor import Paid, solve_anchor
from valsim.core.clusters import ALONE
from valsim.core.progress import Meter, Progress, untold
from valsim.core.rows import Row
from valsim.core.sampler import PSEUDO
from valsim.decide.weighted import OF_PARAMETERS, WEIGHT, centres_of, noting_parameters, weighted
from valsim.execution.chunks import Copy
from valsim.gather import gathered
from valsim.outcome.settled import Settled
from valsim.outcome.worth import series_values
from valsim.result import Anchor, Columns, ColumnsByKey, Estimate, estimate
from valsim.run import ANCHOR_PATHS, NO_HISTORY, ROUGH_PATHS, Job, Play, Run
from valsim.scenario.model import Scenario
from valsim.simulate import play
from valsim.value.measure import risk_neutral

PILOT_PATHS = 8_192
"""So many paths show where the value is."""
PILOT = 2**32
"""What is added to the seed for them: where paths are drawn must not be chosen by the same paths."""
BESIDE = 0.02
"""How far to either side of the root, in logs, the classes are valued."""

Reading: TypeAlias = Callable[[ColumnsByKey], Row]
"""Reads one number a path, its weight counted in, whose mean is what something is worth."""


@dataclass(frozen=True)
class Paths:
    """How many paths are played, of which seed and how; ``progress`` is told how many are done, of how many."""

    count: int
    seed: int
    threads: int
    chunk: int | None = None
    progress: Progress = untold

    @property
    def of_root(self) -> int:
        """How many paths the root is solved on before the last step."""
        return min(self.count, ANCHOR_PATHS)

    @property
    def meter(self) -> Meter:
        """What counts the paths that are done."""
        return Meter(self.progress, PILOT_PATHS + 2 * ROUGH_PATHS + self.of_root + self.count)


class Root(NamedTuple):
    """A scenario on the same paths a little below and a little above the scale at which a class is worth its price.

    Between the two every worth is taken for a line. An estimate of it holds the error of the root: on paths by chance too rich
    the root came out too low (the delta method).
    """

    below: ColumnsByKey
    above: ColumnsByKey
    paid: Paid
    middle: float

    def worth(self, read: Reading) -> Estimate:
        """Estimate what something is worth at the root."""
        row = self._row(read)
        moved = row - self._rise(read) / self._rise(self._priced) * self._row(self._priced)
        return Estimate(float(np.mean(row)), estimate(moved, ALONE).standard_error)

    @property
    def anchor(self) -> Anchor:
        """The scale of the opening multiple at the root."""
        low, high = beside(self.middle)
        error = estimate(self._row(self._priced), ALONE).standard_error / self._rise(self._priced)
        return Anchor(low + self._part * (high - low), error * (high - low))

    @property
    def plain_over_weighted(self) -> float:
        """How many times as large the standard error of all classes together would be on paths drawn as ever."""
        weight, row = self.below[WEIGHT], self._row(all_classes)
        if np.all(weight == 1):
            return 1.0
        plain = np.mean(row * row / weight) - np.mean(row) ** 2
        return float(np.sqrt(plain / np.var(row)))

    @property
    def _priced(self) -> Reading:
        return partial(a_share, self.paid.name)

    @property
    def _part(self) -> float:
        """How far the root is from below to above."""
        return float((self.paid.price - np.mean(self._priced(self.below))) / self._rise(self._priced))

    def _rise(self, read: Reading) -> float:
        return float(np.mean(read(self.above)) - np.mean(read(self.below)))

    def _row(self, read: Reading) -> Row:
        low, high = read(self.below), read(self.above)
        return low + self._part * (high - low)


def solved(scenario: Scenario, paid: Paid, paths: Paths) -> Root:
    """Solve the scale of the opening multiple, and play all paths beside it.

    Raises :class:`~valsim.core.errors.SimulationError` where no scale gives the price.
    """
    meter = paths.meter
    with _gathered(scenario, paths, noting_parameters(play), meter) as played:
        (pilot,) = played("pilot", PILOT_PATHS, [1.0])
    drawn = {key[0]: row for key, row in pilot.items() if key[0].startswith(OF_PARAMETERS)}
    centres = centres_of(drawn, all_classes({**pilot, WEIGHT: np.ones(PILOT_PATHS)}))
    with _gathered(scenario, paths, weighted(play, centres), meter) as played:
        fine, rough = (partial(_worths, played, paid, count) for count in (paths.of_root, ROUGH_PATHS))
        middle = solve_anchor(fine, paid, rough).scale
        below, above = played("worth", paths.count, beside(middle))
    return Root(below, above, paid, middle)


def beside(scale: float) -> tuple[float, float]:
    """Give the scales a little below and a little above."""
    return scale * math.exp(-BESIDE), scale * math.exp(BESIDE)


Played: TypeAlias = Callable[[str, int, Sequence[float]], Sequence[ColumnsByKey]]
"""Plays so many paths of a job at several scales, side by side; gives the columns of each scale."""


@contextmanager
def _gathered(scenario: Scenario, paths: Paths, play: Play, meter: Meter) -> Iterator[Played]:
    """Gather workers who play a scenario in one way."""
    alone, settles = scenario.anchored_by(None), ((_opening_values,),)
    seeds = {"pilot": paths.seed + PILOT, "worth": paths.seed}
    jobs = {name: Job(alone, seed, (risk_neutral,), settles, NO_HISTORY, PSEUDO) for name, seed in seeds.items()}
    run = Run(alone, paths.count, paths.seed, paths.threads, paths.chunk, play, jobs, None)

    with gathered(run, meter.add) as workers:

        def played(job: str, count: int, scales: Sequence[float]) -> Sequence[ColumnsByKey]:
            return run.copied(workers, job, count, map(Copy, scales))

        yield played


def _opening_values(settled: Settled) -> Columns:
    scenario, columns = settled.scenario, Columns()
    for series in scenario.captable.classes:
        columns |= series_values(series, scenario, settled.state, settled.discounted)
    return settled.columns(columns)


def _worths(played: Played, paid: Paid, count: int, scales: Sequence[float]) -> list[Estimate]:
    return [estimate(a_share(paid.name, columns), ALONE) for columns in played("worth", count, scales)]


def a_share(name: str, columns: ColumnsByKey) -> Row:
    """Read what a share of a class is worth; paths on which nobody holds any are left out, and where none is left it is NaN."""
    worth, weight = columns["class", name, "present value per share"], columns[WEIGHT]
    there = np.isfinite(worth)
    counted = 1.0 if there.all() else np.mean(weight * there) or np.nan
    row: Row = np.where(there, weight * worth, 0.0) / counted
    return row


def a_class(name: str, columns: ColumnsByKey) -> Row:
    """Read what all shares of a class are worth."""
    row: Row = columns[WEIGHT] * columns["class", name, "present value"]
    return row


def all_classes(columns: ColumnsByKey) -> Row:
    """Read what all opening classes are worth together."""
    values = [columns[key] for key in columns if key[-1] == "present value"]
    return np.asarray(columns[WEIGHT] * sum(values, np.zeros(values[0].shape)))
