"""A part of the price of a sale that is held back."""

import numpy as np

from valsim.core.block import Block
from valsim.core.parameter import BelowOne, Fraction, PositiveDuration
from valsim.core.rows import Row


class Escrow(Block):
    """A part of the price that is held back for claims of the buyer, and released later less what they take.

    Holders get ``W(V1)`` at the closing and ``W(V1 + V2) - W(V1)`` at the release, where ``W`` is the waterfall of all that was
    paid until then, ``V1`` the price less the escrow and ``V2`` what is released. So a preference that the closing did not
    fill is filled by the release.
    """

    example = "{fraction: 10%, release_after: 18 months, claims: {family: beta, p10: 1%, p90: 20%}}"

    fraction: BelowOne
    """The part that is held back of what shareholders get together at the price of the sale."""
    release_after: PositiveDuration
    """The time from the closing to the release."""
    claims: Fraction
    """The part of the escrow that goes back to the buyer."""

    @property
    def lost(self) -> Row:
        """The part of the price that shareholders never get."""
        return np.asarray(self.fraction * self.claims)

    @property
    def released(self) -> Row:
        """The part that is released of what shareholders get in the end: ``f (1 - c) / (1 - f c)``."""
        return np.asarray(self.fraction * (1 - self.claims) / (1 - self.lost))
