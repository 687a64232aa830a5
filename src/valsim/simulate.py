"""The story: one loop over the steps plays every path of a scenario forward."""

import hashlib
import importlib.metadata
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from valsim import __version__
from valsim.anchor import Anchor, solve_anchor
from valsim.captable.opening import open_ledger
from valsim.captable.outcome import Funding, Outcome
from valsim.core.parameter import at_medians, realise
from valsim.core.rows import Bools, Row
from valsim.core.selection import select
from valsim.core.streams import ParameterDraws, Streams, correlated
from valsim.core.timeline import Step
from valsim.drivers.process import Process
from valsim.drivers.signal import Signal
from valsim.execution import Chunk, chunks, in_chunks, processors
from valsim.exits import Exit
from valsim.finance import finance
from valsim.record import Recorder, joined, part_of, tables
from valsim.result import Columns, Estimate, History, Manifest, Result, estimate
from valsim.scenario.model import Scenario
from valsim.settle import OUTCOMES, PAID_IN, PRESENT_VALUES, Settling
from valsim.state import STILL_PRIVATE, Ended, State, World
from valsim.value.measure import MeasureOf, real_world, risk_neutral

MOSTLY = 0.75
"""Once fewer of the paths that are followed are still private, those that have ended are set aside."""
KEPT = 32_768
"""Time series are kept of so many first paths; outcomes of all."""
ANCHOR_PATHS, ROUGH_PATHS = 65_536, 4_096
"""The anchor is solved on so many first paths, however many the run has, so that more paths never move the first ones."""

NO_HISTORY = tables((), 0, 0)

Progress = Callable[[int, int], None]
"""Told how many paths are done, of how many; a run plays its paths more than once."""


def simulate(
    scenario: Scenario,
    *,
    paths: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    chunk: int | None = None,
    progress: Progress | None = None,
) -> Result:
    """Play a scenario forward along many paths, under real-world and under risk-neutral probabilities.

    ``paths`` and ``seed`` replace those of the document; ``threads`` and ``chunk`` (paths at a time) change no bit of the
    result; ``progress`` is told how many paths are done, of how many. Raises :class:`~valsim.core.errors.SimulationError` where the
    anchor has no root.
    """
    started = time.perf_counter()
    run = _Run(
        scenario=scenario,
        paths=scenario.simulation.paths if paths is None else paths,
        seed=scenario.simulation.seed if seed is None else seed,
        threads=threads or processors(),
        chunk=chunk,
        meter=_Meter(progress or _untold),
    )
    anchor = run.anchored()
    history = tables(recorded_rows(scenario), len(scenario.steps), min(KEPT, run.paths))
    real, money = run.played(run.paths, real_world, anchor.scale, (OUTCOMES, PAID_IN), history)
    (valued,) = run.played(run.paths, risk_neutral, anchor.scale, (PRESENT_VALUES,), NO_HISTORY)
    return Result(scenario, run.manifest(anchor, time.perf_counter() - started), real, valued, money, history)


def _untold(done: int, expected: int) -> None:
    del done, expected


@dataclass
class _Meter:
    """Adds up the paths that are done and tells how far the run is."""

    tell: Progress
    expected: int = 0
    done: int = 0

    def add(self, paths: int) -> None:
        self.done += paths
        self.tell(min(self.done, self.expected), self.expected)


@dataclass(frozen=True)
class _Run:
    """What all playings of a run share: the document, how many paths, the seed, and how it is executed."""

    scenario: Scenario
    paths: int
    seed: int
    threads: int
    chunk: int | None
    meter: _Meter

    def played(
        self, paths: int, measure: MeasureOf, scale: float, settles: tuple[Settling, ...], history: History
    ) -> list[Columns]:
        """Play the first ``paths`` paths; give the columns each of ``settles`` makes, and write the history."""

        def work(part: Chunk) -> list[Columns]:
            recorder = Recorder(settles, part.paths, part_of(history, part.first, part.paths))
            play(self.scenario, part.streams(self.seed), measure, scale, recorder)
            return recorder.columns()

        parts = chunks(paths, self.threads, self.chunk)
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

    def _worth(self, series: str, scale: float, paths: int) -> Estimate:
        (columns,) = self.played(paths, risk_neutral, scale, (PRESENT_VALUES,), NO_HISTORY)
        worth = columns["class", series, "present value per share"]
        return estimate(worth[np.isfinite(worth)])

    def manifest(self, anchor: Anchor, seconds: float) -> Manifest:
        """Say what made the result."""
        return Manifest(
            valsim=__version__,
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


def play(document: Scenario, streams: Streams, measure: MeasureOf, anchor_scale: float, recorder: Recorder) -> None:
    """Play some paths from the start to the end, and tell the recorder about each step."""
    draws = ParameterDraws(streams, correlated(document.correlated_parameters))
    scenario = realise(document, draws)
    world = World(scenario, streams, measure(scenario.measure))
    state = opening(world, anchor_scale)
    paths = np.arange(streams.paths)
    for step in document.steps:
        state = drive(world, state, step)
        state = learn(world, state, step)
        state = operate(state, step)
        state = leave(world, state, step)
        state = finance(world, state, step)
        state = wind_down(world, state, step)
        recorder.note(step, state, paths)
        if np.mean(state.alive) < MOSTLY:
            # What has ended is frozen: it is set aside, and the others go on in shorter rows.
            ended, going = np.flatnonzero(~state.alive), np.flatnonzero(state.alive)
            recorder.settle(select(world, ended).scenario, select(state, ended), paths[ended])
            world, state, paths = select(world, going), select(state, going), paths[going]
    recorder.settle(world.scenario, count_the_rest(world, state), paths)


def opening(world: World, anchor_scale: float) -> State:
    """Set every path to its start, with the opening multiple scaled."""
    scenario, everywhere = world.scenario, np.ones(world.streams.paths)
    state = State(
        company=scenario.opening.scaled("multiple", anchor_scale),
        basis=scenario.valuation.enterprise_value,
        cash_flow=scenario.cash_flow,
        cash=everywhere * scenario.company.cash,
        debt=everywhere * scenario.company.debt,
        signals={name: np.zeros(world.streams.paths, dtype=bool) for name in scenario.signals},
        ledger=open_ledger(scenario.captable.classes, scenario.captable.positions),
        ended=Ended.nowhere(world.streams.paths),
        funding=Funding({tranche.key: Outcome.still_open(world.streams.paths) for tranche in scenario.tranches}),
    ).settled()
    return replace(state, start={name: state.rows[name] for name in state.rows})


def drive(world: World, state: State, step: Step) -> State:
    """Draw the shocks of the step and move every driver; each reads the rows of the start of the step."""
    shocked = {name: process for name, process in world.scenario.processes.items() if process.shocks}
    independent = {name: world.streams.normal(f"shock {name}") for name in shocked}
    shocks = independent | world.together.normals(independent)
    priced = {name: _priced(world, name, process, shocks[name], step.dt) for name, process in shocked.items()}
    company = state.company.advance(step.dt, priced, state.rows)
    return replace(state, company=company)


def _priced(world: World, name: str, process: Process, shock: Row, dt: float) -> Row:
    return world.price_of_risk.shifted(name, shock, getattr(process, "volatility", np.asarray(0.0)), dt)


def learn(world: World, state: State, step: Step) -> State:
    """Let dated signals be observed and risk events strike; then every level is known."""
    for name, signal in world.scenario.signals.items():
        if signal.at == step.date:
            state = _observed(state, name, signal, signal.observed(world.streams.once(f"signals.{name}")))
    for name, risk in world.scenario.risks.items():
        state = state.hit(name, risk.effect, risk.strikes(step.dt, world.streams.uniform(f"risks.{name}")))
    state = state.settled()
    return replace(state, basis=state.basis.later(step.dt, state.rows))


def _observed(state: State, name: str, signal: Signal, turned_out: Bools) -> State:
    state = replace(state, signals={**state.signals, name: turned_out})
    return state.hit(f"{name} true", signal.if_true, turned_out).hit(f"{name} false", signal.if_false, ~turned_out)


def operate(state: State, step: Step) -> State:
    """Add the step's operating cash flow to the cash of companies that are still private."""
    return replace(state, cash=state.cash + np.where(state.alive, state.rows["cash_flow"] * step.dt, 0.0))


def leave(world: World, state: State, step: Step) -> State:
    """Let exits compete: one happens with ``1 - exp(-sum of hazards x dt)``, and which one follows the hazards."""
    exits = tuple(world.scenario.exits.values())
    hazards = [np.asarray(way.intensity(state.rows)) for way in exits]
    total = sum(hazards, np.asarray(0.0))
    leaving = state.alive & (world.streams.uniform("exits") < -np.expm1(-total * step.dt))
    point = world.streams.uniform("exits.which") * total
    passed = np.asarray(0.0)
    for code, (way, hazard) in enumerate(zip(exits, hazards, strict=True)):
        chosen = leaving & (point >= passed) & (point < passed + hazard)
        passed = passed + hazard
        state = _ended(state, chosen, code, step.time, way)
    return state


def _ended(state: State, where: Bools, code: int, time: float, way: Exit) -> State:
    if not where.any():
        return state
    return replace(state, ended=state.ended.mark(where, code, time, way.waiting, way.proceeds(state.rows)))


def wind_down(world: World, state: State, step: Step) -> State:
    """End the companies that must stop now that every raise has failed."""
    for code, way in enumerate(world.scenario.exits.values()):
        state = _ended(state, state.alive & way.forced(state.rows), code, step.time, way)
    return state


def count_the_rest(world: World, state: State) -> State:
    """Count the companies that are still private at the end by the rule of the document."""
    scenario = world.scenario
    proceeds = scenario.at_horizon.proceeds(state.rows)
    ended = state.ended
    return replace(
        state, ended=ended.mark(state.alive, STILL_PRIVATE, scenario.steps[-1].time, np.asarray(0.0), proceeds)
    )
