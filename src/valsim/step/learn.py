"""Learning: dated signals are observed and come out, risk events strike."""

import numpy as np

from valsim.core.replace import replace
from valsim.core.rows import Bools, Rows
from valsim.core.selection import repeated
from valsim.core.timeline import Step
from valsim.drivers.risk import Risk
from valsim.drivers.signal import BELIEF, Signal
from valsim.state import State, World


def learn(world: World, state: State, step: Step) -> State:
    """Let dated signals be observed and risk events strike; then every level is known."""
    before = state.rows
    for name, signal in world.scenario.signals.items():
        if signal.at == step.date:
            state = _observed(world, state.settled(), name, signal)
        elif signal.revealed == step.date:
            state = _revealed(state, name, signal)
    for name, risk in world.scenario.risks.items():
        struck = _strikes(world, name, step, before) & ~risk.spares(state.strikes[name])
        state = _struck(world, state, name, _sized(world, name, risk), struck)
    state = state.settled()
    return replace(state, basis=state.basis.later(step.dt, state.rows))


def _strikes(world: World, name: str, step: Step, before: Rows) -> Bools:
    """Say where a risk strikes; what does not hang on rows is found out once for all copies of a path."""
    stream = f"risks.{name}"
    if world.scenario.risks[name].reads:
        return world.scenario.risks[name].strikes(step.dt, world.streams.uniform(stream), before)
    struck = world.of_paths.risks[name].strikes(step.dt, world.streams.single.uniform(stream), before)
    return repeated(struck, world.streams.copies)


def _struck(world: World, state: State, name: str, risk: Risk, where: Bools) -> State:
    counted = state.strikes[name] + (where & state.alive)
    state = replace(state, strikes={**state.strikes, name: counted})
    shared = {world.scenario.shared_row(row): effect for row, effect in risk.shared.items()}
    return state.hit(name, risk.own, where).shifted(shared, where)


def _sized(world: World, name: str, risk: Risk) -> Risk:
    """Give a risk with the sizes that its effects have in this step, where they are drawn each time."""
    return risk.sized(lambda size: np.maximum(world.streams.uniform(f"risks.{name}.effect.{size}"), LEAST))


LEAST = 1e-300
"""The quantile of nothing at all would be beyond every number."""


def _observed(world: World, state: State, name: str, signal: Signal) -> State:
    prior = state.rows[name + BELIEF]
    truth = world.streams.once(f"signals.{name}") < prior
    seen = signal.observed(truth, world.streams.once(f"signals.{name}.observed")) if signal.errs else truth
    state = replace(state, signals={**state.signals, name: seen}, truths={**state.truths, name: truth})
    state = state.believing(name, signal.posterior(prior, seen))
    state = state.hit(f"{name} true", signal.if_true, seen).hit(f"{name} false", signal.if_false, ~seen)
    really = {
        f"{name} really true": (signal.if_really_true, truth),
        f"{name} really false": (signal.if_really_false, ~truth),
    }
    for event, (effects, where) in really.items():
        state = state.hit(event, effects, where)
    return state


def _revealed(state: State, name: str, signal: Signal) -> State:
    """Let it come out what is really so, and that it is not what was observed."""
    truth, seen = state.truths[name], state.signals[name]
    state = state.believing(name, truth.astype(np.float64))
    state = state.hit(f"{name} vindicated", signal.if_vindicated, truth & ~seen)
    return state.hit(f"{name} disappointed", signal.if_disappointed, seen & ~truth)
