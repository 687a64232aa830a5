"""Plays one process by itself."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tests.core.parameter.known import KNOWN
from valsim.core.parameter import realise
from valsim.core.streams import Streams
from valsim.drivers.process import Process

PATHS = 32_768
STEPS = {"a year": [1.0], "quarters": [0.25] * 4, "uneven": [0.1, 0.0, 0.55, 0.05, 0.3]}
"""Ways to cut a year into steps, in years."""


def process(given: Mapping[str, Any]) -> Process:
    """Read a process and replace its numbers by their values."""
    return realise(Process.choose(given), KNOWN)


def later(start: Process, lengths: Sequence[float], rows: Mapping[str, Any] | None = None) -> Process:
    """Play steps of these lengths, each with its own shocks."""
    streams = Streams(11, 0, PATHS // 4096, PATHS)
    for dt in lengths:
        shock = shocks_of(start, streams)
        start = start.advance(dt, shock, rows or {})
    return start


def shocks_of(process: Process, streams: Streams) -> np.ndarray:
    """Draw the shocks of one step as a run does: none, one row, or one row for each."""
    drawn = [streams.normal(f"shock {k}" if k else "shock") for k in range(process.shocks)]
    return np.zeros(()) if not drawn else drawn[0] if len(drawn) == 1 else np.stack(drawn)


def still(start: Process, lengths: Sequence[float], rows: Mapping[str, Any] | None = None) -> float:
    """Give the level after steps without any shock."""
    quiet = np.zeros(() if start.shocks < 2 else (start.shocks, 1))
    for dt in lengths:
        start = start.advance(dt, quiet, rows or {})
    return float(np.squeeze(start.level(rows or {})))


def standard_errors(sample: np.ndarray, mean: float) -> float:
    """Give how many standard errors the mean of a sample is from what it should be."""
    return abs(float(sample.mean()) - mean) / (float(sample.std()) / np.sqrt(sample.size))


def standard_errors_of_deviation(sample: np.ndarray, deviation: float) -> float:
    """Give how many standard errors the standard deviation of a normal sample is from what it should be."""
    return abs(float(sample.std()) - deviation) / (deviation / np.sqrt(2 * sample.size))
