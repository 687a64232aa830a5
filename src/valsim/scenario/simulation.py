"""How a run is made."""

from pydantic import Field

from valsim.core.block import Block


class Simulation(Block):
    """How the run is made."""

    example = "{paths: 100_000, seed: 1}"
    paths: int = Field(ge=1)
    """How many paths."""
    seed: int = Field(ge=0)
    """The seed of every random stream."""
