"""Turning one thing in a scenario: the same paths before and after, so that what differs is what was turned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

import valsim
from valsim.analysis.health import present_value
from valsim.captable.financing.outcome import DONE
from valsim.core.rows import Row
from valsim.result import Estimate, Result, estimate
from valsim.scenario.load import load

SHIPPED = Path(__file__).resolve().parents[2] / "scenarios"
PATHS = 4096
SURELY = 5
"""Standard errors from which on a difference is taken for one."""


@dataclass(frozen=True)
class Turned:
    """Two results of the same random numbers; every difference is after less before, over paths, with its standard error."""

    before: Result
    after: Result

    def outcome(self, *key: str) -> Estimate:
        """The difference of a number that each path came to, such as ``("holder", "Alibaba", "proceeds")``; real-world."""
        return estimate(self.after.outcomes[key].astype(float) - self.before.outcomes[key])

    def value(self) -> Estimate:
        """The difference of the present value of all opening classes; risk-neutral."""
        return estimate(present_value(self.after) - present_value(self.before))

    def funded(self, *tranche: str) -> Estimate:
        """The difference of the chance that a tranche is funded."""
        one, other = (_funded(result, *tranche) for result in (self.after, self.before))
        return estimate(one.astype(float) - other)

    def ended(self, way: str) -> Estimate:
        """The difference of the chance that a path ends in a way."""
        one, other = (_ended(result, way) for result in (self.after, self.before))
        return estimate(one.astype(float) - other)

    def on(self, day: str, row: str) -> Estimate:
        """The difference of a row on the last date of the grid up to a day, over paths that are private in both then."""
        at = max(step.index for step in self.before.scenario.steps if step.date <= date.fromisoformat(day))
        both = self.before.history.alive[at] & self.after.history.alive[at]
        return estimate(self.after.history.series[row][at][both] - self.before.history.series[row][at][both])


def turned(*changes: str, against: Sequence[str] = (), scenario: str = "moonshot-2026-10b") -> Turned:
    """Play a shipped scenario with changes, such as ``company.cash=2B USD``, and with those that it is held against, or none.

    Both are played from the opening multiple as it is written, so that a lower value is not scaled back to the last price. A date
    that one of them adds to the grid would make all later random numbers others, and is refused: give it to both.
    """
    both = Turned(played(scenario, tuple(against)), played(scenario, changes))
    assert both.before.scenario.steps == both.after.scenario.steps, "the two have different dates"
    return both


@cache
def played(scenario: str, changes: tuple[str, ...]) -> Result:
    """A shipped scenario with changes, at the opening multiple that is written in it."""
    document = load(SHIPPED / f"{scenario}.yaml", ["valuation.anchor=none", *changes])
    return valsim.simulate(document, paths=PATHS, threads=1)


def rises(change: Estimate, errors: float = SURELY) -> bool:
    """Whether something is higher after than before, beyond the noise of so many paths."""
    return change.mean > errors * change.standard_error


def falls(change: Estimate, errors: float = SURELY) -> bool:
    """Whether something is lower after than before, beyond the noise of so many paths."""
    return change.mean < -errors * change.standard_error


def chance_funded(result: Result, *tranche: str) -> float:
    """The chance that a tranche is funded."""
    return float(_funded(result, *tranche).mean())


def _funded(result: Result, *tranche: str) -> Row:
    return np.isin(result.outcomes["tranche", *tranche, "code"], DONE)


def _ended(result: Result, way: str) -> Row:
    return result.outcomes["exit",] == list(result.scenario.exits).index(way)
