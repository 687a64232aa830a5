"""The small model as a function that squigglepy samples: a path at a time, each driver's shocks drawn at once or one by one."""

import math

import numpy as np
import squigglepy as sq

from benchmarks.rivals.classes import COMMON, SERIES_A, Told, told
from benchmarks.rivals.path_by_path import classes
from benchmarks.rivals.small import CASH, DISCOUNT, DRIVERS, HAZARD, LENGTHS, MARGIN, NEW_MONEY, ROUND

DT = np.array(LENGTHS)
SHOCK, CHANCE = sq.norm(mean=0, sd=1), sq.uniform(0, 1)


def run(paths: int, seed: int) -> Told:
    """Sample the model whose drivers draw all their shocks at once."""
    sq.set_seed(seed)
    return told(*sq.sample(all_at_once, n=paths).T)


def run_draw_by_draw(paths: int, seed: int) -> Told:
    """Sample the model that draws a number where it needs one, as the examples of squigglepy do."""
    sq.set_seed(seed)
    return told(*sq.sample(draw_by_draw, n=paths).T)


def all_at_once() -> np.ndarray:
    """Play one path, its steps as arrays."""
    users, price, multiple = (_levels(*driver) for driver in DRIVERS)
    revenue = users * price
    equity = multiple * revenue + CASH + np.cumsum(MARGIN * revenue * DT)
    sold = sq.sample(CHANCE, n=len(DT)) < 1 - np.exp(-HAZARD * DT)
    when = int(sold.argmax()) if sold.any() else len(DT) - 1
    if when <= ROUND:
        return np.array(classes(float(equity[when]), 0.0))
    b_shares = NEW_MONEY / (equity[ROUND] * (1 - DISCOUNT) / (COMMON + SERIES_A))
    return np.array(classes(float(equity[when] + NEW_MONEY), float(b_shares)))


def _levels(start: float, growth: float, volatility: float) -> np.ndarray:
    z = sq.sample(SHOCK, n=len(DT))
    levels: np.ndarray = start * np.exp(
        np.cumsum((math.log(1 + growth) - volatility**2 / 2) * DT + volatility * np.sqrt(DT) * z)
    )
    return levels


def draw_by_draw() -> np.ndarray:
    """Play one path, step by step, each number drawn by itself."""
    levels, cash, b_shares = [start for start, _, _ in DRIVERS], CASH, 0.0
    for step, dt in enumerate(LENGTHS):
        for i, (_, growth, volatility) in enumerate(DRIVERS):
            drift, spread = (math.log(1 + growth) - volatility**2 / 2) * dt, volatility * math.sqrt(dt)
            levels[i] *= math.exp(~sq.norm(mean=drift, sd=spread))
        revenue = levels[0] * levels[1]
        cash += MARGIN * revenue * dt
        equity = levels[2] * revenue + cash
        if ~sq.bernoulli(1 - math.exp(-HAZARD * dt)):
            break
        if step == ROUND:
            b_shares = NEW_MONEY / (equity * (1 - DISCOUNT) / (COMMON + SERIES_A))
            cash += NEW_MONEY
    return np.array(classes(float(equity), float(b_shares)))
