"""A put that may be exercised on some dates, as a problem of decisions: when to stop."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tests.training.by_rule import FIRST
from valsim.core.policy import Decided, Decision, Policy
from valsim.core.rows import Row
from valsim.core.streams import BATCH, Streams
from valsim.scenario.choices import Overtaken
from valsim.training.problem import Played

WAIT, EXERCISE = 0, 1
DATES_A_YEAR = 50


@dataclass(frozen=True)
class Prices:
    """Prices of given paths, shape ``(dates, n_paths)``, whatever the seed."""

    rows: Row

    @property
    def dates(self):
        return len(self.rows)

    def __call__(self, seed, paths):
        del seed, paths
        return self.rows


@dataclass(frozen=True)
class Brownian:
    """Prices of geometric Brownian motion under the risk-neutral measure on 50 dates a year; the last sample is kept."""

    spot: float
    volatility: float
    rate: float
    years: float
    drawn: dict[Any, Row] = field(default_factory=dict)

    @property
    def dates(self):
        return round(self.years * DATES_A_YEAR)

    def __call__(self, seed, paths):
        if (seed, paths) not in self.drawn:
            self.drawn.clear()
            streams, step = Streams(seed, 0, -(-paths // BATCH), paths), 1 / DATES_A_YEAR
            moves = np.stack([streams.normal("price") for _ in range(self.dates)])
            drift = (self.rate - self.volatility**2 / 2) * step
            self.drawn[seed, paths] = self.spot * np.exp(np.cumsum(drift + self.volatility * step**0.5 * moves, axis=0))
        return self.drawn[seed, paths]


@dataclass(frozen=True)
class Put:
    """The problem; ``discount`` is what a unit of money at the next date is worth at this one."""

    prices: Prices | Brownian
    strike: float
    discount: float
    explores: Policy = FIRST  # it waits, so that every date is reached
    state: tuple[str, ...] = ("price",)
    overtaken: Overtaken = field(default_factory=dict)

    @property
    def decisions(self):
        return tuple(
            Decision("put", "put", str(date), "met", ("wait", "exercise")) for date in range(1, self.prices.dates)
        )

    def play(self, policies: Sequence[Policy], seed: int, paths: int):
        prices = self.prices(seed, paths)
        return [self._played(policy, prices) for policy in policies]

    def _played(self, policy, prices):
        date, price, decided = self.stopped(policy, prices)
        value = np.maximum(self.strike - price, 0) * self.discount**date
        return Played({decision.key: value for decision in self.decisions}, decided)

    def stopped(self, policy, prices):
        """The date and the price at which each path ends, exercised or not, and the decisions on the way."""
        left, decided = np.arange(prices.shape[1]), {}
        date, price = np.full(left.size, self.prices.dates), prices[-1].copy()
        for today, (decision, now) in enumerate(zip(self.decisions, prices, strict=False), 1):
            here = now[left]
            choice = policy(decision, {"price": here}, here < self.strike)
            exercised = (here < self.strike) & (choice == EXERCISE)
            date[left[exercised]], price[left[exercised]] = today, here[exercised]
            if policy.notes:
                reached = np.zeros(date.size, dtype=bool)
                reached[left[here < self.strike]] = True
                decided[decision.key] = Decided(reached, choice, {"price": now})
            left = left[~exercised]
        return date, price, decided


def drawn_put(case) -> Put:
    """The put of a published case."""
    prices = Brownian(case["value"], case["volatility"], case["risk_free"], case["years"])
    return Put(prices, case["strike"], float(np.exp(-case["risk_free"] / DATES_A_YEAR)))
