"""Turning one thing in a scenario: the same paths before and after, so that what differs is what was turned."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

import valsim
from tests.golden.shipped import golden
from valsim.analysis.health import present_value
from valsim.captable.financing.outcome import DONE
from valsim.core.clusters import ALONE
from valsim.core.rows import Row
from valsim.result import Anchor, Estimate, Result, estimate
from valsim.scenario.load import load

SHIPPED = Path(__file__).resolve().parents[2] / "scenarios"
PATHS = 2048
SURELY = 5
"""Standard errors from which on a difference is taken for one."""


@dataclass(frozen=True)
class Turned:
    """Two results of the same random numbers; every difference is after less before, over paths, with its standard error."""

    before: Result
    after: Result

    def outcome(self, *key: str) -> Estimate:
        """The difference of a number that each path came to, such as ``("holder", "Alibaba", "proceeds")``; real-world."""
        return estimate(self.after.outcomes[key].astype(float) - self.before.outcomes[key], ALONE)

    def value(self) -> Estimate:
        """The difference of the present value of all opening classes; risk-neutral."""
        return estimate(present_value(self.after) - present_value(self.before), ALONE)

    def share(self, series: str) -> Estimate:
        """The difference of the present value of a share, as a part of the mean before; risk-neutral."""
        one, other = (result.valued["class", series, "present value per share"] for result in (self.after, self.before))
        return estimate((one - other) / other.mean(), ALONE)

    def funded(self, *tranche: str) -> Estimate:
        """The difference of the chance that a tranche is funded."""
        one, other = (_funded(result, *tranche) for result in (self.after, self.before))
        return estimate(one.astype(float) - other, ALONE)

    def loses(self, holder: str) -> Estimate:
        """The difference of the chance that a holder gets back less than it puts in, over paths on which it invests in both."""
        both = np.logical_and(
            *(result.outcomes["holder", holder, "invested"] > 0 for result in (self.before, self.after))
        )
        return estimate((_loses(self.after, holder).astype(float) - _loses(self.before, holder))[both], ALONE)

    def lost(self, holder: str) -> Estimate:
        """The difference of what a holder puts in and does not get back."""
        return estimate(_lost(self.after, holder) - _lost(self.before, holder), ALONE)

    def worth(self, holder: str) -> Estimate:
        """The difference of the present value of all that a holder gets; risk-neutral."""
        return estimate(
            self.after.valued["holder", holder, "present value"]
            - self.before.valued["holder", holder, "present value"],
            ALONE,
        )

    def ended(self, way: str) -> Estimate:
        """The difference of the chance that a path ends in a way."""
        one, other = (_ended(result, way) for result in (self.after, self.before))
        return estimate(one.astype(float) - other, ALONE)

    def on(self, day: str, row: str) -> Estimate:
        """The difference of a row on the last date of the grid up to a day, over paths that are private in both then."""
        at = max(step.index for step in self.before.scenario.steps if step.date <= date.fromisoformat(day))
        both = self.before.history.alive[at] & self.after.history.alive[at]
        return estimate(self.after.history.series[row][at][both] - self.before.history.series[row][at][both], ALONE)


def turned(*changes: str, against: Sequence[str] = (), scenario: str = "moonshot-2026-10b") -> Turned:
    """Play a shipped scenario with changes, such as ``company.cash=2B USD``, and with those that it is held against, or none.

    Both are played from the opening multiple at which the last round of the scenario as it is shipped was worth its price, so that
    a lower value is not scaled back to it. A date that one of them adds to the grid would make all later random numbers others,
    and is refused: give it to both.
    """
    both = Turned(played(scenario, tuple(against)), played(scenario, changes))
    assert both.before.scenario.steps == both.after.scenario.steps, "the two have different dates"
    return both


@cache
def played(scenario: str, changes: tuple[str, ...], beside: str = "", variant: str = "") -> Result:
    """A shipped scenario with changes, or a case of a file that stands beside it and extends it, at the opening multiple that the
    run of the scenario on record came to.
    """
    scale = json.loads(golden(scenario).read_text())["anchor_scale"]
    found = load(SHIPPED / f"{beside or scenario}.yaml", changes, variant=variant)
    return valsim.simulate(found, paths=PATHS, threads=1, anchor=Anchor(scale, 0.0))


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


def _lost(result: Result, holder: str) -> Row:
    """What each path leaves unpaid of what a holder put in."""
    invested, proceeds = (result.outcomes["holder", holder, what] for what in ("invested", "proceeds"))
    return np.maximum(invested - proceeds, 0.0)


def _loses(result: Result, holder: str) -> Row:
    return _lost(result, holder) > 0
