"""A number that is made of others at the same instant."""

from collections.abc import Iterator
from typing import Any, Literal, Self

from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.rows import Row, Rows
from valsim.drivers.process.base import Process, UnitName


class Formula(Process):
    """A number that is made of others at the same instant, such as ``users * price``."""

    shocks = 0

    example = "{kind: formula, value: users * price, unit: USD/year}"

    kind: Literal["formula"]
    """Names this process."""
    value: Expression
    """The formula."""
    unit: UnitName
    """The unit of the result, which the formula must have."""

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Stay: a formula has no state."""
        del dt, shock, rows
        return self

    def level(self, rows: Rows) -> Row:
        """Evaluate the formula."""
        return self.value(rows)

    @property
    def needs(self) -> frozenset[str]:
        """The names in the formula."""
        return self.value.names

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report unknown names and units that do not fit."""
        yield from context.formula(("value",), self.value, str(self.unit))
