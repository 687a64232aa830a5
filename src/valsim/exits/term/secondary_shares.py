"""Shares that holders sell at a listing."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, TypeAlias

import numpy as np
from pydantic import BeforeValidator, Field

from valsim.core.block import Block, nearest_help
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction
from valsim.core.rows import Row

EVERYONE = "everyone"
"""The word for all holders."""
Sellers: TypeAlias = Literal["everyone"] | tuple[str, ...]
"""What a document writes."""


def _listed(given: Any) -> Any:
    return (given,) if isinstance(given, str) else given


class SecondaryShares(Block):
    """Shares that holders sell in the offering itself: at the offer price less the gross spread, with no lock-up.

    They dilute nobody and bring the company nothing. What a holder does not sell is locked up.
    """

    example = "{fraction: 10%, sellers: everyone}"

    fraction: Fraction
    """The part of its shares that each seller sells."""
    sellers: Annotated[tuple[str, ...], BeforeValidator(_listed, json_schema_input_type=Sellers)] = Field(
        strict=False, min_length=1, examples=["everyone", "[Lead Fund, Seed Fund]"]
    )
    """The holders that may sell, a list of names, or ``everyone``."""

    def sold_by(self, holder: str) -> Row:
        """Give the part of its shares that a holder sells."""
        return self.fraction if {EVERYONE, holder} & {*self.sellers} else np.zeros(())

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report sellers that never hold anything."""
        for i, name in enumerate(self.sellers):
            if name not in (EVERYONE, *context.all_holders):
                message = f"no holder {name!r} who could sell"
                yield Problem(("sellers", i), message, nearest_help(name, context.all_holders), code="unknown_name")
