"""How a run is made."""

from pydantic import Field

from valsim.core.block import Block
from valsim.core.sampler import SamplerName


class Simulation(Block):
    """How the run is made."""

    example = "{paths: 100_000, seed: 1, sampler: antithetic}"
    paths: int = Field(ge=1)
    """How many paths."""
    seed: int = Field(ge=0)
    """The seed of every random stream."""
    sampler: SamplerName = "pseudo"
    """How random numbers are drawn. ``pseudo``: each path by itself. ``antithetic``: every second path has the mirrored numbers of
    the one before it. ``sobol``: what is drawn once a path is spread evenly over each batch of 4,096 paths, steps stay pseudo-random;
    at least 32,768 paths. Every standard error is that of the sampler. Policies are trained, and fair values by simulation are found,
    on pseudo-random paths. Only how exactly a number is known hangs on it."""
