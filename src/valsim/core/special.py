"""The special functions that valsim needs, with types; each works entry by entry.

SciPy loads them when the first one is used, so what needs none, such as paying out a cap table, starts sooner.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import scipy

from valsim.core.rows import Row


def normal_cumulative(x: Row | float) -> Row:
    """Give the probability that a standard normal number is at or below ``x``, shape of ``x``.

    >>> round(float(normal_cumulative(1.0)), 6)
    0.841345
    """
    return np.asarray(scipy.special.ndtr(x))


def normal_quantile(u: Row | float) -> Row:
    """Give the standard normal number with probability ``u`` below it, shape of ``u``; infinite at 0 and 1.

    >>> round(float(normal_quantile(0.9)), 6)
    1.281552
    """
    return np.asarray(scipy.special.ndtri(u))


def beta_cumulative(alpha: float, beta: float, x: Row | float | Sequence[float]) -> Row:
    """Give the regularised incomplete beta function ``I(alpha, beta; x)``, shape of ``x``."""
    return np.asarray(scipy.special.betainc(alpha, beta, x))


def beta_quantile(alpha: Row | float, beta: Row | float, u: Row | float) -> Row:
    """Give the ``x`` at which :func:`beta_cumulative` is ``u``; shapes broadcast."""
    return np.asarray(scipy.special.betaincinv(alpha, beta, u))


def dilogarithm(x: Any) -> Row:
    """Give Euler's dilogarithm ``Li2(x) = -int_0^x log(1 - s) / s ds`` for ``x`` at most 1, shape of ``x``.

    >>> round(6 * float(dilogarithm(1.0)) ** 0.5, 6) == round(6 * (np.pi**2 / 6) ** 0.5, 6)
    True
    """
    return np.asarray(scipy.special.spence(1 - x))


def logistic(x: Row | float) -> Row:
    """Give ``1 / (1 + exp(-x))``, which rises from 0 to 1 and is even at 0, shape of ``x``.

    >>> round(float(logistic(np.log(3.0))), 12)
    0.75
    """
    share: Row = scipy.special.expit(x)
    return share


def gamma_quantile(shape: Row | float, u: Row | float) -> Row:
    """Give the ``x`` below which a gamma distributed number of this shape and scale 1 is with probability ``u``; shapes broadcast.

    >>> round(float(gamma_quantile(1.0, 1 - np.exp(-2.0))), 12)
    2.0
    """
    return np.asarray(scipy.special.gammaincinv(shape, u))


def poisson_quantile(mean: Row | float, u: Row | float) -> Row:
    """Give the least whole number that a Poisson number of this mean is at or below with probability ``u``; shapes broadcast.

    >>> poisson_quantile(2.0, np.array([0.1, 0.5, 0.99])).tolist()
    [0.0, 2.0, 6.0]
    """
    guess = _guessed(mean, mean, 1.0, u)
    return _least(lambda count: np.asarray(scipy.special.pdtr(count, mean)), guess, u)


def binomial_quantile(trials: Row | float, probability: Row | float, u: Row | float) -> Row:
    """Give the least whole number of successes that so many trials stay at or below with probability ``u``; shapes broadcast.

    >>> binomial_quantile(4.0, 0.5, np.array([0.05, 0.5, 0.95])).tolist()
    [0.0, 2.0, 4.0]
    """
    trials, failure = np.asarray(trials), 1 - np.asarray(probability)
    guess = _guessed(trials * probability, trials * probability * failure, 2 * failure - 1, u)

    def cumulative(count: Row) -> Row:
        inside = count < trials
        left = np.where(inside, trials - count, 1.0)
        return np.where(inside, scipy.special.betainc(left, count + 1, failure), 1.0)

    return _least(cumulative, np.minimum(guess, trials), u)


def _guessed(mean: Any, variance: Any, skew: Any, u: Row | float) -> Row:
    # Cornish and Fisher: a normal number, bent by the skewness of the counts; within one or two of the quantile.
    z = normal_quantile(np.clip(u, 1e-300, 1 - 1e-16))
    bent = mean + np.sqrt(variance) * z + skew * (z * z - 1) / 6
    return np.asarray(np.maximum(np.floor(bent), 0.0))


def _least(cumulative: Callable[[Row], Row], guess: Row, u: Row | float) -> Row:
    """Give the least count whose cumulative probability reaches ``u``, by steps of one from a guess: exact for each entry."""
    count = guess
    while np.any(low := cumulative(count) < u):
        count = count + low
    while np.any(high := (count > 0) & (cumulative(np.maximum(count - 1, 0.0)) >= u)):
        count = count - high
    return np.asarray(count)
