"""A random exit, by a listing or a sale, along paths that are drawn."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from valsim.core.errors import Problem
from valsim.core.rows import Row
from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.drawn_exit import DrawnExit
from valsim.value.fair_value.ipo_probability import chance_at
from valsim.value.fair_value.method.random_exit import RandomExit

LEAST = 1024
"""Fewer paths make strata so wide that their differences tell little of the error."""
MOST = 100_000_000
"""More paths than this fit into no memory, and tell nothing that the integral does not."""


class SimulatedExit(RandomExit):
    """A random exit, by a listing or a sale, simulated.

    Two paths are drawn in each stratum of exit time and shock, and each counts its listing and its sale by their chances
    instead of drawing one. The discounted exit value ``exp(-risk_free T) X`` has no variance where ``volatility^2`` is at least
    ``exit_rate``, but a mean that is known. So what a class is paid of every further dollar of the largest exits is subtracted
    from each path, and its mean added: what is left to chance is bounded. The same paths serve every company value that is
    tried, and the standard errors hold that of the root.
    Source of the model: Gornall and Strebulaev, JFE 135(1), 2020, section 2; of the estimators: Glasserman, Monte Carlo Methods
    in Financial Engineering, 2003, sections 4.1 and 4.3.
    """

    example = "{kind: simulation, volatility: 90%, paths: 200_000, seed: 7}"

    draws: ClassVar[bool] = True

    kind: Literal["simulation"]
    """Names this method."""
    paths: int = 200_000
    """How many paths are drawn, two in each stratum; an odd one is left out."""
    seed: int = Field(default=0, ge=0)
    """Where the random numbers start; the same seed gives the same numbers."""

    def laws(self, exits: Exits) -> Iterator[tuple[float, DrawnExit, Exits]]:
        """Give the exits that were drawn, or where payouts grow those of each exit time."""
        if not exits.grows:
            yield 1.0, self._at_random_times, exits
            return
        for years, weight, then in self.dated(exits):
            yield weight, self._after(years), then

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report too few paths for an error that can be trusted, and too many for a memory."""
        yield from super().problems(context)
        if self.paths < LEAST:
            message = f"is at least {LEAST:,}, or the standard error is not to be trusted: got {self.paths:,}"
            yield Problem(("paths",), message)
        if self.paths > MOST:
            yield Problem(
                ("paths",), f"is at most {MOST:,}: got {self.paths:,}", "exit_mix is the same without any error"
            )

    def noise(self, exits: Exits, company_value: float) -> Mapping[str, Row]:
        """Give half the difference of the two paths of each stratum, over how many strata there are."""
        found = [self._apart(weight, law, then, company_value) for weight, law, then in self.laws(exits)]
        return {name: np.concatenate([each[name] for each in found]) for name in found[0]}

    def _apart(self, weight: float, law: DrawnExit, exits: Exits, company_value: float) -> dict[str, Row]:
        value = company_value * np.exp(law.growth)
        chance, at_last = chance_at(self.ipo_probability, value), float(self.ipo_probability[-1].probability)
        sale, listing = exits.diagram("acquisition"), exits.diagram("ipo")
        sold, listed = sale.paid(value), listing.paid(value)
        found = {}
        for name in sold:
            further = (1 - at_last) * sale.slopes[name][-1] + at_last * listing.slopes[name][-1]
            left = law.discount * ((1 - chance) * sold[name] + chance * listed[name] - further * value)
            found[name] = weight * (left[:, 0] - left[:, 1]) / left.size
        return found

    @cached_property
    def _at_random_times(self) -> DrawnExit:
        return DrawnExit.at_random_times(*self.motion, float(self.exit_rate), 2 * (self.paths // 2), self.seed)

    def _after(self, years: float) -> DrawnExit:
        if years not in self._drawn:
            paths = 2 * (self.paths // (2 * self.exit_times))
            self._drawn[years] = DrawnExit.dated(*self.motion, years, paths, self.seed)
        return self._drawn[years]

    @cached_property
    def _drawn(self) -> dict[float, DrawnExit]:
        return {}
