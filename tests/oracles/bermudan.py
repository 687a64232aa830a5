"""A put that may be exercised on some dates only, valued backward through a binomial tree: what an exercise policy is held to."""

import numpy as np

DATES_A_YEAR = 50
"""As in the published tables that are said to be of American options."""


def bermudan_put(spot, strike, volatility, risk_free, years, steps_between=40):
    """What the put is worth today; the tree takes ``steps_between`` steps from one date to the next.

    With an odd number of steps the strike lies between two nodes, with an even one on a node: the mean of both, which err to opposite
    sides, is taken.
    """
    both = [
        _through_a_tree(spot, strike, volatility, risk_free, years, steps)
        for steps in (steps_between, steps_between + 1)
    ]
    return sum(both) / 2


def _through_a_tree(spot, strike, volatility, risk_free, years, steps_between):
    dates = round(years * DATES_A_YEAR)
    steps = dates * steps_between
    dt = years / steps
    up = np.exp(volatility * np.sqrt(dt))
    probability = (np.exp(risk_free * dt) - 1 / up) / (up - 1 / up)
    discounted = np.exp(-risk_free * dt) * np.array([1 - probability, probability])
    worth = np.maximum(strike - spot * up ** np.arange(-steps, steps + 1, 2.0), 0)
    for step in range(steps - 1, -1, -1):
        worth = discounted[0] * worth[:-1] + discounted[1] * worth[1:]
        if step % steps_between == 0 and step > 0:
            worth = np.maximum(worth, strike - spot * up ** np.arange(-step, step + 1, 2.0))
    return float(worth[0])
