"""The small model in NumPy as most would write it: arrays of all steps and all paths, a cumulated sum, one exponential."""

import numpy as np

from benchmarks.rivals.classes import COMMON, SERIES_A, Row, Told, paid_out, told
from benchmarks.rivals.small import CASH, DISCOUNT, DRIVERS, HAZARD, LENGTHS, MARGIN, NEW_MONEY, ROUND, SERIES_A_PRICE


def run(paths: int, seed: int) -> Told:
    """Play all paths at once."""
    chance, dt = np.random.default_rng(seed), np.array(LENGTHS)[:, None]

    def levels(start: float, growth: float, volatility: float) -> Row:
        z = chance.standard_normal((len(LENGTHS), paths))
        moves = (np.log1p(growth) - volatility**2 / 2) * dt + volatility * np.sqrt(dt) * z
        result: Row = start * np.exp(np.cumsum(moves, axis=0))
        return result

    users, price, multiple = (levels(*driver) for driver in DRIVERS)
    revenue = users * price
    cash = CASH + np.cumsum(MARGIN * revenue * dt, axis=0)
    equity = multiple * revenue + cash
    sold = chance.random((len(LENGTHS), paths)) < -np.expm1(-HAZARD * dt)
    sold[-1] = True
    when = sold.argmax(axis=0)
    funded = when > ROUND
    b_shares = np.where(funded, NEW_MONEY / (equity[ROUND] * (1 - DISCOUNT) / (COMMON + SERIES_A)), 0.0)
    b_money = np.where(funded, NEW_MONEY, 0.0)
    proceeds = equity[when, np.arange(paths)] + b_money
    return told(*paid_out(proceeds, b_shares, b_money, SERIES_A_PRICE))
