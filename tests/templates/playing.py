"""Plays templates on few paths, and reads figures of their companies year by year."""

from itertools import pairwise

import numpy as np

import valsim
from tests.templates.minimal import minimal
from valsim.result import Result

PATHS = 500
SOON = ("valuation.anchor=none", "horizon=4 years")
"""Short enough for a test, long enough for a business to turn."""


def played(template: str, *overrides: str) -> Result:
    """Play the least file on a template for a few years, without an anchor."""
    return valsim.simulate(minimal(template, *SOON, *overrides), paths=PATHS, threads=1)


def at(result: Result, row: str, years: float) -> np.ndarray:
    """Give a row of the companies that are still private after so many years, one number a path, NaN for the others."""
    times = np.array([step.time for step in result.scenario.steps])
    step = int(np.argmin(abs(times - years)))
    return np.where(result.history.alive[step], result.history.series[row][step], np.nan)


def middle(result: Result, row: str, years: float) -> float:
    """Give the median of a row over the companies that are still private after so many years."""
    return float(np.nanmedian(at(result, row, years)))


def growth(result: Result, row: str, years: int) -> list[float]:
    """Give the median growth of a row in each of the first years."""
    levels = [at(result, row, year) for year in range(years + 1)]
    return [float(np.nanmedian(later / early - 1)) for early, later in pairwise(levels)]


def left(rates: list[float]) -> list[float]:
    """Give each year's growth over that of the year before."""
    return [later / early for early, later in pairwise(rates)]


def value(result: Result) -> float:
    """Give what the last class is worth today."""
    return float(result.valued["class", "last", "present value"].mean())
