"""A carve-out whose fraction changes with the size of the exit."""

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
from pydantic import Field

from valsim.captable.curve import ZERO, total
from valsim.captable.liquidity.senior.carve_out.base import CarveOut
from valsim.core.block import Block
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction, PositiveMoney, middle
from valsim.core.rows import Row


class Tier(Block):
    """A band of the base, from where the one before ends, and the part of it that is set aside."""

    example = "{up_to: 20M USD, fraction: 10%}"

    up_to: PositiveMoney | None = None
    """Where the band ends; the last one has no end."""
    fraction: Fraction
    """The part of what lies in the band."""


class Tiered(CarveOut):
    """A fraction of each band of the exit: of 50M, 10 % up to 20M and 6 % above give ``2M + 1.8M``.

    So it never falls as an exit pays more. A plan that pays one fraction of the whole, by the band that it is in, would.
    """

    example = "{kind: tiered, tiers: [{up_to: 20M USD, fraction: 10%}, {fraction: 6%}], base: after_debt, paid_at: [acquisition]}"

    kind: Literal["tiered"] = "tiered"
    """Names this kind."""
    tiers: tuple[Tier, ...] = Field(strict=False, min_length=1)
    """The bands, from the lowest on."""

    def promised(self, base: Row) -> Row:
        """Give the sum over the bands."""
        return banded(self.tiers, base)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report bands that do not follow each other."""
        yield from super().problems(context)
        yield from tier_problems(self.tiers)


def banded(tiers: tuple[Tier, ...], base: Row) -> Row:
    """Give the sum over the bands of what is set aside of each."""
    starts = (ZERO, *(tier.up_to for tier in tiers[:-1]))
    ends = (np.inf if tier.up_to is None else tier.up_to for tier in tiers)
    bands = zip(tiers, starts, ends, strict=True)
    return total(tier.fraction * np.maximum(np.minimum(base, end) - start, 0.0) for tier, start, end in bands)


def tier_problems(tiers: tuple[Tier, ...]) -> Iterator[Problem]:
    """Report bands that do not follow each other; paths are of the carve-out."""
    reached = 0.0
    for i, tier in enumerate(tiers):
        if (tier.up_to is None) != (i == len(tiers) - 1):
            message = "the last band has no end" if tier.up_to is not None else "a band that others follow has an end"
            yield Problem(("tiers", i), message, "leave up_to out" if tier.up_to is not None else "state up_to", "key")
        elif tier.up_to is not None and middle(tier.up_to) <= reached:
            yield Problem(
                ("tiers", i, "up_to"), "a band ends above the one before", "list the bands from the lowest on"
            )
        reached = reached if tier.up_to is None else middle(tier.up_to)
