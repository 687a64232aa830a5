"""Regimes: which rights hold at an exit; inside one each class is one payout curve."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from valsim.captable.curve import Curve
from valsim.captable.security import Security
from valsim.core.rows import Bools, Row

CurveOf: TypeAlias = Callable[[str, Security, Row], Curve]
"""Gives the curve of so many shares of a class, by name and terms."""


class Regime(NamedTuple):
    """A set of rules for an exit: the curve that it gives a class, and the one that the class has if it never converts."""

    curve: CurveOf
    kept: CurveOf


def _agreed(_: str, security: Security, shares: Row) -> Curve:
    return security.curve(shares)


def _kept(_: str, security: Security, shares: Row) -> Curve:
    return security.kept(shares)


def _converted(_: str, security: Security, shares: Row) -> Curve:
    return security.converted(shares)


def _listed(_: str, security: Security, shares: Row) -> Curve:
    return security.listed(shares)


as_agreed = Regime(_agreed, _kept)
"""A sale or a wind-down: preferences are paid, and each class converts where that is better for it."""
all_converted = Regime(_converted, _converted)
"""Every preferred share is common, and no preference is paid."""
all_listed = Regime(_listed, _listed)
"""A listing in which every preferred share becomes common, as many as its ratchet gives it."""


def but(usual: Regime, other: Regime, where: Mapping[str, Bools]) -> Regime:
    """Give the regime in which the classes that are named are under the other one on some paths, and the usual one elsewhere.

    What follows a class, such as warrants on it, is under the same one.
    """
    return Regime(*(_either(one, two, where) for one, two in zip(usual, other, strict=True)))


def _either(usual: CurveOf, other: CurveOf, where: Mapping[str, Bools]) -> CurveOf:
    def curve(name: str, security: Security, shares: Row) -> Curve:
        usually, there = usual(name, security, shares), where.get(security.follows(name))
        return usually if there is None else other(name, security, shares).where(there).beside(usually.where(~there))

    return curve
