"""The shocks of a step: each process has a stream of its own, some move together, and the first bears the price of risk."""

import numpy as np

from valsim.core.rows import Row
from valsim.core.timeline import Step
from valsim.drivers.process import Process
from valsim.state import World


def draw(world: World, step: Step) -> dict[str, Row]:
    """Draw the shocks of every process for one step, by name: one row, or one row for each shock that it takes."""
    shocked = world.scenario.shocked
    independent = {name: world.streams.normal(_stream(world, name, step)) for name in shocked}
    shocks = independent | world.together.normals(independent)
    own = lengths(world, step)
    priced = {
        name: _priced(world, name, process, shocks[name], own.get(name, step.dt)) for name, process in shocked.items()
    }
    return {name: _with_further(world, name, process, priced[name], step) for name, process in shocked.items()}


def lengths(world: World, step: Step) -> dict[str, float]:
    """Give the length of the step for the processes that do not move at a company's own dates: the sectors."""
    return dict.fromkeys(world.scenario.sectors, step.regular)


def _stream(world: World, name: str, step: Step) -> str:
    # What moves a sector is drawn at regular steps alone, so that the dates of one company shift no draw of it.
    between = name in world.scenario.sectors and not step.regular
    return f"shock {name} between" if between else f"shock {name}"


def _priced(world: World, name: str, process: Process, shock: Row, dt: float) -> Row:
    return world.price_of_risk.shifted(name, shock, getattr(process, "volatility", np.asarray(0.0)), dt)


def _with_further(world: World, name: str, process: Process, first: Row, step: Step) -> Row:
    """Give all shocks of a process for one step: its first alone, or one row for each."""
    if process.shocks == 1:
        return first
    stream = _stream(world, name, step)
    further = (world.streams.normal(f"{stream} {k}") for k in range(2, process.shocks + 1))
    return np.stack([first, *further])
