"""How a company ends, and what is earned after that."""

from valsim.analysis.stories.event.base import Happened, at, places
from valsim.analysis.stories.replay import Moment
from valsim.state import World


def exits(world: World, moment: Moment) -> Happened:
    """Tell how the company left, and what its shareholders get together."""
    names = list(world.scenario.exits)
    for place in places(moment.before.alive & ~moment.after.alive, moment):
        ended = moment.after.ended
        told = {"proceeds": at(ended.proceeds, place), "raised": at(ended.raised, place)}
        yield place, {"kind": "exit", "exit": names[int(ended.how[place])], **told}


def earned(world: World, moment: Moment) -> Happened:
    """Tell what shareholders earn after the exit."""
    del world
    before, after = moment.before.ended.earned, moment.after.ended.earned
    for place in places((after > before) & ~moment.before.alive, moment):
        yield place, {"kind": "earned", "money": at(after, place)}
