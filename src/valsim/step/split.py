"""Share splits within a step, and the way back at the end."""

from valsim.captable.split import factor_until
from valsim.core.replace import replace
from valsim.core.timeline import Step
from valsim.state import State, World


def split(world: World, state: State, step: Step) -> State:
    """Split the shares on the day: on every path, ended ones too, so that a share is the same thing on all of them."""
    for each in world.scenario.captable.splits:
        if each.at == step.date:
            state = _in_new_shares(state, each.factor)
    return state


def in_shares_of_the_start(world: World, state: State) -> State:
    """Undo every split, so that what is told of shares compares with the cap table of the document."""
    splits = world.scenario.captable.splits
    return _in_new_shares(state, 1 / factor_until(splits, world.scenario.end)) if splits else state


def _in_new_shares(state: State, factor: float) -> State:
    return replace(
        state,
        ledger=state.ledger.split(factor),
        funding=state.funding.split(factor),
        last_round=state.last_round.split(factor),
        redeemed={series: each.split(factor) for series, each in state.redeemed.items()},
        adjusted={series: each.split(factor) for series, each in state.adjusted.items()},
    )
