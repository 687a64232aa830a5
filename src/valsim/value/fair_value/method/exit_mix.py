"""A random exit, by a listing or a sale, as an exact integral over the exit value."""

from collections.abc import Iterator
from typing import Literal

from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.exit_law import DatedExit, ExitLaw, ExponentialExit
from valsim.value.fair_value.method.random_exit import RandomExit


class ExitMix(RandomExit):
    """A random exit, by a listing or a sale, integrated exactly.

    Each piece on which payouts are lines in the exit value is integrated in closed form against the two-sided exponential density of its
    logarithm: nothing is drawn and nothing is approximated. Where the payouts depend on the day of the exit, the integral over
    the exit value is exact at each of the exit times.
    """

    example = "{kind: exit_mix, volatility: 90%, risk_free: 2.5%, exit_rate: 0.25}"

    kind: Literal["exit_mix"]
    """Names this method."""

    def laws(self, exits: Exits) -> Iterator[tuple[float, ExitLaw, Exits]]:
        """Give the two-sided exponential law, or where payouts grow the lognormal one of each exit time."""
        if not exits.grows:
            yield 1.0, ExponentialExit(*self.motion, float(self.exit_rate)), exits
            return
        for years, weight, then in self.dated(exits):
            yield weight, DatedExit(*self.motion, years), then
