"""Payout curves: what a class of shares is paid, as data that the waterfall reads without asking for a kind.

At a price ``p`` of one common share a class is paid

    payout(p) = sum of its claims + sum of shares x max(p - price, 0) over its calls

so conversion, participation, caps and exercise prices are all claims and calls.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from valsim.core.rows import Bools, Row

ZERO: Row = np.zeros(())
"""Nothing, on every path."""


class Claim(NamedTuple):
    """Money that is paid before any common share is: claims of a higher ``seniority`` first, equal ones pro rata.

    Where a fraction ``f`` of a rank is filled, a claim is paid ``amount max(f - after, 0) / (1 - after)``. So one that starts
    ``after`` a fraction from 0 to below 1, such as a warrant that is exercised inside the rank, is paid ``amount`` in the end.
    """

    amount: Row
    seniority: float
    after: Row = ZERO

    def paid(self, filled: Row) -> Row:
        """Give what the claim is paid where so much of its rank is filled, a fraction."""
        if np.any(self.after):
            filled = np.maximum(filled - self.after, 0.0) / (1 - self.after)
        return self.amount * filled


class Call(NamedTuple):
    """A change in slope: from ``price`` of one common share on, the class shares in ``shares`` more of them (or fewer)."""

    price: Row
    shares: Row


class Curve(NamedTuple):
    """What a class is paid inside one regime: a continuous, non-decreasing function of the price of a common share."""

    claims: tuple[Claim, ...] = ()
    calls: tuple[Call, ...] = ()

    def times(self, shares: Row) -> "Curve":
        """Give what so many shares are paid, where this is what one is."""
        claims = (Claim(each(shares, claim.amount), claim.seniority, claim.after) for claim in self.claims)
        return Curve(tuple(claims), tuple(Call(call.price, each(shares, call.shares)) for call in self.calls))

    def where(self, paths: Bools) -> "Curve":
        """Give what is paid the same on some paths and nothing on the others; what nobody holds there changes no bit."""
        claims = (claim._replace(amount=np.where(paths, claim.amount, 0.0)) for claim in self.claims)
        calls = (call._replace(shares=np.where(paths, call.shares, 0.0)) for call in self.calls)
        return Curve(tuple(claims), tuple(calls))

    def beside(self, other: "Curve") -> "Curve":
        """Give what is paid where this is paid and another one besides."""
        return Curve((*self.claims, *other.claims), (*self.calls, *other.calls))

    def somewhere(self) -> "Curve":
        """Give the same without the claims and calls that are nothing on every path, which change no bit of what is paid."""
        claims = (claim for claim in self.claims if np.any(claim.amount))
        return Curve(tuple(claims), tuple(call for call in self.calls if np.any(call.shares)))

    @property
    def residual_shares(self) -> Row:
        """The common shares it counts as when every claim, cap and exercise price lies far below."""
        return total(call.shares for call in self.calls)


def total(rows: Iterable[Row]) -> Row:
    """Add up rows in their order, so that a path's sum does not depend on how many paths there are."""
    result = ZERO
    for row in rows:
        result = result + row
    return result


def stacked(rows: Iterable[Row]) -> Row:
    """Stack rows, shape ``(rows, n_paths)``, or ``(rows, 1)`` where all are scalars."""
    rows = [np.atleast_1d(row) for row in rows]
    return np.stack(np.broadcast_arrays(*rows))


def each(shares: Row, terms: Row) -> Row:
    """Multiply shares by a term of one share; where there are no shares their terms are not read, whatever they are."""
    return np.where(np.asarray(shares) > 0, shares * terms, 0.0)


def ratio(part: Row, whole: Row) -> Row:
    """Divide, and give 0 where ``whole`` is 0."""
    part, whole = np.broadcast_arrays(part, whole)
    return np.divide(part, whole, out=np.zeros(part.shape), where=whole != 0)
