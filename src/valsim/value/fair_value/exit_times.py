"""A few exit times that stand for all of them, for what depends on the day of the exit."""

import numpy as np

from valsim.core.rows import Row


def exit_times(rate: float, count: int) -> tuple[Row, Row]:
    """Give exit times and their weights, which stand for an exponential time with a rate.

    Gauss and Legendre's nodes in ``u``, where ``exp(-rate t) = (1 - u^2)^2``: the worth of an option moves with the root of a
    short time and less and less at a long one, so that in ``u`` it is smooth at both ends.

    >>> years, weights = exit_times(0.25, 16)
    >>> round(float((weights * np.exp(-0.05 * years)).sum()), 5), round(0.25 / 0.3, 5)
    (0.83333, 0.83333)
    """
    nodes, weights = np.polynomial.legendre.leggauss(count)
    u = (nodes + 1) / 2
    return -2 * np.log1p(-(u**2)) / rate, weights * 2 * u * (1 - u**2)
