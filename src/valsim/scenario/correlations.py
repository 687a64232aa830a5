"""Which random numbers move together."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Annotated, Any, TypeAlias

from pydantic import Field, Strict, TypeAdapter, WrapValidator

from valsim.core.block import Block

Pair: TypeAlias = Annotated[tuple[str, str, float], Strict(strict=False)]
"""Two names and their correlation."""


class Group(Block):
    """Names that all move together: every two of them have the same correlation."""

    example = "{group: [users, arr, api_requests], correlation: 0.3}"
    group: tuple[str, ...] = Field(strict=False, min_length=2)
    """The names."""
    correlation: float
    """The correlation of any two of them; among n names it is at least ``-1 / (n - 1)``."""

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Every two of the names, with their correlation."""
        return tuple((a, b, self.correlation) for a, b in combinations(self.group, 2))


_PAIR: TypeAdapter[Pair] = TypeAdapter(Pair)


def _stated(raw: Any, read: Any) -> Any:
    del read  # both readings at once would be told of each mistake
    return Group.model_validate(raw) if isinstance(raw, Mapping | Group) else _PAIR.validate_python(raw)


Stated: TypeAlias = Annotated[Pair | Group, WrapValidator(_stated)]
"""A pair, or a group of names."""


class Correlations(Block):
    """Correlations of shocks (each step) and of parameters (once a path), by a Gaussian copula.

    Each pair is stated once, alone or by a group; one that is not stated has the correlation 0.
    """

    example = "{shocks: [[arr, multiple, 0.3]], parameters: [[arr.growth, multiple.start, 0.4]]}"
    shocks: tuple[Stated, ...] = Field(default=(), strict=False)
    """Pairs, or groups, of drivers with the correlation of their shocks."""
    parameters: tuple[Stated, ...] = Field(default=(), strict=False)
    """Pairs, or groups, of parameters with their correlation: ``users.growth``, ``multiple.start``, or any full path."""

    @property
    def shock_pairs(self) -> tuple[Pair, ...]:
        """Every pair of drivers whose shocks are correlated."""
        return tuple(pair for stated in self.shocks for pair in pairs_of(stated))

    @property
    def parameter_pairs(self) -> tuple[Pair, ...]:
        """Every pair of correlated parameters, by the names that the document calls them."""
        return tuple(pair for stated in self.parameters for pair in pairs_of(stated))


def pairs_of(stated: Pair | Group) -> Sequence[Pair]:
    """Give the pairs that one entry of the list states."""
    return stated.pairs if isinstance(stated, Group) else (stated,)
