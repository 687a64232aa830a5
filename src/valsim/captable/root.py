"""A root of a rising function on every path at once."""

from collections.abc import Callable

import numpy as np

from valsim.core.rows import Row

TOLERANCE = 1e-14
"""How far, relatively, a root may be from the next guess."""
_TURNS = 200


def rising_root(function: Callable[[Row], Row], low: Row, high: Row, start: Row) -> Row:
    """Solve ``function(x) = 0`` by secants, with a bisection wherever a secant leaves the bracket and every fourth turn.

    ``low``, ``high`` and ``start`` have shape ``(n_paths,)``, with the function below 0 at ``low`` and not below at ``high``.
    A path that has arrived stays where it is, so no path's root depends on the others. For a function of few straight
    pieces, as share counts are, it takes few turns.
    """
    before, value_before, x, done = high, function(high), start, np.zeros(high.shape, dtype=bool)
    for turn in range(_TURNS):
        value = function(x)
        low, high = np.where(value < 0, x, low), np.where(value < 0, high, x)
        with np.errstate(divide="ignore", invalid="ignore"):
            secant = x - value * (before - x) / (value_before - value)
        inside = (secant >= low) & (secant <= high) & (turn % 4 < 3)
        guess = np.where(inside, secant, 0.5 * (low + high))
        done |= (value == 0) | (np.abs(guess - x) <= TOLERANCE * x)
        if done.all():
            break
        before, value_before, x = (
            np.where(done, before, x),
            np.where(done, value_before, value),
            np.where(done, x, guess),
        )
    return x
