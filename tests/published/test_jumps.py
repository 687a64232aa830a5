"""Calls on a level with jumps are worth what Haug (1998) tabulates for the model of Merton (1976)."""

import math

import numpy as np
import pytest

from tests.drivers.process.playing import later, process, standard_errors
from tests.published.cases import cases, close
from valsim.core.special import normal_cumulative, normal_quantile
from valsim.drivers.process import Process

(CASE,) = cases("jumps", "jump_diffusion_call")
PRICES = CASE["expected"]["prices"]
ROWS = [
    {**dict(zip(CASE["columns"], row, strict=True)), "price": price}
    for row, price in zip(CASE["rows"], PRICES, strict=True)
]
JUMPS = np.arange(60)


def level(row: dict[str, float]) -> Process:
    """The process of a row: jumps have mean zero and the stated part of the variance."""
    of_jumps = CASE["volatility"] ** 2 * row["part_of_jumps"]
    return process({
        "kind": "jump_diffusion", "start": CASE["spot"], "growth": math.expm1(CASE["interest"]), "growth_of": "mean",
        "volatility": math.sqrt(CASE["volatility"] ** 2 - of_jumps), "jump_frequency": f"{row['jumps_per_year']} per year",
        "jump_mean": 0.0, "jump_volatility": math.sqrt(of_jumps / row["jumps_per_year"]),
    })  # fmt: skip


def by_series(row: dict[str, float]) -> float:
    """The price as a sum over the number of jumps, given which the process is lognormal with the moments that it shows."""
    mean = row["jumps_per_year"] * row["years"]
    chances = np.exp(JUMPS * math.log(mean) - mean - [math.lgamma(n + 1) for n in JUMPS])
    below = np.cumsum(chances) - 0.5 * chances
    known = below < 1 - 1e-12  # what is above is worth nothing, and no shock tells it apart
    shocks = np.zeros((3, 3, known.sum()))
    shocks[1, 0] = shocks[2, 2] = 1.0
    shocks[:, 1] = normal_quantile(below[known])
    center, small, jump = (np.log(level(row).advance(row["years"], each, {}).level({})) for each in shocks)
    spread = np.hypot(small - center, jump - center)
    return float(chances[known] @ discounted(row, call(center, spread, row["strike"])))


def call(center: np.ndarray, spread: np.ndarray, strike: float) -> np.ndarray:
    """The mean of what a lognormal number exceeds a strike by."""
    above = (center - math.log(strike)) / spread
    mean = np.exp(center + spread**2 / 2)
    return mean * normal_cumulative(above + spread) - strike * normal_cumulative(above)


def discounted(row: dict[str, float], amount: np.ndarray) -> np.ndarray:
    return amount * math.exp(-CASE["interest"] * row["years"])


def test_all_135_prices_follow_from_the_moments_of_the_process():
    assert len(ROWS) == 135
    assert close({"prices": [by_series(row) for row in ROWS]}, CASE)


@pytest.mark.parametrize("row", ROWS[::17], ids=lambda row: f"{row['strike']:g} in {row['years']} years")
@pytest.mark.parametrize("steps", [1, 3])
def test_played_paths_are_worth_the_published_price_within_four_standard_errors(row, steps):
    played = later(level(row), [row["years"] / steps] * steps).level({})
    paid = discounted(row, np.maximum(played - row["strike"], 0.0))
    assert standard_errors(paid, row["price"]) < 4
