"""What a sampler is: how the random numbers of paths hang together, and how many of them tell an error."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from valsim.core.clusters import Clusters
from valsim.core.errors import SimulationError
from valsim.core.streams import Streams

SamplerName: TypeAlias = Literal["pseudo", "antithetic", "sobol"]
"""The samplers there are."""
Drawn: TypeAlias = Callable[[Streams, Sequence[str]], Streams]
"""Gives the streams of some batches as a sampler draws them; the names are those of the streams of parameters."""


@dataclass(frozen=True)
class Sampler:
    """A way to draw random numbers: ``together`` paths after one another depend on each other and on no others."""

    name: SamplerName
    together: int
    least: int
    """The fewest paths that tell a standard error."""
    drawn: Drawn

    @property
    def clusters(self) -> Clusters:
        """Which paths depend on each other."""
        return Clusters(self.together)

    def check(self, paths: int) -> None:
        """Raise :class:`~valsim.core.errors.SimulationError` for fewer paths than tell a standard error."""
        if paths < self.least:
            raise SimulationError(
                f"sampler {self.name} needs at least {self.least:,} paths, as its errors are told from how batches of "
                f"{self.together:,} differ; got {paths:,}: play more, or choose another sampler"
            )
