"""Which random numbers move together."""

from typing import Annotated, TypeAlias

from pydantic import Field, Strict

from valsim.core.block import Block

Pair: TypeAlias = Annotated[tuple[str, str, float], Strict(strict=False)]
"""Two names and their correlation."""


class Correlations(Block):
    """Correlations of shocks (each step) and of parameters (once a path), by a Gaussian copula."""

    example = "{shocks: [[arr, multiple, 0.3]], parameters: [[arr.growth, multiple.start, 0.4]]}"
    shocks: tuple[Pair, ...] = Field(default=(), strict=False)
    """Pairs of drivers with the correlation of their shocks."""
    parameters: tuple[Pair, ...] = Field(default=(), strict=False)
    """Pairs of parameters with their correlation: ``users.growth``, ``multiple.start``, or any full path."""
