"""A random exit, by a listing or a sale: what the methods share that value under it, each by its own law of the exit value."""

from abc import abstractmethod
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from valsim.captable.curve import total
from valsim.core.errors import Problem
from valsim.core.parameter import highest
from valsim.core.rows import Row
from valsim.value.fair_value.diagram import Diagram, Exits
from valsim.value.fair_value.exit_law import ExitLaw, Moments
from valsim.value.fair_value.exit_times import exit_times
from valsim.value.fair_value.ipo_probability import PUBLISHED, Knot, lines_between
from valsim.value.fair_value.method.base import Method
from valsim.value.fair_value.numbers import ExitRate, RiskFree, SomeVolatility, published


class RandomExit(Method):
    """A company whose value is a geometric Brownian motion exits at a random time, by a listing or a sale.

    ``dX = risk_free X dt + volatility X dW``, the exit comes at the rate ``exit_rate``, and it is a listing with the chance
    ``p(X)``, otherwise a sale. A class is worth

        E[exp(-risk_free T) ((1 - p(X)) sale(X) + p(X) listing(X))]

    Between two values at which some payout bends or jumps, or the chance has a knot, payouts are lines in ``X`` and the chance is
    a line in ``ln X``: so all that a method adds is a law, the moments of the exit value between two values. Where what somebody
    is due grows with time, the payouts depend on the day of the exit: then there is a law for each of ``exit_times`` times, which
    stand for all of them.
    Source: Gornall and Strebulaev, Squaring venture capital valuations with reality, JFE 135(1), 2020, section 2.
    """

    in_dollars: ClassVar[tuple[str, ...]] = ("ipo_probability",)

    volatility: SomeVolatility = Field(default=published(0.9), examples=["90%"])
    """Standard deviation of the log value per square root of a year."""
    risk_free: RiskFree = Field(default=published(0.025), examples=["2.5%"])
    """The risk-free rate per year, continuously compounded."""
    exit_rate: ExitRate = Field(default=published(0.25), examples=["0.25"])
    """The chance of an exit per year; the mean time to it is one over this."""
    ipo_probability: tuple[Knot, ...] = Field(default=PUBLISHED, strict=False)
    """The chance that an exit is a listing, by its value, the lowest value first; by itself as published, at values in dollars."""
    exit_times: int = Field(default=16, ge=4, le=512)
    """At how many exit times the payouts are worked out where what somebody is due grows with time: 16 leave an error of a
    millionth of the company value at the published numbers, and of a hundred-thousandth at others."""

    @abstractmethod
    def laws(self, exits: Exits) -> Iterator[tuple[float, ExitLaw, Exits]]:
        """Give the laws of the exit value, with the weight of each and the exits that it leads to."""

    def present_values(self, exits: Exits, company_value: Row) -> dict[str, Row]:
        """Integrate what everybody is paid over the value of the company at its exit, and where it matters over its time."""
        start = np.log(company_value)
        found = [(weight, self.integrated(law, then, start)) for weight, law, then in self.laws(exits)]
        weights, each = zip(*found, strict=True)
        return {name: _weighted(weights, [values[name] for values in each]) for name in each[0]}

    def dated(self, exits: Exits) -> Iterator[tuple[float, float, Exits]]:
        """Give exit times in years that stand for all of them, the weight of each, and the exits of that day."""
        times = exit_times(float(self.exit_rate), self.exit_times)
        for years, weight in zip(*(row.tolist() for row in times), strict=True):
            yield years, weight, exits.after(years)

    @property
    def motion(self) -> tuple[float, float]:
        """The volatility and the risk-free rate."""
        return float(self.volatility), float(self.risk_free)

    def integrated(self, law: ExitLaw, exits: Exits, start: Row) -> dict[str, Row]:
        """Integrate what everybody is paid, piece by piece, over one law of the exit value; ``start`` is today's, in logs."""
        sale, listing = exits.diagram("acquisition"), exits.diagram("ipo")
        starts = np.unique(np.concatenate([sale.starts, listing.starts, self.knots]))
        with np.errstate(divide="ignore"):
            edges = np.append(np.log(starts), np.inf)
        first, slope = lines_between(self.ipo_probability, edges)
        worth = _worth(_lines(sale, starts), _lines(listing, starts), first, slope, law.moments(edges, start))
        return dict(zip(sale.levels, worth, strict=True))

    @property
    def knots(self) -> Row:
        """The exit values at which the chance of a listing is stated."""
        return np.array([float(knot.exit_value) for knot in self.ipo_probability])

    def about(self, exits: Exits) -> tuple[str, ...]:
        """Say where the integral runs over the time of the exit as well."""
        if not exits.grows:
            return ()
        spread = f"at {self.exit_times} exit times, which stand for all of them"
        return (f"what somebody is due grows with time: payouts are worked out {spread}",)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report chances of a listing in no order."""
        yield from super().problems(context)
        values = [highest(knot.exit_value) for knot in self.ipo_probability]
        if not values or any(later < value for value, later in pairwise(values)):
            message = "gives the chance of a listing at values in rising order, at one at least"
            yield Problem(("ipo_probability",), message)


def _lines(diagram: Diagram, starts: Row) -> tuple[Row, Row]:
    """Give what everybody is paid on each segment as ``level + slope X``: both of shape ``(payees, segments)``."""
    at = np.searchsorted(diagram.starts, starts, side="right") - 1
    levels, slopes = (np.stack([*rows.values()])[:, at] for rows in (diagram.levels, diagram.slopes))
    return levels - slopes * diagram.starts[at], slopes


def _worth(sale: tuple[Row, Row], listing: tuple[Row, Row], first: Row, slope: Row, moments: Moments) -> Row:
    """Add up ``(1 - p) sale + p listing`` over the segments, ``p = first + slope ln X``; shape ``(payees, n)``."""
    found = np.zeros((len(sale[0]), *moments.one.shape[1:]))
    for sold, listed, plain, logged in zip(sale, listing, moments[::2], moments[1::2], strict=True):
        more = listed - sold
        found += np.einsum("ps,sn->pn", sold + first * more, plain)  # by itself it calls no library of matrices
        found += np.einsum("ps,sn->pn", slope * more, logged)
    return found


def _weighted(weights: Any, rows: Any) -> Row:
    """Add up rows in their order, each times its weight; no library of matrices changes the bits."""
    return np.asarray(total(weight * row for weight, row in zip(weights, rows, strict=True)))
