"""Learning: dated signals are observed and come out, risk events strike."""

from dataclasses import replace

import numpy as np

from valsim.core.timeline import Step
from valsim.drivers.signal import BELIEF, Signal
from valsim.state import State, World


def learn(world: World, state: State, step: Step) -> State:
    """Let dated signals be observed and risk events strike; then every level is known."""
    for name, signal in world.scenario.signals.items():
        if signal.at == step.date:
            state = _observed(world, state.settled(), name, signal)
        elif signal.revealed == step.date:
            state = _revealed(state, name, signal)
    rows = state.rows
    for name, risk in world.scenario.risks.items():
        struck = risk.strikes(step.dt, world.streams.uniform(f"risks.{name}"), rows)
        shared = {world.scenario.shared_row(row): effect for row, effect in risk.shared.items()}
        state = state.hit(name, risk.own, struck).shifted(shared, struck)
    state = state.settled()
    return replace(state, basis=state.basis.later(step.dt, state.rows))


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
