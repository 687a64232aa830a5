"""The result of a run: data only, frozen; what is made of it are functions elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from valsim.captable.ledger import Ledger
from valsim.captable.opening import open_ledger
from valsim.core.clusters import Clusters
from valsim.core.parameter import at_medians
from valsim.core.policy import CONTRACTUAL, Policy
from valsim.core.rows import Bools, Row
from valsim.core.sampler import SAMPLERS
from valsim.core.shown import Drawn
from valsim.scenario.model import Scenario

Columns: TypeAlias = dict[tuple[str, ...], npt.NDArray[Any]]
"""One number a path, shape ``(paths,)``, by what it is, such as ``("holder", "me", "proceeds")``."""
ColumnsByKey: TypeAlias = Mapping[tuple[str, ...], npt.NDArray[Any]]
"""The same of a whole run: a table may join a column when it is asked for (see :mod:`valsim.core.pieces`), and what it gives is not kept."""


def under(columns: ColumnsByKey, *first: str) -> Columns:
    """Give the columns whose keys begin with some words, by the rest of their keys; no other is looked at.

    >>> under({("refused", "me", "too few"): np.zeros(1), ("exit",): np.ones(1)}, "refused", "me")
    {('too few',): array([0.])}
    """
    return dict(each_under(columns, *first))


def each_under(columns: ColumnsByKey, *first: str) -> Iterator[tuple[tuple[str, ...], npt.NDArray[Any]]]:
    """Give the columns whose keys begin with some words, each with the rest of its key, read one after the other.

    >>> next(each_under({("refused", "me", "too few"): np.zeros(1)}, "refused", "me"))
    (('too few',), array([0.]))
    """
    return ((key[len(first) :], columns[key]) for key in columns if key[: len(first)] == first)


@dataclass(frozen=True)
class Ownership:
    """Who owned what on the first paths: ``parts[holder]`` of the fully diluted shares, and all of these ``shares``, as many as they
    were on the day.

    Shape ``(1 + steps, noted paths)``: before anything happened, and at the end of each step.
    """

    parts: Mapping[str, Row]
    shares: Row


@dataclass(frozen=True)
class History:
    """Time series of the first paths: ``series[name]`` and ``alive`` of shape ``(steps, kept paths)``, and who owned what on fewer."""

    series: Mapping[str, Row]
    alive: Bools
    ownership: Ownership = Ownership({}, np.zeros((0, 0)))


@dataclass(frozen=True)
class Anchor:
    """The scale of the opening multiple, and its standard error from the paths that it was solved on."""

    scale: float
    standard_error: float


@dataclass(frozen=True)
class Manifest:
    """What made a result: enough to make it again, bit by bit, with the same versions."""

    valsim: str
    input_hash: str
    paths: int
    seed: int
    sampler: str
    threads: int
    seconds: float
    anchor_scale: float
    anchor_standard_error: float
    versions: Mapping[str, str]
    policy: str = "contractual"
    bytes_on_disk: int = 0
    """How large the file was in which what the paths came to was held; 0 where it was held in memory."""
    until: tuple[str, ...] = ()
    """What was to be known how exactly, as it was written; nothing where the number of paths was said."""
    executor: str | None = None
    """What played the chunks, ``threads`` of them at the same time, such as ``ProcessPoolExecutor``; without one, this machine."""

    @property
    def clusters(self) -> Clusters:
        """Which paths depend on each other, as the sampler draws them."""
        return Clusters(SAMPLERS[self.sampler].together)

    @property
    def anchor(self) -> Anchor:
        """The scale that the paths were played at."""
        return Anchor(self.anchor_scale, self.anchor_standard_error)


@dataclass(frozen=True, repr=False)
class Result(Drawn):
    """What the paths of a scenario came to.

    ``outcomes`` holds one number a path under real-world probabilities, ``valued`` under risk-neutral ones: present values
    come from the second, everything else from the first. Path ``i`` has the same random numbers in both. ``paid_in`` holds
    what each holder paid and received before the end, by (holder, time), summed over each batch of real-world paths; ``cash`` all
    that it paid or received in a calendar year, by (holder, year, ``paid`` or ``received``), as the ``sum`` and the sum of ``squares``.
    """

    scenario: Scenario
    manifest: Manifest
    outcomes: ColumnsByKey
    valued: ColumnsByKey
    paid_in: ColumnsByKey
    cash: ColumnsByKey
    history: History
    policy: Policy = CONTRACTUAL
    """Who decided about tranches: with it some of the paths can be played again."""

    @property
    def clusters(self) -> Clusters:
        """Which paths depend on each other, as they were drawn: what every standard error needs."""
        return self.manifest.clusters

    @cached_property
    def opening_ledger(self) -> Ledger:
        """The opening cap table at the medians of its numbers, with what has accrued by then."""
        captable = at_medians(self.scenario.captable)
        ledger = open_ledger(captable.classes, captable.positions)
        return ledger.accrued_to(self.scenario.as_of.toordinal())

    def __repr__(self) -> str:
        paths, seed = f"{self.manifest.paths:,}", self.manifest.seed
        return f"<Result of {self.scenario.name!r}: as of {self.scenario.as_of}, {paths} paths, seed {seed}>"

    @cached_property
    def summary(self) -> dict[str, Any]:
        """What the result says, as plain data: all that the report shows and ``--json`` writes; worked out once."""
        from valsim.analysis.summary import summary

        return summary(self)


@dataclass(frozen=True)
class Estimate:
    """A mean over paths and its standard error."""

    mean: float
    standard_error: float


def estimate(row: Row, clusters: Clusters) -> Estimate:
    """Estimate a mean over shape ``(n,)``, with the standard error of its clusters; of nothing it is NaN.

    >>> estimate(np.array([1.0, 2.0, 3.0]), ALONE)
    Estimate(mean=2.0, standard_error=0.5773502691896258)
    """
    return Estimate(float(np.mean(row)) if row.size else np.nan, clusters.error(row))
