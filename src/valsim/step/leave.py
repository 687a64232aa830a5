"""Leaving within a step: exits compete, companies that must stop are wound down, and at the end the rest is counted."""

import numpy as np

from valsim.core.replace import replace
from valsim.core.rows import Bools
from valsim.core.timeline import Step
from valsim.ended import STILL_PRIVATE
from valsim.exits import Exit
from valsim.state import State, World


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
    return replace(state, ended=state.ended.seen(leaving, state.rows)) if leaving.any() else state


def _ended(state: State, where: Bools, code: int, time: float, way: Exit) -> State:
    if not where.any():
        return state
    return replace(state, ended=state.ended.mark(where, code, time, way.proceeds(state.rows), way.raised(state.rows)))


def wind_down(world: World, state: State, step: Step) -> State:
    """End the companies that must stop now that every raise has failed."""
    for code, way in enumerate(world.scenario.exits.values()):
        state = _ended(state, state.alive & way.forced(state.rows), code, step.time, way)
    return state


def count_the_rest(world: World, state: State) -> State:
    """Count the companies that are still private at the end by the rule of the document."""
    scenario = world.scenario
    proceeds = scenario.at_horizon.proceeds(state.rows)
    ended = state.ended.seen(state.alive, state.rows)
    ended = ended.mark(state.alive, STILL_PRIVATE, scenario.steps[-1].time, proceeds, np.asarray(0.0))
    return replace(state, ended=ended)
