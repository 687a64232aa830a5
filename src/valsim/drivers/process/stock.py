"""A level that something flows into and out of, such as a backlog of orders."""

from collections.abc import Iterator
from typing import Any, Literal, Self

import numpy as np

from valsim.core.choose import choose
from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.parameter import PositiveLevel
from valsim.core.rows import Row, Rows
from valsim.core.unit import Unit
from valsim.drivers.process.base import Process, mean_left


class Stock(Process):
    """A level that something flows into and out of: a backlog of orders, prepaid credits, subscribers who come and go.

    ``dS = (inflow - outflow) dt``. Over a step the inflow is steady and the outflow is a steady part of the stock,
    ``k = outflow / S``, so with ``outflow: backlog / 15 months`` a step is exact and a stock never falls below zero:
    ``S' = S exp(-k dt) + inflow (1 - exp(-k dt)) / k``. Nothing is taken from an empty stock.
    """

    shocks = 0

    example = "{kind: stock, start: 400M USD, inflow: orders, outflow: deliveries}"

    kind: Literal["stock"]
    """Names this process."""
    start: PositiveLevel
    """The level at the start."""
    inflow: Expression
    """What comes in per year, a formula of drivers in the unit of the level per year."""
    outflow: Expression
    """What goes out per year, a formula of drivers, the stock among them, in the unit of the level per year."""

    @property
    def reads(self) -> frozenset[str]:
        """The drivers in ``inflow`` and ``outflow``."""
        return self.inflow.names | self.outflow.names

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Fill and drain for one step."""
        del shock
        empty = self.start == 0
        drained = choose(empty, 0.0, self.outflow(rows) / choose(empty, 1.0, self.start) * dt)
        return self.but(start=self.start * np.exp(-drained) + self.inflow(rows) * dt * mean_left(drained))

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report flows that are not the level's unit per year."""
        yield from super().problems(context)
        per_year = str(self.level_unit / Unit.of("year"))
        yield from context.formula(("inflow",), self.inflow, per_year)
        yield from context.formula(("outflow",), self.outflow, per_year)
