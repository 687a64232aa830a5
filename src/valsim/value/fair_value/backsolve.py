"""The backsolve: every company value at which a class is worth what it cost.

The worth of a class need not rise with the value of the company: where a veto or a ratchet makes payouts jump, it may fall. So
it is looked at over a wide grid, evenly spaced in logarithms, each change of sign is narrowed down to the last bits, and so is
each place where it turns before it meets the price.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from valsim.captable.root import rising_root
from valsim.core.errors import ValuationError
from valsim.core.rows import Bools, Row

Worth: TypeAlias = Callable[[Row], Row]
"""What a class is worth at some values of the company, shape ``(n,)``."""

WIDEST = 1e6
"""How many times the headline, or what part of it, a company value is looked for."""
BETWEEN = np.linspace(0.0, 1.0, 33)
"""Where, between the neighbours of a place at which the worth turns, it is looked at more closely."""
FLAT = 1e-9
"""How far, relatively, worths lie apart that rounding alone tells apart."""
LOOKS = 3
"""How often it is: each time sixteen times as closely."""


def backsolve(worth: Worth, price: float, headline: float, points: int) -> Row:
    """Find every company value at which ``worth(value) = price``, the lowest first.

    ``headline`` is the value at which every share costs the price, and ``points`` says how many values around it are looked at.
    Raises :class:`~valsim.core.errors.ValuationError` where no value of the company, between a millionth of the headline and a
    million times it, gives the price, and where so many do that it says nothing of the company.

    >>> backsolve(lambda value: np.sqrt(value), 3.0, 20.0, 241).round(9).tolist()
    [9.0]
    >>> backsolve(lambda value: (value - 6) ** 2, 4.0, 20.0, 241).round(9).tolist()
    [4.0, 8.0]
    """
    values = headline * np.geomspace(1 / WIDEST, WIDEST, points)
    gaps = worth(values) - price
    _refuse_flat(values, gaps, price)
    values, gaps = _with_turns(lambda value: worth(value) - price, values, gaps)
    below = gaps < 0
    crossed = np.flatnonzero(below[1:] != below[:-1])
    if not crossed.size:
        raise ValuationError(_none(gaps + price, price, values))
    low, high = values[crossed], values[crossed + 1]
    rising = np.where(below[crossed], 1.0, -1.0)
    return rising_root(lambda value: rising * (worth(value) - price), low, high, np.sqrt(low * high))


def _with_turns(gap: Worth, values: Row, gaps: Row) -> tuple[Row, Row]:
    """Add the places at which the gap turns before it is seen to change its sign: it may do so between two values."""
    for _ in range(LOOKS):
        away = np.abs(gaps)
        turns = 1 + np.flatnonzero((away[1:-1] < away[:-2]) & (away[1:-1] < away[2:]) & _same_side(gaps))
        if not turns.size:
            break
        left, right = values[turns - 1], values[turns + 1]
        closer = (left + np.multiply.outer(BETWEEN, right - left)).ravel()
        added = np.setdiff1d(closer, values)
        places = np.concatenate([values, added])
        order = np.argsort(places, kind="stable")
        values, gaps = places[order], np.concatenate([gaps, gap(added)])[order]
    return values, gaps


def _refuse_flat(values: Row, gaps: Row, price: float) -> None:
    """Refuse a price that a class is worth over a whole stretch of company values, none of which it tells from another."""
    fits = np.abs(gaps) <= FLAT * price
    if np.any(fits[1:] & fits[:-1]):
        low, high = (f"{values[fits][end]:,.4g}" for end in (0, -1))
        raise ValuationError(
            f"the class is worth {price:,.6g} wherever the company is worth {low} to {high}: its price does not say which. It is "
            "paid the same at nearly every exit; the price of another class may tell"
        )


def _same_side(gaps: Row) -> Bools:
    below = gaps < 0
    return np.asarray((below[1:-1] == below[:-2]) & (below[1:-1] == below[2:]))


def _none(worths: Row, price: float, values: Row) -> str:
    """Say why there is no root."""
    if not np.any(worths > 0):
        return "the class is worth nothing, whatever the company is worth"
    if np.all(worths < price):
        return f"the class is worth at most {worths.max():,.6g} up to a company value of {values[-1]:,.4g}: its price is {price:,.6g}"
    return f"the class is worth {worths.min():,.6g} or more from a company value of {values[0]:,.6g} on: its price is {price:,.6g}"
