"""Regimes: which rights hold at an exit; inside one each class is one payout curve."""

from collections.abc import Callable
from typing import NamedTuple

from valsim.captable.curve import Curve
from valsim.captable.security import Security
from valsim.core.rows import Row


class Regime(NamedTuple):
    """A set of rules for an exit: the curve that it gives so many shares of a security."""

    curve: Callable[[Security, Row], Curve]


def _agreed(security: Security, shares: Row) -> Curve:
    return security.curve(shares)


def _converted(security: Security, shares: Row) -> Curve:
    return security.converted(shares)


as_agreed = Regime(_agreed)
"""A sale or a wind-down: preferences are paid, and each class converts where that is better for it."""
all_converted = Regime(_converted)
"""A listing with automatic conversion: every preferred share is common, and no preference is paid."""
