"""What the reader's positions pay and receive before the exit, and why one is not bought."""

import numpy as np

from valsim.analysis.stories.event.base import Happened, at, places
from valsim.analysis.stories.replay import Moment
from valsim.core.rows import NOWHERE
from valsim.state import World


def paid(world: World, moment: Moment) -> Happened:
    """Tell the money that a position paid (below zero) or received, fees included, and what for: a closing, or nothing but itself."""
    causes = {tranche.stream: tranche.key for tranche in world.scenario.tranches}
    for (cause, holder), flow in moment.after.flows.items():
        before = moment.before.flows.get((cause, holder))
        if holder in world.scenario.positions and before is not flow:
            money = flow.amount - (0.0 if before is None else before.amount)
            closing = dict(zip(("round", "tranche"), causes.get(cause, ()), strict=False))
            for place in places(np.asarray(money) != 0, moment):
                yield place, {"kind": "paid", "holder": holder, "money": at(money, place), **closing}


def not_bought(world: World, moment: Moment) -> Happened:
    """Tell why a position was not bought on its day."""
    del world
    for (holder, why), where in moment.after.refusals.items():
        new = where & ~moment.before.refusals.get((holder, why), NOWHERE)
        yield from ((place, {"kind": "not_bought", "holder": holder, "why": why}) for place in places(new, moment))
