"""The small model on paths that QuantLib generates, one by one through Python; from there on whole arrays in NumPy."""

import itertools
import math

import numpy as np
import QuantLib as ql  # noqa: N813 - as its own pages write it

from benchmarks.rivals.classes import COMMON, SERIES_A, Told, paid_out, told
from benchmarks.rivals.small import CASH, DISCOUNT, DRIVERS, HAZARD, LENGTHS, MARGIN, NEW_MONEY, ROUND, SERIES_A_PRICE

TODAY, COUNT, NOWHERE = ql.Date(31, 12, 2025), ql.Actual365Fixed(), ql.NullCalendar()


def run(paths: int, seed: int) -> Told:
    """Generate path after path, then play all at once."""
    ql.Settings.instance().evaluationDate = TODAY
    steps, drivers = len(LENGTHS), len(DRIVERS)
    processes = ql.StochasticProcessArray([_process(*driver) for driver in DRIVERS], np.eye(drivers).tolist())
    uniforms = ql.UniformRandomSequenceGenerator(steps * drivers, ql.UniformRandomGenerator(seed))
    times = [0.0, *itertools.accumulate(LENGTHS)]
    generator = ql.GaussianMultiPathGenerator(processes, times, ql.GaussianRandomSequenceGenerator(uniforms))
    levels = np.empty((paths, drivers, steps + 1))
    for path in levels:
        generated = generator.next().value()
        for driver in range(drivers):
            path[driver] = generated[driver]
    return _played(levels[:, :, 1:], np.random.default_rng(seed))


def _process(start: float, growth: float, volatility: float) -> ql.BlackScholesMertonProcess:
    """Give the geometric Brownian motion that is stepped exactly: that of a share at a flat rate."""
    nothing, rate = (ql.FlatForward(0, NOWHERE, each, COUNT) for each in (0.0, math.log(1 + growth)))
    flat = ql.BlackConstantVol(0, NOWHERE, volatility, COUNT)
    return ql.BlackScholesMertonProcess(
        ql.QuoteHandle(ql.SimpleQuote(start)),
        ql.YieldTermStructureHandle(nothing),
        ql.YieldTermStructureHandle(rate),
        ql.BlackVolTermStructureHandle(flat),
    )


def _played(levels: np.ndarray, chance: np.random.Generator) -> Told:
    users, price, multiple = levels[:, 0], levels[:, 1], levels[:, 2]
    dt, revenue = np.array(LENGTHS), users * price
    equity = multiple * revenue + CASH + np.cumsum(MARGIN * revenue * dt, axis=1)
    sold = chance.random(revenue.shape) < -np.expm1(-HAZARD * dt)
    sold[:, -1] = True
    when = sold.argmax(axis=1)
    funded = when > ROUND
    b_shares = np.where(funded, NEW_MONEY / (equity[:, ROUND] * (1 - DISCOUNT) / (COMMON + SERIES_A)), 0.0)
    b_money = np.where(funded, NEW_MONEY, 0.0)
    return told(*paid_out(equity[np.arange(len(equity)), when] + b_money, b_shares, b_money, SERIES_A_PRICE))
