"""Playing until numbers are known as exactly as was asked: how many paths further, seen from what was played so far."""

import math
from dataclasses import dataclass
from typing import TypeAlias

from valsim.analysis.measured import Measured
from valsim.analysis.precision.precision import Precision
from valsim.result import Result
from valsim.scenario.model import Scenario

ALONG = 0.05
"""So much more is played than the standard error says is missing, as it is itself an estimate."""
LEAST = 0.1
"""At least so much of what was played is played next, so that it is looked at few times."""

Found: TypeAlias = tuple[Precision, Measured]
"""What was asked for, and what a result says."""


@dataclass(frozen=True)
class Until:
    """Says how many paths further a run should play until every number is known as exactly as was asked.

    After ``n`` paths with a standard error ``s``, where ``e`` is allowed, about ``n (s / e)^2`` are enough: fixed-width sequential
    estimation (Chow and Robbins 1965, "On the asymptotic theory of fixed-width sequential confidence intervals for the mean", Annals of
    Mathematical Statistics 36, whose interval holds what it says as ``e`` goes to 0; Glynn and Whitt 1992, "The asymptotic validity of
    sequential stopping rules for stochastic simulations", Annals of Applied Probability 2, for the error of any function of means). A run
    that stops at the first path at which its error happens to be small stops too early too often. So it looks rarely: after a
    first part, then after all that is missing and 5 % more, never after less than a tenth of what was played; and it takes the error
    to be larger by the standard error that it has itself, ``1 / sqrt(2 C)`` of it when it is told from ``C`` independent pairs, batches or paths.

    >>> until("present_value(me) +/- 1%").texts
    ('present_value(me) +/- 1%',)
    """

    asked: tuple[Precision, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """What was asked for, as it was written."""
        return tuple(each.text for each in self.asked)

    def check(self, scenario: Scenario) -> None:
        """Raise :class:`~valsim.core.errors.ExpressionError` where something cannot be asked of a scenario."""
        for each in self.asked:
            each.check(scenario)

    def __call__(self, result: Result) -> int:
        """Give how many paths further are to be played; none where all is reached, or never will be."""
        return max(further(each, each(result), result.manifest.paths) for each in self.asked)


def until(*texts: str) -> Until:
    """Make what :func:`valsim.simulate` plays until: every number as exactly as its text says.

    A text is a formula of measures, ``+/-`` and the standard error it may have: a part of the number, ``1%``, or an amount of
    its own unit, ``0.002`` or ``1M USD``. Raises :class:`~valsim.core.errors.ExpressionError` for what is none.

    >>> until("moic(me) +/- 1%", "probability_of_loss(me) +/- 0.002").asked[1].amount
    0.002
    """
    return Until(tuple(Precision.parse(text) for text in texts))


def further(asked: Precision, found: Measured, paths: int) -> int:
    """Give how many paths further are to be played for one number, seen from what so many gave; 0 where it is known, or never will be."""
    takes = asked.takes(found, paths) * (1 + 1 / math.sqrt(2 * paths / found.clusters.size)) ** 2
    if hopeless(asked, found) or takes <= paths:
        return 0
    missing = takes * (1 + ALONG) - paths if math.isfinite(takes) else math.inf
    return math.ceil(min(max(missing, LEAST * paths), MANY))


MANY = 2.0**53
"""More paths than will ever be played."""


def hopeless(asked: Precision, found: Measured) -> bool:
    """Say whether more paths would not help, as far as these show: no path has the number, or it is 0 on all and a part of it was asked for."""
    return math.isnan(found.value) or (found.standard_error == 0 and not asked.allowed(found.value) > 0)
