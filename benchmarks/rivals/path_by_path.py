"""The small model as a loop over paths and steps in Python, without any library for the paths."""

import math
import random

import numpy as np

from benchmarks.rivals.classes import COMMON, SERIES_A, Told, told
from benchmarks.rivals.small import CASH, DISCOUNT, DRIVERS, HAZARD, LENGTHS, MARGIN, NEW_MONEY, ROUND, SERIES_A_PRICE


def run(paths: int, seed: int) -> Told:
    """Play one path after the other."""
    random.seed(seed)
    rows = [classes(*one_path()) for _ in range(paths)]
    return told(*np.array(rows).T)


def one_path() -> tuple[float, float]:
    """Play one path until its sale; give what that brings, and the shares of the round."""
    (users, *of_users), (price, *of_price), (multiple, *of_multiple) = DRIVERS
    cash, b_shares = CASH, 0.0
    for step, dt in enumerate(LENGTHS):
        users *= moved(*of_users, dt)
        price *= moved(*of_price, dt)
        multiple *= moved(*of_multiple, dt)
        cash += MARGIN * users * price * dt
        equity = multiple * users * price + cash
        if random.random() < 1 - math.exp(-HAZARD * dt):
            break
        if step == ROUND:
            b_shares = NEW_MONEY / (equity * (1 - DISCOUNT) / (COMMON + SERIES_A))
            cash += NEW_MONEY
    return equity, b_shares


def moved(growth: float, volatility: float, dt: float) -> float:
    """Draw by how much a level is multiplied in a step."""
    drift = (math.log(1 + growth) - volatility**2 / 2) * dt
    return math.exp(drift + volatility * math.sqrt(dt) * random.gauss(0, 1))


def classes(proceeds: float, b_shares: float) -> tuple[float, float, float]:
    """Pay each class: both preferred take their money back, b first, or convert where that brings more."""
    b_money = NEW_MONEY if b_shares else 0.0
    best = (0.0, 0.0, 0.0)
    for a_converts, b_converts in ((False, False), (True, False), (False, True), (True, True)):
        b = 0.0 if b_converts else min(b_money, proceeds)
        a = 0.0 if a_converts else min(SERIES_A * SERIES_A_PRICE, proceeds - b)
        shares = COMMON + a_converts * SERIES_A + b_converts * b_shares
        a_share = (proceeds - a - b) / shares
        a, b = (a_share * SERIES_A if a_converts else a), (a_share * b_shares if b_converts else b)
        stays = a_share <= SERIES_A_PRICE if not a_converts else a_share >= SERIES_A_PRICE
        if stays and (not b_shares or b_converts == (a_share > b_money / b_shares)):
            best = (proceeds - a - b, a, b)
    return best
