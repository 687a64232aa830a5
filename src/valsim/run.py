"""A run: the same paths played under two measures, and the anchor that both start from."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import NamedTuple, TypeAlias

import numpy as np

from valsim.anchor import NOT_SCALED, Paid, solve_anchor
from valsim.captable.opening import open_ledger
from valsim.core.arguments import expect_one_of
from valsim.core.errors import SimulationError
from valsim.core.parameter import at_medians, streams_of_parameters
from valsim.core.part import Piece, pieced
from valsim.core.pieces import Pieces, Table
from valsim.core.policy import CONTRACTUAL, Policy, SideBySide, Training
from valsim.core.rows import Row
from valsim.core.sampler import PSEUDO, SAMPLERS, Sampler
from valsim.core.streams import Streams
from valsim.core.versions import version
from valsim.execution.chunks import Chunk, Copy, chunks
from valsim.execution.executor import Elsewhere, name_of
from valsim.outcome.cash import cash_by_year, paid_in
from valsim.outcome.settle import Settling, decisions, net_values, outcomes, present_values, share_value
from valsim.record import Recorder, part_of, tables
from valsim.result import Anchor, Estimate, History, Manifest, estimate
from valsim.scenario.choices import choices, order_of_learning, overtaken
from valsim.scenario.model import Scenario
from valsim.scenario.rules.row_units import recorded_units
from valsim.value.measure import MeasureOf, real_world, risk_neutral

KEPT = 32_768
"""Time series are kept of so many first paths, where nothing else is said; outcomes of all."""
ANCHOR_PATHS, ROUGH_PATHS = 49_152, 4_096
"""The anchor is solved on so many first paths, however many the run has, so that more paths never move the first ones."""
LARGEST = 1e100
"""A worth above this is taken for a mistake in the document."""
NO_HISTORY = tables((), 0, 0)

Play: TypeAlias = Callable[[Scenario, Streams, Sequence[MeasureOf], Row | float, Recorder, Policy], None]
"""Plays some paths at a scale of the opening multiple for each row, decided by a policy, and tells a recorder about them."""
Team: TypeAlias = Callable[[Sequence[Chunk]], Iterator[list[Piece]]]
"""Plays chunks and gives what each has of every set of columns, in their order, each as soon as it and all before it are played."""


class Job(NamedTuple):
    """A way of playing paths: of which scenario, from which seed, under which measures, what is made of each at its end, where
    its time series go, and how its random numbers are drawn.
    """

    scenario: Scenario
    seed: int
    measures: tuple[MeasureOf, ...]
    settles: tuple[tuple[Settling, ...], ...]
    history: History
    sampler: Sampler


@dataclass(frozen=True)
class Run:
    """What all playings of a run share: the document, how many paths, the seed, the jobs, and how it is executed.

    ``anchor`` is what is known of the opening multiple before; nothing where its scale is to be solved. Chunks are cut for so
    many ``threads``, and played by the ``executor``; where there is none, by this machine.
    """

    scenario: Scenario
    paths: int
    seed: int
    threads: int
    chunk: int | None
    play: Play
    jobs: Mapping[str, Job]
    anchor: Anchor | None
    executor: Elsewhere | None = None

    def do(self, part: Chunk, kept: History | None = None) -> list[Piece]:
        """Play a chunk, its copies side by side; give the columns that each way of settling of its job makes, copy by copy.

        Its time series are ``kept`` in the tables of its job, or in those that are given.
        """
        job, copies = self.jobs[part.job], len(part.copies)
        kept = part_of(job.history, part.first, part.paths) if kept is None else kept
        recorder = Recorder(job.settles * copies, part.paths, kept, first=part.first)
        plain = part.streams(job.seed if part.seed is None else part.seed, len(job.measures) * copies)
        streams = job.sampler.drawn(plain, streams_of_parameters(job.scenario))
        scales, policies = zip(*part.copies, strict=True)
        scale = np.repeat(scales, part.paths * len(job.measures)) if copies > 1 else scales[0]
        policy = SideBySide(policies) if copies > 1 else policies[0]
        with np.errstate(over="ignore", invalid="ignore"):  # what leaves the range of numbers is reported by `played`
            self.play(job.scenario, streams, job.measures * copies, scale, recorder, policy)
        return [pieced(columns) for columns in recorder.columns]

    def tasks(self, job: str, first: int, paths: int, *copies: Copy, seed: int | None = None) -> list[Chunk]:
        """Cut ``paths`` paths from the ``first`` on, with which a batch begins, into chunks of a job."""
        parts = chunks(paths, self.threads, self.chunk, first)
        return [replace(part, job=job, copies=copies, seed=seed) for part in parts]

    def anchored(self, team: Team) -> Anchor:
        """Solve the scale of the opening multiple where it is not known."""
        if self.anchor is not None:
            return self.anchor
        fine, rough = (partial(self._worth, team, paths) for paths in (ANCHOR_PATHS, ROUGH_PATHS))
        return solve_anchor(fine, last_round(self.jobs["worth"].scenario), rough)

    def _worth(self, team: Team, paths: int, scales: Sequence[float]) -> list[Estimate]:
        rows = (next(iter(columns.values())) for columns in self.copied(team, "worth", paths, map(Copy, scales)))
        of = self.jobs["worth"].sampler.clusters
        return [estimate(row[there], of[there]) for row in rows for there in [np.isfinite(row)]]

    def copied(self, team: Team, job: str, paths: int, copies: Iterable[Copy], seed: int | None = None) -> list[Table]:
        """Play the first ``paths`` paths in several copies; give the tables of each copy, one for each way of settling of the job."""
        together = self.tasks(job, 0, paths, *copies, seed=seed)
        # Two copies of a chunk take hardly longer than one; but where chunks are few, a worker without one would wait.
        apart = len(together) < self.threads
        groups = list(zip(*(task.one_by_one for task in together), strict=True)) if apart else [tuple(together)]
        done, sizes = team([task for group in groups for task in group]), [task.paths for task in together]
        return [Table(pieces, sizes) for group in groups for pieces in zip(*islice(done, len(group)), strict=True)]

    def played(self, team: Team, scale: float, policy: Policy, first: int, paths: int, pieces: Pieces) -> list[Table]:
        """Play ``paths`` paths from the ``first`` on under both measures, and add what they come to to the ``pieces`` of those before.

        Gives the tables of all: outcomes, money paid in, cash by year and present values. What is played in parts, each from a whole
        batch on, comes to the same as what is played at once.
        """
        tasks = self.tasks("both", first, paths, Copy(scale, policy))
        for part, done in zip(tasks, team(tasks), strict=True):
            pieces.add(done, (part.paths, part.batches, part.batches, part.paths))
        found = pieces.tables()
        _expect_numbers(found[0]["proceeds",])
        return found

    @property
    def expected(self) -> int:
        """How many paths are played before those of the result."""
        return 2 * ROUGH_PATHS + ANCHOR_PATHS if self.anchor is None else 0

    def manifest(
        self, anchor: Anchor, policy: Policy, seconds: float, paths: int, until: tuple[str, ...] = ()
    ) -> Manifest:
        """Say what made the result of so many first paths, and what they were played until."""
        return Manifest(
            valsim=version("valsim"),
            input_hash=hashlib.sha256(_described(self.scenario).encode()).hexdigest(),
            paths=paths,
            seed=self.seed,
            sampler=self.jobs["both"].sampler.name,
            threads=self.threads,
            seconds=seconds,
            anchor_scale=anchor.scale,
            anchor_standard_error=anchor.standard_error,
            policy=type(policy).__name__.lower(),
            until=until,
            executor=None if self.executor is None else name_of(self.executor),
            versions={name: version(name) for name in ("numpy", "scipy", "pydantic")},
        )


def _expect_numbers(proceeds: Row) -> None:
    beyond = int(np.count_nonzero(~(proceeds < LARGEST)))
    if beyond:
        raise SimulationError(
            f"on {beyond:,} of {proceeds.size:,} paths the company is worth more than {LARGEST:g}, which is no result: "
            "look for a growth, a volatility or a multiple that is far too large"
        )


def _described(scenario: Scenario) -> str:
    """Write all that the numbers of a scenario hang on: itself, and where that is another, what it is anchored by."""
    own, anchored = scenario.in_full, scenario.anchored_as
    return own if anchored is scenario else f"({own}, {anchored.in_full})"


def last_round(scenario: Scenario) -> Paid:
    """Give the class that was priced last, and its price per share."""
    captable = at_medians(scenario.captable)
    ledger = open_ledger(captable.classes, captable.positions)
    dated = {
        name: terms.issued
        for name, terms in ledger.series.items()
        if terms.is_equity and getattr(terms, "original_issue_price", None)
    }
    name = max(dated, key=lambda n: dated[n] or scenario.as_of)
    price = float(ledger.series[name].original_issue_price)  # type: ignore[attr-defined]
    return Paid(name, price, scenario.currency, dated[name])


def policy_of(scenario: Scenario, trained: Training) -> Policy:
    """Give the policy that a document names, trained if it is to be; without one it is carried out as it is written."""
    return CONTRACTUAL if scenario.decisions is None else scenario.decisions.made(trained)


def to_train(scenario: Scenario) -> int:
    """Say how many paths are played to train the policy that a document names: each time all alternatives of one decision."""
    lessons = order_of_learning([choice.decision for choice in choices(scenario)], overtaken(scenario))
    return 0 if scenario.decisions is None else scenario.decisions.trained_on * len(lessons)


def known(scenario: Scenario, solved: Anchor | None) -> Anchor | None:
    """Give the anchor of a scenario as far as it is known before its run: one that was solved already, or none to solve."""
    return NOT_SCALED if scenario.valuation.anchor == "none" else solved


def jobs(scenario: Scenario, seed: int | None, history: History, sampler: str | None) -> dict[str, Job]:
    """Give the jobs of a run: each path under both measures, side by side; what deciding comes to; and the anchored class alone.

    The last is of the scenario that this one is anchored as, carried out as it is written, so that every policy is played at
    the same scale; each has its own seed and sampler where none is asked for. Policies are trained on pseudo-random paths.
    """
    alone = scenario.anchored_by(None)  # what is played needs no other scenario
    own, drawn = _seed(scenario, seed), _sampler(scenario, sampler)
    settles = (outcomes, paid_in, cash_by_year), (present_values,)
    found = {"both": Job(alone, own, (real_world, risk_neutral), settles, history, drawn)}
    if choices(scenario):
        decided = (net_values(choices(scenario)), decisions)
        found["decided"] = Job(alone, own, (risk_neutral,), (decided,), NO_HISTORY, PSEUDO)
    if scenario.valuation.anchor == "none":
        return found
    origin = scenario.anchored_as
    worth = share_value(last_round(origin).name)
    drawn = _sampler(origin, sampler)
    return found | {"worth": Job(origin, _seed(origin, seed), (risk_neutral,), ((worth,),), NO_HISTORY, drawn)}


def _seed(scenario: Scenario, asked: int | None) -> int:
    return scenario.simulation.seed if asked is None else asked


def _sampler(scenario: Scenario, asked: str | None) -> Sampler:
    expect_one_of(SAMPLERS, sampler=asked)
    return SAMPLERS[scenario.simulation.sampler if asked is None else asked]


def recorded_rows(scenario: Scenario) -> tuple[str, ...]:
    """Name the rows whose time series are kept."""
    return tuple(recorded_units(scenario))
