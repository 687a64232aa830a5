"""Whether a document asks for paths enough to tell an error by its sampler."""

from collections.abc import Iterator

from valsim.core.errors import Problem
from valsim.core.sampler import SAMPLERS
from valsim.scenario.simulation import Simulation


def sampler_problems(simulation: Simulation) -> Iterator[Problem]:
    """Warn of fewer paths than the sampler needs; a run may be asked for more."""
    sampler = SAMPLERS[simulation.sampler]
    if simulation.paths < sampler.least:
        message = (
            f"sampler {sampler.name} needs at least {sampler.least:,} paths to tell an error, got {simulation.paths:,}"
        )
        way_out = "write more paths, or choose another sampler: as it stands a run without --paths is refused"
        yield Problem(("simulation", "paths"), message, way_out, severity="warning")
