"""The waterfall: who is paid what out of the proceeds of an exit, on every path at once, exactly and without a root finder.

First the claims are paid by seniority. What is left raises the price ``p`` of a common share until

    sum over all calls of shares x max(p - price, 0) = residual

Sorted by price, the calls make this a broken line in ``p``, which is inverted by cumulating it.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from valsim.captable.curve import Call, Claim, Curve, ratio, total
from valsim.core.rows import Row

BLOCK = 8192
"""Paths solved at a time: what stays in the processor's cache. No path's result depends on it."""

ROUNDING = 1e-12
"""How far, relatively, two breakpoints are apart at least."""


KEEPS, CONVERTS, INDIFFERENT = 0, 1, 2
"""What a class that may convert does; it is indifferent where both pay it the same."""

Decision: TypeAlias = npt.NDArray[np.int8]
"""``KEEPS``, ``CONVERTS`` or ``INDIFFERENT``, in the shape of the proceeds."""


SAME = 1e-9
"""How far, relatively, two payouts are apart at most to count as the same."""


class Payouts(NamedTuple):
    """What each class is paid, the price of one common share that makes it so, and what of it the claims are paid.

    ``decided`` says of classes that had to be asked whether they convert: ``KEEPS``, ``CONVERTS`` or ``INDIFFERENT``.
    """

    payouts: Mapping[str, Row]
    price: Row
    claimed: Mapping[str, Row]
    decided: Mapping[str, Decision] = {}


def waterfall(curves: Mapping[str, Curve], proceeds: Row) -> Payouts:
    """Pay out proceeds: claims by seniority, then the residual by common shares, each class taking its better side.

    ``proceeds`` is money of any shape; amounts, prices and shares of the curves are scalars or broadcast to it.

    Raises ValueError for negative or unknown proceeds, and where something is left that no class shares in.

    >>> from valsim.captable.curve import Claim
    >>> senior = Curve((Claim(5e6, 1),), (Call(2.5, 2e6),))     # converts when a common share is worth more than 2.5
    >>> common = Curve((), (Call(0.0, 8e6),))
    >>> paid = waterfall({"common": common, "series_a": senior}, np.array([15e6, 35e6])).payouts
    >>> paid["series_a"].tolist()
    [5000000.0, 7000000.0]
    """
    proceeds = checked(proceeds)
    claimed, residual = pay_claims(curves, proceeds)
    price = common_price([call for curve in curves.values() for call in curve.calls], residual)
    payouts = {name: claimed[name] + calls_worth(curve.calls, price) for name, curve in curves.items()}
    return Payouts(payouts, price, claimed)


def checked(proceeds: Row) -> Row:
    """Give proceeds as an array; raise ValueError where they are negative or unknown."""
    proceeds = np.asarray(proceeds, dtype=float)
    fit = (proceeds >= 0) & np.isfinite(proceeds)
    if not np.all(fit):
        raise ValueError(f"proceeds are money, zero or more, got {np.ravel(proceeds)[~fit.ravel()][0]:g}")
    return proceeds


def pay_claims(curves: Mapping[str, Curve], proceeds: Row) -> tuple[dict[str, Row], Row]:
    """Pay the claims by seniority, equal ones pro rata: give what each class is paid, and what is left."""
    left, paid = proceeds, dict.fromkeys(curves, np.zeros_like(proceeds))
    for rank in ranks(curves):
        claims = _claims(curves, rank)
        due = total(claim.amount for _, claim in claims)
        covered = np.minimum(left, due)
        filled = _filled([claim for _, claim in claims], covered, due)
        for name, claim in claims:
            paid[name] = paid[name] + claim.paid(filled)
        left = left - covered
    return paid, left


def _claims(curves: Mapping[str, Curve], rank: float) -> list[tuple[str, Claim]]:
    """List the claims of a rank by class."""
    return [(name, claim) for name, curve in curves.items() for claim in curve.claims if claim.seniority == rank]


def _filled(claims: Sequence[Claim], covered: Row, due: Row) -> Row:
    """Find the fraction of a rank that is filled: where its claims are paid ``covered`` together, out of ``due``."""
    if not any(np.any(claim.after) for claim in claims):
        return ratio(covered, due)
    starting = [Call(claim.after, claim.amount / (1 - claim.after)) for claim in claims]
    return np.where(covered < due, np.minimum(common_price(starting, covered), 1.0), 1.0)


def ranks(curves: Mapping[str, Curve]) -> list[float]:
    """List the seniorities of a cap table's claims, in the order in which they are paid."""
    return sorted({claim.seniority for curve in curves.values() for claim in curve.claims}, reverse=True)


def common_price(calls: Sequence[Call], residual: Row) -> Row:
    """Find the price of a common share at which the calls are worth ``residual`` together: the lowest, where several are."""
    price = price_at(calls, residual)
    if not np.all(np.isfinite(price)):
        raise ValueError("no class shares in what is left after the claims")
    return price


def price_at(calls: Sequence[Call], worth: Row) -> Row:
    """Find the price of a common share at which calls are ``worth`` so much: the lowest, infinite where none is high enough."""
    worth = np.broadcast_to(worth, np.broadcast_shapes(*map(np.shape, chain([worth], *calls))))
    if not calls:
        return np.where(worth > 0, np.inf, 0.0)
    shape, flat = np.shape(worth), np.ravel(worth)
    prices, shares = _table([call.price for call in calls], shape), _table([call.shares for call in calls], shape)
    result = np.empty(flat.shape)
    for start in range(0, flat.size, BLOCK):
        part = slice(start, start + BLOCK)
        result[part] = _inverted(_cut(prices, part), _cut(shares, part), flat[part])
    return result.reshape(shape)


def _table(rows: Sequence[Row], shape: tuple[int, ...]) -> Row:
    """Stack rows, shape ``(calls, 1)`` where all are scalars and ``(calls, paths)`` elsewhere."""
    if all(np.ndim(row) == 0 for row in rows):
        return np.asarray(rows, dtype=float).reshape(len(rows), 1)
    return np.stack([np.broadcast_to(row, shape).ravel() for row in rows])


def _cut(table: Row, part: slice) -> Row:
    return table if table.shape[1] == 1 else table[:, part]


def _inverted(prices: Row, shares: Row, residual: Row) -> Row:
    """Walk up the calls by price; the last one that the residual reaches decides. Shapes ``(calls, paths)``."""
    order = np.argsort(prices, axis=0, kind="stable")
    prices, shares = np.take_along_axis(prices, order, axis=0), np.take_along_axis(shares, order, axis=0)
    before, worth, slope, result = np.zeros(1), np.zeros(1), np.zeros(1), np.zeros(residual.shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        for price, change in zip(prices, shares, strict=True):
            held = (
                change != 0
            )  # a call that nobody holds on a path is no step there, so that other paths' series change no bit
            worth = np.where(held, worth + slope * (price - before), worth)
            slope, before = slope + change, np.where(held, price, before)
            result = np.where(worth < residual, before + (residual - worth) / slope, result)
    return result


def calls_worth(calls: Sequence[Call], price: Row) -> Row:
    """Give what calls are worth together at a price of a common share."""
    # A call that nobody holds on a path may have no price there, and fmax takes nothing for what is not a number.
    return total(call.shares * np.fmax(price - call.price, 0.0) for call in calls)


def breakpoints(curves: Mapping[str, Curve]) -> Row:
    """List the proceeds of one cap table, all numbers scalars, at which some class's part of the next dollar changes."""
    claims = [0.0]
    for rank in ranks(curves):
        starts = np.array([*(claim.after for _, claim in _claims(curves, rank) if claim.amount > 0), 1.0])
        claims.extend(claims[-1] + total(claim.paid(starts) for _, claim in _claims(curves, rank)))
    calls = [call for curve in curves.values() for call in curve.calls if call.shares != 0]
    prices = np.array([float(call.price) for call in calls])
    worth = claims[-1] + np.asarray(total(calls_worth([call], prices) for call in calls))
    found = np.sort(np.concatenate([claims, np.ravel(worth)]))
    apart = np.diff(found, prepend=0.0) > ROUNDING * found
    return found[apart]
