"""The special functions that valsim needs, with types; each works entry by entry.

SciPy loads them when the first one is used, so what needs none, such as paying out a cap table, starts sooner.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import scipy

from valsim.core.rows import Bools, Row


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


def bivariate_normal_cumulative(x: Row | float, y: Row | float, correlation: Row | float) -> Row:
    """Give the probability that two standard normal numbers of this correlation are at or below ``x`` and ``y``; shapes broadcast.

    ``(N(x) + N(y) - d) / 2 - T(x, (y / x - rho) / s) - T(y, (x / y - rho) / s)`` with Owen's ``T``, ``s = sqrt(1 - rho^2)`` and ``d =
    1`` where exactly one of the numbers is below 0. Source: Owen, Annals of Mathematical Statistics 27(4), 1956, equation 2.1.

    >>> round(float(bivariate_normal_cumulative(0.0, 0.0, 0.5)), 12) == round(1 / 3, 12)
    True
    """
    x, y, rho = np.broadcast_arrays(*(np.asarray(number, dtype=float) for number in (x, y, correlation)))
    # Beyond 40 deviations a probability is 0 or 1 in doubles; a ratio of 0 to 0 has the limit of two equal numbers.
    x, y = (np.where(row == 0, 1e-300, np.clip(row, -40.0, 40.0)) for row in (x, y))
    unshared = np.sqrt((1 - rho) * (1 + rho))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        slopes = [(b / a - rho) / unshared for a, b in ((x, y), (y, x))]
    apart = (x < 0) != (y < 0)
    owen = [scipy.special.owens_t(a, slope) for a, slope in zip((x, y), slopes, strict=True)]
    joint = (normal_cumulative(x) + normal_cumulative(y) - apart) / 2 - owen[0] - owen[1]
    together = np.where(
        rho > 0, normal_cumulative(np.minimum(x, y)), np.maximum(normal_cumulative(x) - normal_cumulative(-y), 0.0)
    )
    return np.asarray(np.clip(np.where(unshared == 0, together, joint), 0.0, 1.0))


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
    shape, u = np.broadcast_arrays(shape, u)
    rest = shape != 1  # a single exponential has a closed form, and single ones are what is asked for most
    with np.errstate(divide="ignore"):
        found = np.asarray(-np.log1p(-u))
    if shape.ndim == 1:
        rest = np.flatnonzero(rest)  # cut by number, as a mask takes a branch for each entry
    found[rest] = scipy.special.gammaincinv(shape[rest], u[rest])
    return found


def poisson_quantile(mean: Row | float, u: Row | float) -> Row:
    """Give the least whole number that a Poisson number of this mean is at or below with probability ``u``; shapes broadcast.

    >>> poisson_quantile(2.0, np.array([0.1, 0.5, 0.99])).tolist()
    [0.0, 2.0, 6.0]
    """
    mean, u = np.asarray(mean), np.asarray(u)
    few = mean <= FEW
    return _chosen(few, _few_poisson, _many_poisson, mean, u)


def binomial_quantile(trials: Row | float, probability: Row | float, u: Row | float) -> Row:
    """Give the least whole number of successes that so many trials stay at or below with probability ``u``; shapes broadcast.

    >>> binomial_quantile(4.0, 0.5, np.array([0.05, 0.5, 0.95])).tolist()
    [0.0, 2.0, 4.0]
    """
    trials, failure, u = np.asarray(trials), np.asarray(1 - np.asarray(probability)), np.asarray(u)
    few = (trials <= FEW) & (failure < 1 - RARE)
    return _chosen(few, _few_binomial, _many_binomial, trials, failure, u)


FEW = 30.0
"""Counts up to about this are found by adding up their probabilities one by one."""
RARE = 1e-9
"""A rarer success would take the first of those probabilities below the range of numbers."""


def _chosen(few: Bools, by_counting: Callable[..., Row], by_guessing: Callable[..., Row], *numbers: Row) -> Row:
    """Give the one where there are ``few``, else the other; which of them depends on each entry alone."""
    if np.all(few):
        return by_counting(*numbers)
    if not np.any(few):
        return by_guessing(*numbers)
    few, *numbers = np.broadcast_arrays(few, *numbers)  # type: ignore[assignment]
    found = np.empty(few.shape)
    found[few] = by_counting(*(row[few] for row in numbers))
    found[~few] = by_guessing(*(row[~few] for row in numbers))
    return found


def _few_poisson(mean: Row, u: Row) -> Row:
    return _counted(np.exp(-mean), lambda count, term: term * (mean / (count + 1)), mean, u)


def _many_poisson(mean: Row, u: Row) -> Row:
    guess = _guessed(mean, mean, 1.0, u)
    return _least(lambda count: np.asarray(scipy.special.pdtr(count, mean)), guess, u)


def _few_binomial(trials: Row, failure: Row, u: Row) -> Row:
    # Contracts mostly last, so there are fewer failures to count: successes reach u where failures are first above 1 - u.
    odds = failure / (1 - failure)

    def later(count: int, term: Row) -> Row:
        return term * (np.maximum(trials - count, 0.0) / (count + 1) * odds)

    failures = _counted((1 - failure) ** trials, later, trials, np.nextafter(1 - u, 2.0))
    return np.maximum(trials - failures, 0.0)


def _many_binomial(trials: Row, failure: Row, u: Row) -> Row:
    guess = _guessed(trials * (1 - failure), trials * (1 - failure) * failure, 2 * failure - 1, u)

    def cumulative(count: Row) -> Row:
        inside = count < trials
        left = np.where(inside, trials - count, 1.0)
        return np.where(inside, scipy.special.betainc(left, count + 1, failure), 1.0)

    return _least(cumulative, np.minimum(guess, trials), u)


def _counted(first: Row, later: Callable[[int, Row], Row], most_likely_below: Row, u: Row) -> Row:
    """Count up from zero until the probabilities, each made from the one before, add up to ``u``."""
    term, reached, count = first, first, 0
    found = np.zeros(np.broadcast_shapes(first.shape, most_likely_below.shape, u.shape))
    # Past the likeliest count a term that is lost in rounding ends the sum, which may stay an ulp below 1.
    while np.any(low := (reached < u) & ((count <= most_likely_below) | (term > LOST))):
        found = found + low
        term = later(count, term)
        reached, count = reached + term, count + 1
    return found


LOST = 2.0**-60
"""A probability that changes no sum of probabilities any more."""


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
