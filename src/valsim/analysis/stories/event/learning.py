"""What is learned: dated signals, what comes out about them later, and risks that strike."""

from collections.abc import Mapping

import numpy as np

from valsim.analysis.spread import Plain
from valsim.analysis.stories.event.base import Happened, at, places
from valsim.analysis.stories.replay import Moment
from valsim.core.effect import Effect
from valsim.core.parameter import EachTime
from valsim.state import World


def learned(world: World, moment: Moment) -> Happened:
    """Tell what was observed of a signal at its date, while the company was private, and what that did."""
    for name, signal in world.scenario.signals.items():
        if signal.at == moment.step.date:
            for place in places(moment.before.alive, moment):
                seen = bool(moment.after.signals[name][place])
                did = effects(signal.if_true if seen else signal.if_false, place)
                yield place, {"kind": "signal", "name": name, "observed": seen, "effects": did}


def came_out(world: World, moment: Moment) -> Happened:
    """Tell what comes out to be really so of a signal, where that is not what was observed."""
    for name, signal in world.scenario.signals.items():
        if signal.revealed == moment.step.date:
            truth, seen = moment.after.truths[name], moment.after.signals[name]
            for place in places(moment.before.alive & (truth != seen), moment):
                yield place, {"kind": "came_out", "name": name, "true": bool(truth[place])}


def struck(world: World, moment: Moment) -> Happened:
    """Tell which risks struck, for which time, and what they do, the first time that they do it."""
    for name, risk in world.scenario.risks.items():
        times = moment.after.strikes[name]
        for place in places(times > moment.before.strikes[name], moment):
            told = {} if times[place] > 1 else {"effects": effects(risk.effect, place)}
            yield place, {"kind": "risk", "name": name, "time": int(times[place]), **told}


def effects(stated: Mapping[str, Effect], place: int) -> list[Plain]:
    """Give what an event does to rows on one path; of a size that is drawn anew each time only the row."""
    return [_effect(row, effect, place) for row, effect in stated.items()]


def _effect(row: str, effect: Effect, place: int) -> Plain:
    sizes = {name: getattr(effect, name) for name in ("times", "plus", "recovery")}
    known = {name: size for name, size in sizes.items() if size is not None and not isinstance(size, EachTime)}
    return {"row": row, **{name: at(np.asarray(size), place) for name, size in known.items()}}
