"""Jumps: sudden moves in proportion to the level, at times that nobody knows; for the processes that have them."""

import numpy as np

from valsim.core.rows import Row
from valsim.core.special import normal_cumulative, poisson_quantile


def log_jumps(frequency: Row, mean: Row, volatility: Row, dt: float, shocks: Row) -> Row:
    """Give the logarithm of what the jumps of one step multiply a level by, shape ``(n_paths,)``.

    ``N`` jumps happen, a Poisson number of mean ``frequency dt``. Each multiplies the level by a lognormal number with mean
    ``1 + mean`` whose logarithm has the standard deviation ``volatility``, so that their sum is normal, given ``N``:
    ``N (log(1 + mean) - volatility^2 / 2) + sqrt(N) volatility z`` (Merton 1976, section 3). ``shocks``, of shape
    ``(2, n_paths)``, are standard normal: the first gives ``N`` by the inverse of its distribution, the second is ``z``. So a
    step of any length takes two numbers a path.

    >>> quiet = log_jumps(np.asarray(0.6), np.asarray(-0.2), np.asarray(0.5), 0.25, np.zeros((2, 1)))
    >>> quiet.tolist()
    [0.0]
    """
    number = poisson_quantile(frequency * dt, normal_cumulative(shocks[0]))
    center = np.log1p(mean) - 0.5 * volatility * volatility
    moved: Row = number * center + np.sqrt(number) * volatility * shocks[1]
    return moved


def mean_of_jumps(frequency: Row, mean: Row, dt: float) -> Row:
    """Give the logarithm of the mean of what the jumps of one step multiply a level by: ``frequency mean dt``."""
    return frequency * mean * dt
