"""Stated outcomes brought to a company value: either their values give way, or their discount rates, or nothing does."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

import numpy as np

from valsim.captable.curve import total
from valsim.core.inverse import first_above
from valsim.core.rows import Row
from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.outcome import Outcome

FARTHEST = 1e6
"""A spread between two rates per year that nobody has seen."""


class Calibrated(NamedTuple):
    """What stated outcomes are changed by: every value by a factor, and every rate by a spread, continuously compounded; ``(n,)``."""

    factor: Row
    spread: Row


class Stated(NamedTuple):
    """Outcomes as they are stated; ``years`` from today, and ``rates`` continuously compounded, by outcome."""

    outcomes: Mapping[str, Outcome]
    years: Mapping[str, float]
    rates: Mapping[str, float]

    def discounted(self, name: str, spread: Row) -> Row:
        """Give the probability of an outcome, discounted; shape of ``spread``."""
        return float(self.outcomes[name].probability) * np.exp(-(self.rates[name] + spread) * self.years[name])

    def company_value(self) -> float:
        """Give what the company is worth today, as stated."""
        return float(
            total(self.discounted(name, np.zeros(())) * float(each.value) for name, each in self.outcomes.items())
        )

    def worth(self, exits: Exits, changed: Calibrated) -> dict[str, Row]:
        """Give what everybody's payouts are worth today, by payee, shape ``(n,)``."""
        each = []
        for name, outcome in self.outcomes.items():
            paid = exits.after(self.years[name]).diagram(outcome.exit).paid(float(outcome.value) * changed.factor)
            weight = self.discounted(name, changed.spread)
            each.append({payee: weight * row for payee, row in paid.items()})
        return {payee: total(paid[payee] for paid in each) for payee in each[0]}


Calibration: TypeAlias = Callable[[Stated, Row], Calibrated]
"""Brings stated outcomes to company values of shape ``(n,)``."""


def outcome_values(stated: Stated, company_value: Row) -> Calibrated:
    """Multiply the value of every outcome by what the company is worth over what it would be, as stated."""
    return Calibrated(company_value / stated.company_value(), np.zeros(company_value.shape))


def discount_rate(stated: Stated, company_value: Row) -> Calibrated:
    """Add one spread to the rate of every outcome, so that together they are worth the company value."""
    held = [name for name, each in stated.outcomes.items() if each.probability * each.value > 0]
    worths = [np.log(float(stated.discounted(name, np.zeros(())) * stated.outcomes[name].value)) for name in held]

    def rising(spread: Row) -> Row:
        rows = (worth - spread * stated.years[name] for name, worth in zip(held, worths, strict=True))
        return np.asarray(-np.logaddexp.reduce(list(rows)))

    spread = first_above(rising, -np.log(company_value), -FARTHEST, FARTHEST)
    return Calibrated(np.ones(company_value.shape), spread)


def none(stated: Stated, company_value: Row) -> Calibrated:
    """Leave outcomes as they are stated."""
    del stated
    return Calibrated(np.ones(company_value.shape), np.zeros(company_value.shape))
