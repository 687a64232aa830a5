"""Conversion as a decision: from which exit value a class converts, and what any choice of all classes pays.

The waterfall has no need of either, for it pays each class the better side at once. They show why it is the better side.
"""

from collections.abc import Collection, Mapping
from itertools import product
from typing import TypeAlias

import numpy as np

from valsim.captable.curve import Curve, total
from valsim.captable.ledger import Ledger
from valsim.captable.waterfall import calls_worth, waterfall
from valsim.core.rows import Row

Profile: TypeAlias = frozenset[str]
"""The classes that convert; every other one keeps what it has."""

NEVER = float("inf")
"""The proceeds above which a class converts that always has more without."""
ROUNDING = 1e-12
"""How far, relatively, a curve is above the one that never converts at least, where converting is better."""


def conversion_values(ledger: Ledger) -> dict[str, float]:
    """Give, for each class of one cap table that can convert, the proceeds above which it does, or ``NEVER``.

    A class converts above the price of a common share at which its curve leaves the one it is paid if it never converts. At
    a price the proceeds are all claims and what all calls are worth. Shares and terms are scalars, as in ``ledger.at(0)``.

    >>> from valsim.captable.security.common import Common
    >>> from valsim.captable.security.preferred import Preferred
    >>> series_a = Preferred.model_construct(original_issue_price=2.5, liquidation_preference_multiple=1.0,
    ...     participation="none", seniority=1.0)
    >>> lots = {("Ada", "common"): 8e6, ("Fund", "series_a"): 2e6}
    >>> conversion_values(Ledger({"common": Common(), "series_a": series_a}, lots))
    {'series_a': 25000000.0}
    """
    curves = {name: security.curve(ledger.outstanding(name)) for name, security in ledger.terms.items()}
    prices = {
        name: _conversion_price(curves[name], security.kept(ledger.outstanding(name)))
        for name, security in ledger.terms.items()
        if security.converts
    }
    return {name: _proceeds_at(curves, price) if price < NEVER else NEVER for name, price in prices.items()}


def _conversion_price(curve: Curve, kept: Curve) -> float:
    """Find the price of a common share from which a curve is above another that it starts with."""
    if not curve.residual_shares > kept.residual_shares:
        return NEVER
    prices = (call.price for call in (*curve.calls, *kept.calls))
    return max(float(price) for price in prices if _gain(curve, kept, price) <= 0)


def _gain(curve: Curve, kept: Curve, price: Row) -> Row:
    """Give what a curve pays above another one at a price, nothing where it is no more than rounding."""
    best = calls_worth(curve.calls, price)
    gain = best - calls_worth(kept.calls, price)
    return np.where(gain > ROUNDING * best, gain, 0.0)


def _proceeds_at(curves: Mapping[str, Curve], price: float) -> float:
    """Give the proceeds that make a common share worth a price."""
    claims = total(claim.amount for curve in curves.values() for claim in curve.claims)
    calls = [call for curve in curves.values() for call in curve.calls]
    return float(claims + calls_worth(calls, np.asarray(price)))


def paid_under(ledger: Ledger, proceeds: Row, converting: Collection[str]) -> Mapping[str, Row]:
    """Give what each class is paid where the named ones convert and no other does, whether or not that is good for them.

    A warrant on a class goes with it. ``proceeds`` is money of any shape. Raises ValueError where something is left that no
    class shares in.
    """
    chosen = {name: _chosen(ledger, name, converting) for name in ledger.series}
    return waterfall(chosen, proceeds).payouts


def _chosen(ledger: Ledger, name: str, converting: Collection[str]) -> Curve:
    security, shares = ledger.terms[name], ledger.outstanding(name)
    return security.converted(shares) if security.follows(name) in converting else security.kept(shares)


def payoff_matrix(ledger: Ledger, proceeds: Row) -> dict[Profile, Mapping[str, Row]]:
    """Give what each class is paid under every choice of the classes that can convert: the game that an exit is to them.

    ``proceeds`` is money of any shape. Where no class gains by another choice of its own, the payouts are the waterfall's.
    """
    able = [name for name, security in ledger.terms.items() if security.converts]
    choices = product((False, True), repeat=len(able))
    profiles = [frozenset(name for name, yes in zip(able, choice, strict=True) if yes) for choice in choices]
    return {profile: paid_under(ledger, proceeds, profile) for profile in profiles}
