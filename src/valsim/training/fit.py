"""Fitting: from what one alternative added on each path, paired with another, to a score that the state alone tells."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from valsim.core.rows import Bools, Row, Rows
from valsim.training.coordinate import Coordinate, coordinates
from valsim.training.least_squares import Moments
from valsim.training.score import Score, features, terms_of

Fit: TypeAlias = Callable[[Rows, Row], Score]
"""Explains a gain, shape ``(n_paths,)``, by rows of the state of the same paths."""

MOST = 4
"""How many rows a score looks at, at most."""
PATHS_A_TERM = 25
"""A polynomial has at most one term for so many paths."""
PASSES = 2
"""How often it is fitted: the second time where it matters, beside the places at which the first changes its sign."""


def weighted_fit(rows: Rows, gain: Row) -> Score:
    """Explain a gain by a polynomial of the rows that tell most, so that its sign is right.

    Only the sign of a score is used, and gains have heavy tails: a fit by plain least squares follows the few paths on which the
    company becomes huge, where nobody is in doubt. The second pass weighs a path by ``1 / (s^2 + m^2)``, with ``s`` the score
    of the first and ``m`` the median size of what it leaves unexplained. Of no path nothing is learned: the score is zero.
    """
    score, weights = Score((), (), ()), np.ones(gain.size)
    if not gain.size:
        return score
    candidates = coordinates(rows)
    columns = [each(rows) for each in candidates]
    for _ in range(PASSES):
        telling = most_telling(columns, gain, weights)
        score = polynomial([candidates[i] for i in telling], rows, gain, weights)
        weights = _weights(score(rows, gain.size), gain)
    return score if _pays(score(rows, gain.size) > 0, gain) else Score((), ((),), (float(np.mean(gain)),))


def _pays(chosen: Bools, gain: Row) -> bool:
    """Say whether choosing by a score gains more, on its own paths, than always or never taking the alternative, beyond half a
    standard error: one that does not follows noise.
    """
    always = bool(np.sum(gain) > 0)
    more = np.where(chosen == always, 0.0, gain if not always else -gain)
    return bool(np.sum(more) > 0.5 * np.sqrt(np.sum(more**2)))


def polynomial(chosen: Sequence[Coordinate], rows: Rows, gain: Row, weights: Row) -> Score:
    """Fit the polynomial of some coordinates; of as many terms as the paths can tell."""
    terms = terms_of(len(chosen))[: max(gain.size // PATHS_A_TERM, 1)]
    columns = features(terms, [each(rows) for each in chosen], gain.size)
    found = Moments.of(np.stack(columns), gain, weights).solved()
    return Score(tuple(chosen), terms, tuple(found.tolist()))


def _weights(score: Row, gain: Row) -> Row:
    spread = float(np.median(np.abs(gain - score)))
    weights = score**2 + spread**2
    smallest = float(np.min(weights))
    return smallest / weights if smallest > 0 else np.ones(gain.size)


def most_telling(columns: Sequence[Row], gain: Row, weights: Row) -> list[int]:
    """Choose coordinates one after another, by their places: each time the one that with its square explains most of what is
    left; after the first, as long as that pays by the Bayesian information criterion (Schwarz 1978).
    """
    size, count = gain.size, len(columns)
    everything = np.stack([np.ones(size), *columns, *(column**2 for column in columns)])
    moments = Moments.of(everything, gain, weights)
    chosen: list[int] = []
    left = moments.only([0]).left
    while len(chosen) < min(MOST, count):
        others = [i for i in range(count) if i not in chosen]
        lefts = [moments.only(_places([*chosen, i], count)).left for i in others]
        least = min(lefts)
        if chosen and size * np.log(left / least if least > 0 else 1.0) <= 2 * np.log(size):
            break
        chosen.append(others[lefts.index(least)])
        left = least
    return chosen


def _places(chosen: Sequence[int], count: int) -> list[int]:
    return [0, *(1 + i for i in chosen), *(1 + count + i for i in chosen)]
