"""A root of a rising function on every path at once."""

from collections.abc import Callable

import numpy as np

from valsim.core.rows import Row

TOLERANCE = 1e-14
"""The width, relatively, of the bracket in which a root is found."""
_TURNS = 200


def rising_root(function: Callable[[Row], Row], low: Row, high: Row, start: Row, noise: Row | float = 0.0) -> Row:
    """Solve ``function(x) = 0`` by secants, with a bisection wherever a secant leaves the bracket and every fourth turn.

    ``low``, ``high`` and ``start`` have shape ``(n_paths,)``, with the function below 0 at ``low`` and not below at ``high``.
    A value no larger than ``noise``, its rounding error, counts as 0. A path that has arrived stays where it is, so no path's root depends on the others. For a function of few straight
    pieces, as share counts are, it takes few turns.
    """
    best, before, x, done = high, high, start, np.zeros(high.shape, dtype=bool)
    least = value_before = function(high)
    for turn in range(_TURNS):
        value = function(x)
        low, high = np.where(value < 0, x, low), np.where(value < 0, high, x)
        better = ~done & (np.abs(value) <= np.abs(least))
        best, least = np.where(better, x, best), np.where(better, value, least)
        done |= (np.abs(value) <= noise) | (high - low <= TOLERANCE * high)
        if done.all():
            break
        guess = _guess(turn, x, value, before, value_before, low, high)
        before, value_before, x = x, value, np.where(done, x, guess)
    return best


def _guess(turn: int, x: Row, value: Row, before: Row, value_before: Row, low: Row, high: Row) -> Row:
    with np.errstate(divide="ignore", invalid="ignore"):
        secant = x - value * (before - x) / (value_before - value)
    # A step too short to tell the sides of the root apart goes a little further, so that the bracket closes around it.
    shortest = 0.5 * TOLERANCE * x
    secant = np.where(np.abs(secant - x) < shortest, x - np.sign(value) * shortest, secant)
    inside = (secant >= low) & (secant <= high) & (turn % 4 < 3)
    return np.where(inside, secant, 0.5 * (low + high))
