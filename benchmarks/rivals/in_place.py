"""The small model in NumPy as an expert would write it: some thousand paths at a time, step by step, into the same rows."""

import numpy as np

from benchmarks.rivals.classes import COMMON, SERIES_A, Row, Told, paid_out, told
from benchmarks.rivals.small import CASH, DISCOUNT, DRIVERS, HAZARD, LENGTHS, MARGIN, NEW_MONEY, ROUND, SERIES_A_PRICE

BLOCK = 8_192
"""So many paths fit into the second cache with all their rows."""


def run(paths: int, seed: int) -> Told:
    """Play block after block, each into its slice of what the classes get."""
    chance = np.random.Generator(np.random.SFC64(seed))
    classes = np.empty((3, paths))
    for first in range(0, paths, BLOCK):
        classes[:, first : first + BLOCK] = _block(chance, min(BLOCK, paths - first))
    return told(*classes)


def _block(chance: np.random.Generator, paths: int) -> tuple[Row, Row, Row]:
    logs = [np.full(paths, np.log(start)) for start, _, _ in DRIVERS]
    z, revenue, worth, cash = np.empty(paths), np.empty(paths), np.empty(paths), np.full(paths, CASH)
    left, proceeds, b_shares = np.ones(paths, dtype=bool), np.zeros(paths), np.zeros(paths)
    for step, dt in enumerate(LENGTHS):
        for log, (_, growth, volatility) in zip(logs, DRIVERS, strict=True):
            chance.standard_normal(out=z)
            z *= volatility * np.sqrt(dt)
            z += (np.log1p(growth) - volatility**2 / 2) * dt
            np.add(log, z, out=log)
        np.add(logs[0], logs[1], out=revenue)
        np.add(revenue, logs[2], out=worth)
        np.exp(revenue, out=revenue)
        np.exp(worth, out=worth)
        revenue *= MARGIN * dt
        cash += revenue
        worth += cash
        chance.random(out=z)
        sold = left if step == len(LENGTHS) - 1 else left & (z < -np.expm1(-HAZARD * dt))
        np.copyto(proceeds, worth, where=sold)
        left = left & ~sold
        if step == ROUND:
            np.divide(NEW_MONEY * (COMMON + SERIES_A) / (1 - DISCOUNT), worth, out=b_shares, where=left)
            cash += NEW_MONEY
    return paid_out(proceeds, b_shares, np.where(b_shares > 0, NEW_MONEY, 0.0), SERIES_A_PRICE)
