"""Exercising a right to buy: the payout curve of an option on any other curve."""

from collections.abc import Iterator

import numpy as np

from valsim.captable.curve import Call, Claim, Curve, ratio, total
from valsim.captable.waterfall import price_at
from valsim.core.rows import Row


def option_on(curve: Curve, exercise_price: Row) -> Curve:
    """Give the curve of the right to pay ``exercise_price`` and be paid as a curve: ``max(payout - exercise_price, 0)``.

    The payout rises with the level, first through the ranks of the claims and then with the price of a common share. So the
    right is a claim that starts where the payout reaches the exercise price, if that is inside a rank, and every later claim
    and call as it is. Prices are money of any shape that broadcasts; the claims of ``curve`` start with their ranks.

    >>> preferred = Curve((Claim(np.float64(1.5), 1.0),), (Call(np.float64(1.5), np.float64(1.0)),))
    >>> right = option_on(preferred, np.float64(1.0))       # in the money when two thirds of the preference are paid
    >>> claim = right.claims[0]
    >>> float(claim.amount), round(float(claim.after), 4), float(right.calls[0].price)
    (0.5, 0.6667, 1.5)
    """
    claimed = total(claim.amount for claim in curve.claims)
    return Curve(tuple(_claims(curve, exercise_price)), _calls(curve, np.maximum(exercise_price - claimed, 0.0)))


def _claims(curve: Curve, unpaid: Row) -> Iterator[Claim]:
    for rank in sorted({claim.seniority for claim in curve.claims}, reverse=True):
        amount = total(claim.amount for claim in curve.claims if claim.seniority == rank)
        kept = np.maximum(amount - unpaid, 0.0)
        yield Claim(kept, rank, np.where(kept > 0, ratio(unpaid, amount), 0.0))
        unpaid = np.maximum(unpaid - amount, 0.0)


def _calls(curve: Curve, unpaid: Row) -> tuple[Call, ...]:
    """Give the calls from the price on at which they are worth what the claims leave unpaid; none where they never are."""
    start = price_at(curve.calls, unpaid)
    return tuple(
        Call(np.maximum(call.price, start), np.where(np.isfinite(start), call.shares, 0.0)) for call in curve.calls
    )
