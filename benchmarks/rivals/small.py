"""The numbers of ``scenarios/small.yaml``; a test holds them against the document."""

import numpy as np

DAYS = (90, 91, 92, 92, 90, 91, 92, 92, 91, 91, 92, 92, 90, 91, 92, 92, 90, 91, 92, 92)
"""The days of the quarters from 2026 to 2030."""
LENGTHS = tuple(days / 365.25 for days in DAYS)
"""The steps in years."""
ROUND = 3
"""The step at whose end the round closes."""

USERS, USERS_GROWTH, USERS_VOLATILITY = 1e6, 0.25, 0.45
PRICE, PRICE_GROWTH, PRICE_VOLATILITY = 20.0, 0.05, 0.15
MULTIPLE, MULTIPLE_GROWTH, MULTIPLE_VOLATILITY = 12.0, -0.10, 0.45
DRIVERS = (
    (USERS, USERS_GROWTH, USERS_VOLATILITY),
    (PRICE, PRICE_GROWTH, PRICE_VOLATILITY),
    (MULTIPLE, MULTIPLE_GROWTH, MULTIPLE_VOLATILITY),
)
"""Start, effective growth per year and volatility of each."""
MARGIN, CASH, HAZARD = 0.1, 20e6, 0.15
SERIES_A_PRICE = 2.5
NEW_MONEY, DISCOUNT = 50e6, 0.2


def mean_of_proceeds() -> float:
    """Give the mean of what a sale brings, in closed form.

    All drivers are independent, nothing falls below zero, and a sale is as likely in every company: the mean is that of
    ``multiple users price + cash`` at the end of each step, weighted with the chance that the company is sold there.
    """
    users, price, multiple = (np.log1p(growth) for _, growth, _ in DRIVERS)
    time, left, cash, mean = 0.0, 1.0, CASH, 0.0
    for step, dt in enumerate(LENGTHS):
        time += dt
        revenue = USERS * PRICE * np.exp((users + price) * time)
        cash += MARGIN * revenue * dt
        worth = MULTIPLE * np.exp(multiple * time) * revenue + cash
        sold = left * -np.expm1(-HAZARD * dt) if step < len(LENGTHS) - 1 else left
        mean, left = mean + sold * worth, left - sold
        if step == ROUND:
            cash += NEW_MONEY
    return float(mean)
