"""Common shares: they share what is left."""

from typing import ClassVar, Literal

from valsim.captable.curve import ZERO, Call, Curve
from valsim.captable.security.base import Security
from valsim.core.rows import Row


class Common(Security):
    """Common shares take their part of what is left after every claim: ``payout = shares x p``.

    >>> Common(shares="480M").curve(480e6).calls[0].shares
    480000000.0
    """

    example = "{kind: common, shares: 8M}"

    kind: Literal["common"] = "common"
    """Names this kind."""
    is_common: ClassVar[bool] = True

    def curve(self, shares: Row) -> Curve:
        """Give one call from a price of zero."""
        return Curve(calls=(Call(ZERO, shares),))
