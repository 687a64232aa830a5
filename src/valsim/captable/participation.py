"""What preferred shares are paid as a common share is worth more: participation, its cap, and conversion."""

from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from valsim.captable.curve import ZERO, Call
from valsim.captable.measure import stated
from valsim.core.rows import Row

Participation: TypeAlias = Literal["none", "full", "capped"]
"""Whether holders share in the rest besides their preference."""
NONE_MORE: Row = np.ones(())
"""A share is one share: no dividend was paid in more of them."""


class Entitlement(NamedTuple):
    """What a preferred share is entitled to, in multiples of its original issue price; rows of shape ``(n_paths,)`` or scalars.

    ``preference`` is what it is paid first if it does not convert, ``cap`` all that it is paid then; ``in_any_case`` is paid
    besides, also if it converts. ``shares`` is how many shares it has become.
    """

    preference: Row
    cap: Row | None
    in_any_case: Row | None = None
    shares: Row = NONE_MORE


# Thresholds are prices of one common share: what one preferred share is paid over the common shares that it turns into.


def kept_calls(participation: Participation, due: Entitlement, conversion_price: Row, common: Row) -> tuple[Call, ...]:
    """Give the calls of shares that never convert: they participate in nothing, in all, or up to the cap.

    ``conversion_price`` is the original issue price over the common shares that one turns into, ``common`` those of all.
    """
    if participation == "none":
        return ()
    if participation == "full":
        return (Call(ZERO, common),)
    preferred, cap = due.preference * conversion_price, stated(due.cap) * conversion_price
    return Call(ZERO, common), Call(cap - preferred, -common)


def conversion_calls(
    participation: Participation, due: Entitlement, conversion_price: Row, common: Row
) -> tuple[Call, ...]:
    """Give the calls that conversion adds: from where the common shares are worth more than what is kept."""
    if participation == "full":
        return ()
    kept = due.preference if participation == "none" else stated(due.cap)
    return (Call(kept * conversion_price, common),)
