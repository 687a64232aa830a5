"""What the company's cash pays back, and where it runs low."""

from collections.abc import Iterable

import numpy as np

from valsim.analysis.stories.event.base import Happened, at, places
from valsim.analysis.stories.replay import Moment
from valsim.state import World

LOW = 0.5
"""Cash is low where it lasts for less than so many years, once what was raised in the step has come in."""


def low_on_cash(world: World, moment: Moment) -> Happened:
    """Tell where the cash of a private company comes to last for less than six months."""
    del world
    now, before = (state.rows["runway"] for state in (moment.after, moment.before))
    for place in places(moment.after.alive & (now < LOW) & (before >= LOW), moment):
        yield place, {"kind": "low_on_cash", "years": at(np.asarray(now), place), "cash": at(moment.after.cash, place)}


def redemptions(world: World, moment: Moment) -> Happened:
    """Tell the classes that demanded their money back, and what they were paid of it."""
    return _bought_back("redemption", world.scenario.redeemable, moment)


def notes_repaid(world: World, moment: Moment) -> Happened:
    """Tell the notes that were repaid at their maturity."""
    classes = world.scenario.captable.classes
    return _bought_back("note_repaid", [name for name, each in classes.items() if each.repaid_from is not None], moment)


def _bought_back(kind: str, series: Iterable[str], moment: Moment) -> Happened:
    for name in series:
        before, after = moment.before.bought_back(name), moment.after.bought_back(name)
        if before is not after:
            money = after.paid - before.paid
            for place in places((money > 0) | (after.demanded & ~before.demanded), moment):
                yield place, {"kind": kind, "series": name, "money": at(money, place)}


def loans_repaid(world: World, moment: Moment) -> Happened:
    """Tell the loans that were repaid at their maturity, and what part of them."""
    del world
    nothing = np.zeros(moment.after.cash.shape)
    for name, part in moment.after.repaid.items():
        new = part - moment.before.repaid.get(name, nothing)
        for place in places(new > 0, moment):
            yield place, {"kind": "loan_repaid", "name": name, "part": at(new, place)}
