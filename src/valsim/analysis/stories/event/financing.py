"""What became of closings: funded, on which terms, or not, and why; who did not pay, and what converted."""

from collections.abc import Iterator

import numpy as np

from valsim.analysis.spread import Plain
from valsim.analysis.stories.event.base import Happened, at, places
from valsim.analysis.stories.modes import has_deadline
from valsim.analysis.stories.replay import Moment
from valsim.captable.financing.outcome import (
    CONSEQUENCE,
    CONVERTED,
    LATE,
    MISSED,
    NOT_FOLLOWED,
    OPEN,
    PAY_TO_PLAY,
    REPRICED,
    WAIVED,
    Outcome,
    reason,
)
from valsim.captable.financing.tranche import Tranche
from valsim.core.rows import NOWHERE, Bools
from valsim.state import World

HOW = {WAIVED: "waived", REPRICED: "repriced", LATE: "late"}
"""How a closing was funded whose condition did not hold in time, by its code."""
PAID_SHORT = 1e-6
"""A closing is told to be paid short where so large a part of what it asked for is missing."""


def _moved(world: World, moment: Moment) -> Iterator[tuple[Tranche, Outcome, Outcome]]:
    """Give the tranches to which something happened within the step, with what had become of each before and what after."""
    for tranche in world.scenario.tranches:
        before, after = moment.before.funding[tranche], moment.after.funding[tranche]
        if before is not after:
            yield tranche, before, after


def _named(kind: str, tranche: Tranche) -> Plain:
    return {"kind": kind, "round": tranche.round, "tranche": tranche.name}


def closings(world: World, moment: Moment) -> Happened:
    """Tell the closings that were funded, and at which price against the last one of any round."""
    for tranche, before, after in _moved(world, moment):
        for place in places(after.funded & ~before.funded, moment):
            yield place, {**_named("closing", tranche), **_terms(after, place)}


def _terms(outcome: Outcome, place: int) -> Plain:
    names = ("new_money", "price_per_share", "post_money_valuation", "dilution")
    told: Plain = {name: at(getattr(outcome, name), place) for name in names}
    step_up, unraised = at(outcome.step_up, place), at(outcome.unraised, place) or 0.0
    told["change_of_price"] = None if step_up is None else step_up - 1
    told["unraised"] = unraised if unraised > PAID_SHORT * (told["new_money"] or 0.0) else 0.0
    return told | {"how": HOW.get(int(outcome.code[place]), "in_time")}


def not_funded(world: World, moment: Moment) -> Happened:
    """Tell the closings that failed, and why; not those without a deadline, such as a bridge, that were never needed."""
    for tranche, before, after in _moved(world, moment):
        tried = (before.code == OPEN) | (after.tries > before.tries)
        failed = np.asarray(tried & (after.code != OPEN) & ~after.funded, dtype=np.bool_)
        for place in places(failed & ~_not_needed(tranche, after, world), moment):
            yield place, {**_named("not_funded", tranche), "why": reason(tranche, int(after.code[place]))}


def _not_needed(tranche: Tranche, outcome: Outcome, world: World) -> Bools:
    gone: Bools = (outcome.code >= MISSED) | (outcome.code == NOT_FOLLOWED)
    return gone if tranche.repeats or not has_deadline(tranche, world.scenario) else NOWHERE


def defaults(world: World, moment: Moment) -> Happened:
    """Tell who did not pay what it had committed to."""
    for tranche, before, after in _moved(world, moment):
        for who, where in after.defaults.items():
            new = where & ~before.defaults.get(who, NOWHERE)
            for place in places(new, moment):
                yield place, {**_named("default", tranche), "holder": who}


def converted(world: World, moment: Moment) -> Happened:
    """Tell which SAFEs and notes became shares."""
    return ((place, {"kind": "converted", "name": name}) for place, name in _events(CONVERTED, world, moment))


def struck_out(world: World, moment: Moment) -> Happened:
    """Tell who lost shares or rights by not paying: by pay-to-play, or as the consequence of a default."""
    for what in (PAY_TO_PLAY, CONSEQUENCE):
        for place, holder in _events(what, world, moment):
            yield place, {"kind": "pay_to_play" if what == PAY_TO_PLAY else "consequence", "holder": holder}


def _events(what: str, world: World, moment: Moment) -> Iterator[tuple[int, str]]:
    for _, before, after in _moved(world, moment):
        for (kind, who), row in after.events.items():
            if kind == what:
                old = before.events.get((kind, who), 0.0)
                yield from ((place, who) for place in places((row > 0) & (old == 0), moment))
