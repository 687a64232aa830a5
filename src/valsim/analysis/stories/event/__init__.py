"""What may happen on a path: each kind of event is found by one function, and all are listed here, in the order of a step."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from valsim.analysis.spread import Plain
from valsim.analysis.stories.event.decisions import decided
from valsim.analysis.stories.event.ending import earned, exits
from valsim.analysis.stories.event.financing import closings, converted, defaults, not_funded, struck_out
from valsim.analysis.stories.event.learning import came_out, learned, struck
from valsim.analysis.stories.event.money import loans_repaid, low_on_cash, notes_repaid, redemptions
from valsim.analysis.stories.event.position import not_bought, paid
from valsim.analysis.stories.event.shares import adjustments, anti_dilution, pools, splits
from valsim.analysis.stories.replay import Moment
from valsim.state import World

Telling: TypeAlias = Callable[[World, Moment], Iterator[tuple[int, Plain]]]
"""Gives what happened within a step, each with the place of its path among those that are played."""

EVENTS: tuple[Telling, ...] = (
    splits,
    learned,
    came_out,
    struck,
    loans_repaid,
    notes_repaid,
    adjustments,
    redemptions,
    decided,
    closings,
    not_funded,
    defaults,
    converted,
    struck_out,
    anti_dilution,
    pools,
    paid,
    not_bought,
    low_on_cash,
    exits,
    earned,
)
