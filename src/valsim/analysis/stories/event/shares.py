"""What becomes of shares besides closings: splits, lower conversion prices, larger pools, and adjustments of what was paid."""

import numpy as np

from valsim.analysis.stories.event.base import Happened, at, places
from valsim.analysis.stories.replay import Moment
from valsim.captable.ledger import UNISSUED
from valsim.core.rows import Row
from valsim.state import World

WORTH_TELLING = 0.005
"""A pool that grows by less than this part of all shares is not told, nor a conversion price that falls by less."""


def splits(world: World, moment: Moment) -> Happened:
    """Tell the share splits."""
    for split in world.scenario.captable.splits:
        if split.at == moment.step.date:
            yield from (
                (place, {"kind": "split", "ratio": split.ratio}) for place in places(moment.before.alive, moment)
            )


def anti_dilution(world: World, moment: Moment) -> Happened:
    """Tell the classes whose conversion price fell, each with how many times the common shares it now counts as."""
    found = dict[int, dict[str, float | None]]()
    for name in moment.after.ledger.series if moment.after.ledger is not moment.before.ledger else ():
        times = _times(name, world, moment)
        for place in places(times > 1 + WORTH_TELLING, moment):
            found.setdefault(place, {})[name] = at(times, place)
    return ((place, {"kind": "anti_dilution", "classes": classes}) for place, classes in found.items())


def _times(series: str, world: World, moment: Moment) -> Row:
    """Give how many times the common shares a class counts as after the step, where its holders had some before it; else 1."""
    now, before = moment.after.ledger, moment.before.ledger
    prices = [getattr(ledger.series.get(series), "conversion_price", None) for ledger in (before, now)]
    if prices[0] is None or prices[1] is None or prices[0] is prices[1]:
        return np.ones(())
    adjusted = moment.after.adjustment(series).struck & ~moment.before.adjustment(series).struck
    there = (before.outstanding(series) > 0) & (now.outstanding(series) > 0) & ~adjusted
    return np.where(there, prices[0] / prices[1] / _split(world, moment), 1.0)


def _split(world: World, moment: Moment) -> float:
    today = [split.factor for split in world.scenario.captable.splits if split.at == moment.step.date]
    return today[0] if today else 1.0


def pools(world: World, moment: Moment) -> Happened:
    """Tell by how much the unissued pool grew, as a part of all shares."""
    del world
    if moment.after.ledger is not moment.before.ledger:
        now, before = (state.ledger.ownership().get(UNISSUED, np.zeros(())) for state in (moment.after, moment.before))
        for place in places(moment.after.alive & (now - before > WORTH_TELLING), moment):
            yield place, {"kind": "pool", "part": at(now, place)}


def adjustments(world: World, moment: Moment) -> Happened:
    """Tell the classes that are made up for a number that the company missed, and by which factor what they paid is cut."""
    for name in world.scenario.adjustable:
        before, after = moment.before.adjustment(name), moment.after.adjustment(name)
        for place in places(after.struck & ~before.struck, moment):
            yield place, {"kind": "adjustment", "series": name, "factor": at(after.factor, place)}
