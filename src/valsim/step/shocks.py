"""The shocks of a step: each process has a stream of its own, some move together, and the first bears the price of risk."""

from collections.abc import Container

import numpy as np

from valsim.core.rows import Row
from valsim.core.selection import repeated
from valsim.core.timeline import Step
from valsim.drivers.process import Process
from valsim.state import World


def alike(world: World) -> dict[str, Process]:
    """Give the processes that start and move alike in all copies of a path until something parts these, with each path once.

    They take their shocks as they are drawn, whatever the measure, and read no rows.
    """
    if world.streams.copies == 1:
        return {}
    charged, processes = world.price_of_risk.charges, world.of_paths.opening.processes
    names = (name for name in world.of_paths.shocked if name not in charged)
    return {name: processes[name] for name in names if not processes[name].reads}


def draw(world: World, once: Container[str], step: Step) -> dict[str, Row]:
    """Draw the shocks of every process for one step, by name: one row, or one row for each shock that it takes.

    For processes that are stepped ``once`` for all copies of a path they have one entry a path, for others one a row.
    """
    shocked, single = world.scenario.shocked, world.streams.single
    independent = {name: single.normal(_stream(world, name, step)) for name in shocked}
    drawn = independent | world.together.normals(independent)
    own = lengths(world, step)
    shocks = {}
    for name, process in shocked.items():
        copies = 1 if name in once else world.streams.copies
        first = _priced(world, name, process, repeated(drawn[name], copies), own.get(name, step.dt))
        further = [single.normal(stream) for stream in _further(world, name, process, step)]
        shocks[name] = np.stack([first, *repeated(tuple(further), copies)]) if further else first
    return shocks


def lengths(world: World, step: Step) -> dict[str, float]:
    """Give the length of the step for the processes that do not move at a company's own dates: the sectors."""
    return dict.fromkeys(world.scenario.sectors, step.regular)


def _stream(world: World, name: str, step: Step) -> str:
    # What moves a sector is drawn at regular steps alone, so that the dates of one company shift no draw of it.
    between = name in world.scenario.sectors and not step.regular
    return f"shock {name} between" if between else f"shock {name}"


def _further(world: World, name: str, process: Process, step: Step) -> list[str]:
    """Name the streams of all shocks of a process but its first."""
    return [f"{_stream(world, name, step)} {k}" for k in range(2, process.shocks + 1)]


def _priced(world: World, name: str, process: Process, shock: Row, dt: float) -> Row:
    return world.price_of_risk.shifted(name, shock, getattr(process, "volatility", np.asarray(0.0)), dt)
