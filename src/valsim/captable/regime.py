"""Regimes: which rights hold at an exit; inside one each class is one payout curve."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from valsim.captable.curve import Curve
from valsim.captable.security import Security
from valsim.core.rows import Bools, Row


class Regime(NamedTuple):
    """A set of rules for an exit: the curve that it gives so many shares of a class, by name and terms."""

    curve: Callable[[str, Security, Row], Curve]


def _agreed(_: str, security: Security, shares: Row) -> Curve:
    return security.curve(shares)


def _converted(_: str, security: Security, shares: Row) -> Curve:
    return security.converted(shares)


def _listed(_: str, security: Security, shares: Row) -> Curve:
    return security.listed(shares)


as_agreed = Regime(_agreed)
"""A sale or a wind-down: preferences are paid, and each class converts where that is better for it."""
all_converted = Regime(_converted)
"""Every preferred share is common, and no preference is paid."""
all_listed = Regime(_listed)
"""A listing in which every preferred share becomes common, as many as its ratchet gives it."""


def but(usual: Regime, other: Regime, where: Mapping[str, Bools]) -> Regime:
    """Give the regime in which the classes that are named are under the other one on some paths, and the usual one elsewhere.

    What follows a class, such as warrants on it, is under the same one.
    """

    def curve(name: str, security: Security, shares: Row) -> Curve:
        usually, there = usual.curve(name, security, shares), where.get(security.follows(name))
        if there is None:
            return usually
        one, two = _on(other.curve(name, security, shares), there), _on(usually, ~there)
        return Curve((*one.claims, *two.claims), (*one.calls, *two.calls))

    return Regime(curve)


def _on(curve: Curve, where: Bools) -> Curve:
    """Give the curve that pays on some paths and nothing on the others; what nobody holds there changes no bit."""
    claims = (claim._replace(amount=np.where(where, claim.amount, 0.0)) for claim in curve.claims)
    calls = (call._replace(shares=np.where(where, call.shares, 0.0)) for call in curve.calls)
    return Curve(tuple(claims), tuple(calls))
