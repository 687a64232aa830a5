"""The order in which cases are played: the base first, then one case for each scale, then all others, side by side."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

from valsim.analysis.sweep.ask import Ready
from valsim.analysis.sweep.play import Swept, Task, swept, swept_as_base
from valsim.analysis.sweep.workers import Workers
from valsim.core.progress import Meter
from valsim.result import Anchor


def in_order(ready: Ready, workers: Workers, meter: Meter) -> tuple[Swept, ...]:
    """Play all cases and give them in the order of the grid, whatever the order in which they were played.

    The base comes first, as every worker compares with its rows. Cases whose scale is solved on the same scenario wait for the
    first of them, so that it is solved once.
    """
    base = ready.base.number - 1
    first, rows = swept_as_base(ready.plan, Task(ready.base), workers.size, workers.executor)
    meter.add(1)
    plan = replace(ready.plan, origins={})  # what others can make is not sent to them
    found, scales = {base: first}, dict[str, Anchor]()
    waiting = [place for place in range(len(ready.cases)) if place != base]
    while waiting:
        scales |= _solved(ready, found)
        now = _next(ready, scales, waiting)
        tasks = [Task(ready.cases[place], scales.get(ready.looked[place].scaled_as)) for place in now]
        found |= dict(zip(now, _side_by_side(partial(swept, plan, rows), tasks, workers, meter), strict=True))
        waiting = [place for place in waiting if place not in found]
    return tuple(found[place] for place in range(len(ready.cases)))


def _solved(ready: Ready, found: Mapping[int, Swept]) -> dict[str, Anchor]:
    return {ready.looked[place].scaled_as: case.anchor for place, case in found.items() if case.anchor is not None}


def _next(ready: Ready, scales: Collection[str], waiting: Sequence[int]) -> list[int]:
    """Give the cases that need not wait: whose scale is known or is not solved, and the first of each other scale."""
    found, begun = list[int](), set[str]()
    for place in waiting:
        mark = ready.looked[place].scaled_as
        if mark not in begun:
            found.append(place)
            begun |= {mark} if mark and mark not in scales else set()
    return found


def _side_by_side(play: Callable[..., Swept], tasks: list[Task], workers: Workers, meter: Meter) -> list[Swept]:
    """Play each case on one worker where there are enough of them, else share out the paths of one after the other."""
    if len(tasks) >= workers.size:
        with workers.team(play, meter) as work:
            return [*work(tasks)]
    found = list[Swept]()
    for task in tasks:
        found.append(play(task, workers.size, workers.executor))
        meter.add(1)
    return found
