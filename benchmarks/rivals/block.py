"""The model of ``scenarios/block.yaml`` in NumPy as an expert would write it: some thousand paths at a time, into the same rows.

Every driver that can be is kept as a logarithm, so that a product of drivers is one exponential; what all paths share is worked
out once as a plain number.
"""

import math
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import NamedTuple

import numpy as np

from benchmarks.rivals.classes import COMMON, SERIES_A, Row, Told, paid_out, told

DAYS = (90, 91, 92, 92, 90, 91, 92, 92, 91, 91, 92, 92, 90, 91, 92, 92, 90, 91, 92, 92, 90, 91, 92, 92)
LENGTHS = tuple(days / 365.25 for days in DAYS)
"""The steps in years: the quarters from 2026 to 2031."""
OPEN = range(1, 6)
"""The steps at whose ends the milestone closing may happen."""
CASH, SERIES_A_PRICE, NEW_MONEY, DISCOUNT = 150e6, 9.0, 100e6, 0.2
MILESTONE, LISTED_FROM, LISTING, SALE = 60e6, 150e6, 0.2, 0.06
OFFER_DISCOUNT, SALE_DISCOUNT, END_DISCOUNT = 0.1, 0.1, 0.15
BLOCK = 4_096
NODES, WEIGHTS = np.polynomial.legendre.leggauss(8)


class Brownian(NamedTuple):
    """A geometric Brownian driver."""

    start: float
    growth: float
    volatility: float

    def step(self, log: Row, z: Row, dt: float) -> None:
        """Move the logarithm by one step; the shock is lost."""
        z *= self.volatility * math.sqrt(dt)
        z += (math.log1p(self.growth) - self.volatility**2 / 2) * dt
        log += z


class Reverting(NamedTuple):
    """A driver that is pulled back to its mean, on the log scale."""

    start: float
    mean: float
    half_life: float
    volatility: float

    def step(self, log: Row, z: Row, dt: float) -> None:
        """Move the logarithm by one step; the shock is lost."""
        speed = math.log(2) / self.half_life
        pulled = -math.expm1(-speed * dt)
        z *= self.volatility * math.sqrt(-math.expm1(-2 * speed * dt) / (2 * speed))
        z += (math.log(self.mean) - self.volatility**2 / (4 * speed)) * pulled
        log *= 1 - pulled
        log += z


DRIVERS: dict[str, Brownian | Reverting] = {
    "users": Brownian(5e6, 0.30, 0.40),
    "paying": Reverting(0.04, 0.06, 2.0, 0.20),
    "price": Brownian(120.0, 0.03, 0.10),
    "tokens": Brownian(400_000.0, 0.60, 0.30),
    "token_cost": Brownian(0.000006, -0.40, 0.25),
    "engineers": Brownian(80.0, 0.25, 0.10),
    "salary": Brownian(400_000.0, 0.05, 0.05),
    "marketing": Reverting(0.12, 0.10, 1.0, 0.25),
    "multiple": Reverting(15.0, 7.0, 1.3, 0.45),
}
ENTERPRISE, MARKET, ENTERPRISE_GROWTH, ENTERPRISE_PERSISTENCE, ENTERPRISE_VOLATILITY = 10e6, 2e9, 1.2, 0.7, 0.3
OVERHEAD, OVERHEAD_GROWTH, OVERHEAD_PERSISTENCE, ERROR_BUILDS_OVER = 8e6, 0.15, 0.9, 2.0
ERROR_MEDIAN, ERROR_SPREAD = math.sqrt(0.9 * 1.5), math.log(1.5 / 0.9) / (2 * 1.2815515655446004)


def run(paths: int, seed: int, workers: int) -> Told:
    """Play all paths, shared out evenly over processes."""
    sizes = [len(part) for part in np.array_split(np.arange(-(-paths // BLOCK)), workers)]
    seeds = np.random.SeedSequence(seed).spawn(workers)
    if workers == 1:
        parts = [_paths(sizes[0], seeds[0])]
    else:
        with ProcessPoolExecutor(workers, get_context("fork")) as pool:
            parts = list(pool.map(_paths, sizes, seeds))
    return told(*np.concatenate(parts, axis=1)[:, :paths])


def _paths(blocks: int, seed: np.random.SeedSequence) -> Row:
    chance, classes = np.random.Generator(np.random.SFC64(seed)), np.empty((3, blocks * BLOCK))
    for first in range(0, blocks * BLOCK, BLOCK):
        classes[:, first : first + BLOCK] = _block(chance)
    return classes


def _block(chance: np.random.Generator) -> tuple[Row, Row, Row]:
    empty = partial(np.empty, BLOCK)
    logs = {name: np.full(BLOCK, math.log(driver.start)) for name, driver in DRIVERS.items()}
    enterprise, cash, z, arr, costs, row = (
        np.full(BLOCK, ENTERPRISE),
        np.full(BLOCK, CASH),
        *(empty() for _ in range(4)),
    )
    error = math.log(ERROR_MEDIAN) + ERROR_SPREAD * chance.standard_normal(BLOCK)
    left, listed = np.ones(BLOCK, dtype=bool), np.zeros(BLOCK, dtype=bool)
    proceeds, b_shares, time = np.zeros(BLOCK), np.zeros(BLOCK), 0.0
    for step, dt in enumerate(LENGTHS):
        for name, driver in DRIVERS.items():
            chance.standard_normal(out=z)
            driver.step(logs[name], z, dt)
        chance.standard_normal(out=z)
        _sell_to_enterprises(enterprise, z, row, time, dt)
        time += dt
        _earn(logs, enterprise, error, time, arr, costs, row)
        np.subtract(arr, costs, out=row)
        row *= dt
        cash += row
        chance.random(out=z)
        _leave(logs["multiple"], arr, cash, z, dt, left, listed, proceeds)
        if step in OPEN:
            now = np.flatnonzero(left & (arr >= MILESTONE) & (b_shares == 0))
            equity = np.maximum(np.exp(logs["multiple"][now]) * arr[now] + cash[now], 0.0)
            b_shares[now] = NEW_MONEY * (COMMON + SERIES_A) / (equity * (1 - DISCOUNT))
            cash[now] += NEW_MONEY
    now = np.flatnonzero(left)
    proceeds[now] = np.maximum((1 - END_DISCOUNT) * np.exp(logs["multiple"][now]) * arr[now] + cash[now], 0.0)
    return _classes(proceeds, b_shares, listed)


def _sell_to_enterprises(level: Row, z: Row, row: Row, time: float, dt: float) -> None:
    """Grow towards the market with a growth that fades, then move by the shock."""
    kept = math.exp(-_log_growth(ENTERPRISE_GROWTH, ENTERPRISE_PERSISTENCE, time, dt))
    np.multiply(level, (1 - kept) / MARKET, out=row)
    row += kept
    level /= row
    z *= ENTERPRISE_VOLATILITY * math.sqrt(dt)
    z -= ENTERPRISE_VOLATILITY**2 * dt / 2
    np.exp(z, out=z)
    level *= z


def _log_growth(growth: float, persistence: float, time: float, dt: float) -> float:
    """Give the log growth of a step: the integral of ``log(1 + growth persistence^t)``, by Gauss and Legendre."""
    at = time + dt * (NODES + 1) / 2
    return float(dt / 2 * np.sum(WEIGHTS * np.log1p(growth * persistence**at)))


def _earn(logs: dict[str, Row], enterprise: Row, error: Row, time: float, arr: Row, costs: Row, row: Row) -> None:
    """Work out recurring revenue and all costs."""
    np.add(logs["users"], logs["paying"], out=arr)
    arr += logs["price"]
    np.exp(arr, out=arr)
    arr += enterprise
    np.exp(logs["marketing"], out=costs)
    costs *= arr
    for names in (("users", "tokens", "token_cost"), ("engineers", "salary")):
        np.add(logs[names[0]], logs[names[1]], out=row)
        for name in names[2:]:
            row += logs[name]
        np.exp(row, out=row)
        costs += row
    planned = math.log(OVERHEAD) + _log_growth(OVERHEAD_GROWTH, OVERHEAD_PERSISTENCE, 0.0, time)
    np.multiply(error, min(time / ERROR_BUILDS_OVER, 1.0), out=row)
    row += planned
    np.exp(row, out=row)
    costs += row


def _leave(log: Row, arr: Row, cash: Row, z: Row, dt: float, left: Row, listed: Row, proceeds: Row) -> None:
    """Let listings and sales compete: the same number says whether the company leaves, and how."""
    listing = np.where(arr >= LISTED_FROM, LISTING, 0.0)
    chance = -np.expm1(-(listing + SALE) * dt)
    now = np.flatnonzero(left & (z < chance))
    lists = z[now] < chance[now] * listing[now] / (listing[now] + SALE)
    worth = np.exp(log[now]) * arr[now]
    offered = np.maximum(worth + cash[now], 0.0) * (1 - OFFER_DISCOUNT)
    proceeds[now] = np.where(lists, offered, np.maximum(worth * (1 - SALE_DISCOUNT) + cash[now], 0.0))
    listed[now], left[now] = lists, False


def _classes(proceeds: Row, b_shares: Row, listed: Row) -> tuple[Row, Row, Row]:
    """Pay each class; in a listing all are common."""
    sold = paid_out(proceeds, b_shares, np.where(b_shares > 0, NEW_MONEY, 0.0), SERIES_A_PRICE)
    a_share = proceeds / (COMMON + SERIES_A + b_shares)
    converted = (COMMON * a_share, SERIES_A * a_share, b_shares * a_share)
    common, a, b = (np.where(listed, one, other) for one, other in zip(converted, sold, strict=True))
    return common, a, b
