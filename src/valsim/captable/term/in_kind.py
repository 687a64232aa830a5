"""In kind: what an investor pays of a closing in compute credits and not in cash."""

from pydantic import Field

from valsim.core.block import Block
from valsim.core.parameter import Fraction, PositiveDuration


class InKind(Block):
    """The part of an investor's payment that is credits for its computers: new money at face, and never cash.

    It counts in the new money, in the valuation after it, in the shares and in what the investor invested. What it pays for
    is said once, under ``compute_credits``.
    """

    example = "{share: 45%, cost: 60%, expires_after: 3 years}"

    share: Fraction
    """The part of what the investor pays in the closing that is credits, at face."""
    cost: Fraction = Field(examples=["60%"])
    """What credits of 1 cost the investor to provide, a fraction of face: its returns are shown at face and at this cost."""
    expires_after: PositiveDuration = Field(examples=["3 years"])
    """How long after the closing they can be used; what is left then is lost."""
