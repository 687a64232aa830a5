"""A carve-out that what its recipients get for their shares is set off against."""

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
from pydantic import Field

from valsim.captable.curve import total
from valsim.captable.liquidity.senior.carve_out.base import CarveOut, Equity
from valsim.captable.liquidity.senior.carve_out.tiered import Tier, banded, tier_problems
from valsim.captable.measure import stated
from valsim.captable.root import rising_root
from valsim.core.block import nearest_help
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction
from valsim.core.rows import Row

NOISE = 1e-15
"""The rounding error of what holders are paid, relatively to all that is paid."""


class Offset(CarveOut):
    """A fraction of the exit, less what its recipients together get for shares of their own.

    With ``g`` promised, ``V`` left after debt and ``E`` what the recipients are paid for their shares of what is then left,
    ``x = max(0, g - E(V - x))``. ``x + E(V - x)`` never falls as ``x`` rises, so one ``x`` makes it ``g``, found on every path
    at once.
    """

    example = "{kind: offset, fraction: 10%, recipients: [Ada], base: after_debt, paid_at: [acquisition]}"

    kind: Literal["offset"] = "offset"
    """Names this kind."""
    fraction: Fraction | None = None
    """The part of the base that is promised; or ``tiers``."""
    tiers: tuple[Tier, ...] | None = Field(
        default=None, strict=False, min_length=1, examples=["[{up_to: 20M USD, fraction: 10%}, {fraction: 6%}]"]
    )
    """The bands of the base and the part of each that is promised, from the lowest on; or ``fraction``."""
    recipients: tuple[str, ...] = Field(strict=False, min_length=1)
    """The holders whose shares are set off, counted together."""

    def promised(self, base: Row) -> Row:
        """Give the fraction, or the sum over the bands."""
        return banded(self.tiers, base) if self.tiers is not None else stated(self.fraction) * base

    def paid(self, base: Row, left: Row, equity: Equity) -> Row:
        """Give what tops up what the recipients get to what they were promised."""
        promised = np.minimum(self.promised(base), left)
        last, value = np.full_like(left, np.nan), np.zeros_like(left)

        def excess(paid: Row) -> Row:
            # Where a path has arrived it asks the same again, and the whole waterfall is not solved for it once more.
            moved = np.flatnonzero(paid != last)
            if moved.size:
                by_holder = equity((left - paid)[moved], moved)
                theirs = total(by_holder[name] for name in self.recipients if name in by_holder)
                value[moved], last[moved] = paid[moved] + theirs - promised[moved], paid[moved]
            return value.copy()

        nothing = np.zeros_like(left)
        # What is missing where nothing is paid is the root where what the recipients get does not hang on what is paid.
        missing = np.maximum(-excess(nothing), 0.0)
        most = np.where(missing > 0, promised, 0.0)
        return rising_root(excess, nothing, most, missing, NOISE * left) if most.any() else nothing

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a promise that is stated twice or not at all, and recipients that hold nothing."""
        yield from super().problems(context)
        if (self.fraction is None) == (self.tiers is None):
            yield Problem((), "the carve-out is a fraction, or tiers of several", "state one of them", "key")
        yield from tier_problems(self.tiers or ())
        for i, name in enumerate(self.recipients):
            if name not in context:
                message = f"no holder {name!r} in positions, so there are no shares to set off"
                yield Problem(
                    ("recipients", i), message, nearest_help(name, context) or "name a holder, or kind: gross"
                )
