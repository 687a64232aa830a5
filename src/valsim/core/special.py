"""The special functions that valsim needs, with types; each works entry by entry.

SciPy loads them when the first one is used, so what needs none, such as paying out a cap table, starts sooner.
"""

from collections.abc import Sequence
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
