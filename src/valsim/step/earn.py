"""Earning within a step: what buyers still owe for companies that they bought before."""

import numpy as np

from valsim.core.replace import replace
from valsim.core.timeline import Step
from valsim.exits.term.earn_out import EarnOut
from valsim.state import State, World


def earn(world: World, state: State, step: Step) -> State:
    """Measure what companies have come to that were sold before, where their sale left a payment to be earned."""
    for code, (name, way) in enumerate(world.scenario.exits.items()):
        if way.contingent is not None:
            state = _measured(world, state, step, way.contingent, code, name)
    return state


def _measured(world: World, state: State, step: Step, terms: EarnOut, code: int, name: str) -> State:
    ended, uniform = state.ended, world.streams.once(f"exits.{name}.earn_out")
    left = (ended.how == code) & np.isinf(ended.earned_at)
    since, until_the_end = step.time - ended.when, world.scenario.steps[-1].time - step.time
    now = left & terms.measured(since, until_the_end, state.rows)
    if not now.any():
        return state
    paid = terms.paid(ended.proceeds, uniform, state.rows)
    return replace(state, ended=ended.earning(now, paid, step.time + terms.delay(since)))
