"""The story: one loop over the steps plays every path of a scenario forward."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from valsim.captable.financing.last_round import LastRound
from valsim.captable.financing.outcome import Funding, Outcome
from valsim.captable.opening import open_ledger
from valsim.core.arguments import expect_whole
from valsim.core.choose import choose
from valsim.core.parameter import realise
from valsim.core.policy import CONTRACTUAL, Policy
from valsim.core.progress import Meter, Progress, untold
from valsim.core.replace import replace
from valsim.core.rows import Row
from valsim.core.sampler import SamplerName
from valsim.core.selection import repeated
from valsim.core.streams import ParameterDraws, Streams
from valsim.core.timeline import Step
from valsim.drivers.use_of_proceeds import Budget
from valsim.ended import Ended
from valsim.execution.executor import Elsewhere, at_once
from valsim.execution.team import processors
from valsim.fits import expect_room
from valsim.gather import gathered
from valsim.parquet import written_to
from valsim.parts import Start, Until, first_part, most_paths, played
from valsim.record import Recorder, tables
from valsim.result import Anchor, Result
from valsim.run import KEPT, Run, jobs, known, policy_of, recorded_rows, to_train
from valsim.scenario.model import Scenario
from valsim.scenario.names import holder_names
from valsim.state import State, World
from valsim.step import shocks
from valsim.step.adjust import adjust
from valsim.step.compute import opening_credits, pay_compute
from valsim.step.decide import nobody_asked
from valsim.step.deploy import deploy
from valsim.step.earn import earn
from valsim.step.finance import finance
from valsim.step.learn import learn
from valsim.step.leave import count_the_rest, leave, wind_down
from valsim.step.redeem import redeem
from valsim.step.refresh import refresh
from valsim.step.repay import repay
from valsim.step.revalue import rates_now, revalue
from valsim.step.split import in_shares_of_the_start, split
from valsim.training.trainer import Trainer
from valsim.value.measure import MeasureOf, side_by_side


def simulate(
    scenario: Scenario,
    *,
    paths: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    chunk: int | None = None,
    executor: Elsewhere | None = None,
    progress: Progress | None = None,
    anchor: Anchor | None = None,
    policy: Policy | None = None,
    until: Until | None = None,
    sampler: SamplerName | None = None,
    outcomes: Path | str | None = None,
    kept: int = KEPT,
) -> Result:
    """Play a scenario forward along many paths, under real-world and under risk-neutral probabilities.

    - ``paths``, ``seed`` and ``sampler`` replace those of the document.
    - ``threads`` and ``chunk``, the paths at a time, change no bit of the result.
    - ``executor`` plays the chunks in place of this machine, to the same bits: one of :mod:`concurrent.futures`, such as that of a
      Dask client, or a function that makes one, which is called again where workers are lost. ``threads`` then says for how many
      workers chunks are cut where it cannot say itself.
    - ``progress`` is told how many paths are done, of how many.
    - ``anchor`` is that of an earlier result of the scenario it is :attr:`~valsim.scenario.model.Scenario.anchored_as`; it then is
      not solved again.
    - ``policy`` decides about tranches in place of that of the document, which is trained first where it says so.
    - ``until``, as :func:`valsim.until` makes it, says when it is enough; ``paths`` then is the most that may be played, or 1,000,000.
    - ``outcomes`` names a Parquet file to which what each path comes to is written meanwhile (:mod:`valsim.parquet`).
    - ``kept`` says of how many first paths time series are kept; with none, no break-even values are found either.

    Raises :class:`~valsim.core.errors.SimulationError` where the anchor has no root, for an argument that is none, for more paths
    than there is room for, for workers that are lost and not made anew or have another valsim, NumPy, SciPy or kind of processor, and
    :class:`~valsim.core.errors.ExpressionError` for what is asked in vain of this scenario.
    """
    started, most = time.perf_counter(), most_paths(scenario, paths, until)
    run = prepared(
        scenario, paths=most, seed=seed, threads=threads, chunk=chunk, executor=executor, anchor=anchor, sampler=sampler,
        kept=kept,
    )  # fmt: skip
    meter = Meter(progress or untold, run.expected + first_part(run, until) + (0 if policy else to_train(scenario)))
    expect_room(run)
    with written_to(outcomes, scenario) as file, gathered(run, meter.add) as workers:
        solved = run.anchored(workers)
        decides = policy or policy_of(scenario, Trainer(run, workers, solved.scale))
        return played(run, workers, meter, Start(solved, decides, started), until, file)


def prepared(
    scenario: Scenario,
    *,
    paths: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    chunk: int | None = None,
    executor: Elsewhere | None = None,
    anchor: Anchor | None = None,
    sampler: SamplerName | None = None,
    kept: int = KEPT,
) -> Run:
    """Give a run as it is before anything is played; arguments and errors as of :func:`simulate`."""
    count = scenario.simulation.paths if paths is None else paths
    expect_whole(1, paths=count, threads=threads, chunk=chunk)
    expect_whole(0, seed=seed, kept=kept)
    history = tables(recorded_rows(scenario), len(scenario.steps), min(kept, count), holder_names(scenario))
    drawn = jobs(scenario, seed, history, sampler)
    drawn["both"].sampler.check(count)
    return Run(
        scenario=scenario,
        paths=count,
        seed=scenario.simulation.seed if seed is None else seed,
        threads=threads or at_once(executor, processors()),
        chunk=chunk,
        play=play,
        jobs=drawn,
        anchor=known(scenario, anchor),
        executor=executor,
    )


def play(
    document: Scenario,
    streams: Streams,
    measures: Sequence[MeasureOf],
    anchor_scale: Row | float,
    recorder: Recorder,
    policy: Policy = CONTRACTUAL,
) -> None:
    """Play some paths from the start to the end, each under every measure, and tell the recorder about each step.

    A policy decides about tranches.
    """
    world = realised(document, streams, measures, policy)
    state = opening(world, anchor_scale)
    recorder.begin(document.as_of, state)
    for step in document.steps:
        state = after(world, state, step)
        recorder.note(step, state)
    recorder.finish(world.scenario, ending(world, state))


def realised(document: Scenario, streams: Streams, measures: Sequence[MeasureOf], policy: Policy) -> World:
    """Draw the numbers of a document that are drawn once a path; they and the streams stay the same along the paths."""
    draws = ParameterDraws(streams.single, document.copula)
    once = realise(document, draws)
    scenario = repeated(once, streams.copies)
    return World(scenario, streams, side_by_side(scenario.measure, measures, streams.paths), policy, once)


def after(world: World, state: State, step: Step) -> State:
    """Give the state at the end of a step: what happens within it happens in this order."""
    state = split(world, state, step)
    state = drive(world, state, step)
    state = learn(world, state, step)
    state = operate(world, state, step)
    state = repay(world, state, step)
    state = adjust(world, state, step)
    state = refresh(world, state, step)
    state = redeem(world, state, step)
    state = leave(world, state, step)
    state = earn(world, state, step)
    state = finance(world, state, step)
    return wind_down(world, state, step)


def ending(world: World, state: State) -> State:
    """Give the state after the last step, with the companies counted that are still private, in the shares of the start."""
    return in_shares_of_the_start(world, count_the_rest(world, state))


def opening(world: World, anchor_scale: Row | float) -> State:
    """Set every path to its start, with the opening multiple scaled."""
    scenario, rows, everywhere = world.scenario, world.streams.rows, np.ones(world.streams.rows)
    company = scenario.opening.stepping_once(shocks.alike(world), world.streams.copies)
    ledger = open_ledger(scenario.captable.classes, scenario.captable.positions)
    state = State(
        company=company.scaled("multiple", anchor_scale),
        basis=scenario.valuation.enterprise_value,
        cash_flow=scenario.cash_flow,
        cash=everywhere * scenario.company.cash,
        debt=everywhere * (scenario.company.debt + scenario.captable.senior.owed(scenario.as_of.toordinal())),
        decided=nobody_asked(world),
        signals={name: np.zeros(rows, dtype=bool) for name in scenario.signals},
        strikes={name: np.zeros(rows, dtype=np.int16) for name in scenario.risks},
        budgets={name: Budget.nothing(rows) for name in scenario.use_of_proceeds},
        ledger=ledger,
        compute=None if scenario.compute_credits is None else scenario.compute_credits.pay_for,
        credits=opening_credits(scenario, rows),
        ended=Ended.nowhere(rows),
        funding=Funding({each.key: Outcome.still_open(rows, each.may_default) for each in scenario.tranches}),
        last_round=LastRound.before(scenario.as_of, scenario.captable.classes, ledger),
    ).settled()
    rates = rates_now(scenario, state)
    return replace(state, start={name: state.rows[name] for name in state.rows}, rates=rates)


def drive(world: World, state: State, step: Step) -> State:
    """Draw the shocks of the step and move every driver; each reads the rows of the start of the step."""
    company = state.company.advance(
        step.dt, shocks.draw(world, state.company.once, step), state.rows, shocks.lengths(world, step)
    )
    debt = state.debt if not world.scenario.captable.debt else state.debt * 0 + state.owed(world.scenario, step.date)
    return replace(state, company=company, debt=debt, time=step.time)


def operate(world: World, state: State, step: Step) -> State:
    """Add the step's operating cash flow to the cash of companies that are still private, and spend what was raised for a use.

    Compute that credits pay for costs no cash, and cash in another currency is revalued.
    """
    earned = choose(state.alive, state.rows.operated * step.dt, 0.0)
    state, saved = pay_compute(state, step)
    state, gained = revalue(world.scenario, state)
    earned = earned + saved + gained
    state = deploy(world, state, earned, step)
    return replace(state, cash=state.cash + earned)
