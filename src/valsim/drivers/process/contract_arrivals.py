"""Contracts that come one by one, each of its own size, and end one by one: the procurement of enterprises and states."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Literal, Self

import numpy as np
from pydantic import PrivateAttr

from valsim.core.amount import FrequencyAmount, amount
from valsim.core.choose import choose
from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.parameter import BelowOne, Count, LevelFromZero, PositiveLevel, middle
from valsim.core.rows import Bools, Row, Rows
from valsim.core.special import beta_quantile, binomial_quantile, gamma_quantile, normal_cumulative, poisson_quantile
from valsim.core.unit import ONE, Unit
from valsim.drivers.process.base import Process


class ContractArrivals(Process):
    """A level that is the sum of contracts, which come one by one and end one by one.

    Contracts arrive as a Poisson process; their sizes have a gamma distribution with mean ``size`` and standard deviation
    ``size_variation size``; each ends at a rate of ``c = -log(1 - churn)`` a year, whatever its age. What is in
    force at the end of a step is drawn from its exact distribution, whatever the step: each contract of the start is
    still there with probability ``exp(-c dt)``, and of those that came a Poisson number with mean ``arrivals (1 - exp(-c dt)) / c`` is
    (an infinite-server queue). The sum of ``n`` gamma sizes is gamma, and the share of some of them in all is beta. So
    ``E[S_t] = start exp(-c t) + arrivals size (1 - exp(-c t)) / c``, and in the long run the level has mean
    ``arrivals size / c`` and variance ``arrivals size^2 (1 + size_variation^2) / c``, as shot noise has.
    """

    shocks = 4
    carries = ("_in_force",)
    opening = ("contracts",)

    example = "{kind: contract_arrivals, start: 12M USD/year, contracts: 8, arrivals: 5 per year, size: 1.5M USD/year, size_variation: 1.2, churn: 15%}"

    kind: Literal["contract_arrivals"]
    """Names this process."""
    start: LevelFromZero
    """The level at the start, the sum of the contracts in force."""
    contracts: Count
    """How many contracts are in force at the start; what is drawn is rounded to whole ones."""
    arrivals: FrequencyAmount
    """How many contracts come per year on average; a formula may say tenders times the part that is won. Where a formula is below
    zero, none come."""
    size: PositiveLevel
    """The mean size of a contract, in the unit of the level."""
    size_variation: Count
    """Standard deviation of the size of a contract over its mean, a plain number; 0 makes all alike, above 1 a few large ones
    make most of it."""
    churn: BelowOne
    """The part of the contracts that end within a year, a fraction below 100%."""

    _in_force: Row = PrivateAttr(default_factory=lambda: np.zeros(()))

    def begun(self, start: date) -> Self:
        """Give the process with the contracts that are in force."""
        del start
        return self.but(_in_force=np.round(self.contracts))

    @property
    def reads(self) -> frozenset[str]:
        """The drivers in ``arrivals``, where it is a formula."""
        return self.arrivals.names if isinstance(self.arrivals, Expression) else frozenset()

    @property
    def readings(self) -> Mapping[str, Unit]:
        """How many contracts there are."""
        return {"in_force": ONE}

    @property
    def in_force(self) -> Row:
        """How many contracts are in force now."""
        return self._in_force

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Let contracts end and come for one step."""
        won, large, lasting, which = shock
        ending = -np.log1p(-self.churn)
        kept = binomial_quantile(self._in_force, np.exp(-ending * dt), normal_cumulative(lasting))
        came = poisson_quantile(
            np.maximum(amount(self.arrivals, rows), 0.0) * _left(ending, dt), normal_cumulative(won)
        )
        level = self.start * self._share(kept, which) + self.size * self._sizes(came, large)
        return self.but(start=level, _in_force=kept + came)

    def _share(self, kept: Row, shock: Row) -> Row:
        """Give the share that some contracts have in the sum of all: beta distributed, where sizes vary."""
        gone, shape = self._in_force - kept, self._shape
        some = (kept > 0) & (gone > 0) & (self.size_variation > ALIKE)
        alike = kept / np.maximum(self._in_force, 1.0)
        return _drawn(some, beta_quantile, (shape * kept, shape * gone, shock), alike)

    def _sizes(self, came: Row, shock: Row) -> Row:
        """Give the sum of the sizes of new contracts over the mean of one: gamma distributed, where sizes vary."""
        some = (came > 0) & (self.size_variation > ALIKE)
        return _drawn(some, gamma_quantile, (self._shape * came, shock), self._shape * came) / self._shape

    @property
    def _shape(self) -> Row:
        """The shape of the gamma distribution of a size."""
        return choose(self.size_variation > ALIKE, self.size_variation, 1.0) ** -2.0

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report levels in another unit, arrivals that are no number per year, and a level without contracts, or the reverse."""
        yield from super().problems(context)
        yield from context.amount(("arrivals",), self.arrivals, "1/year")
        if (middle(self.start) > 0) != (round(middle(self.contracts)) > 0):
            message = f"the level starts at {_given(self.start)}, and {_given(self.contracts)} contracts make it up"
            yield Problem(("contracts",), message, "state both, or 0 for both", code="contracts")


ALIKE = 1e-4
"""Sizes that vary by less are taken as all alike: quantiles lose more digits than there is variation."""


def _left(ending: Row, dt: float) -> Row:
    """Give the years over which what came within a step is still there at its end: ``(1 - exp(-ending dt)) / ending``."""
    forever = ending == 0
    return choose(forever, dt, -np.expm1(-ending * dt) / choose(forever, 1.0, ending))


def _drawn(some: Bools, quantile: Callable[..., Row], arguments: tuple[Row, ...], otherwise: Row) -> Row:
    """Give a quantile on some paths, and what is known without it on all others: quantiles take long.

    The last of the ``arguments`` is the shock whose probability says which quantile.
    """
    where, known, *rows = np.broadcast_arrays(some, otherwise, *arguments)
    result = np.array(known, dtype=np.float64)
    if where.any():
        *shapes, shock = (row[where] for row in rows)
        result[where] = quantile(*shapes, normal_cumulative(shock))
    return result


def _given(value: Any) -> str:
    return str(getattr(value, "given", value))
