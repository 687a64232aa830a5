"""A number that does not move."""

from typing import Literal, Self

from valsim.core.parameter import Level
from valsim.core.rows import Row, Rows
from valsim.drivers.process.base import Process


class ConstantProcess(Process):
    """A number that does not move: uncertain perhaps, but the same at every date of a path."""

    shocks = 0
    level_field = "value"

    example = "{kind: constant, value: {family: beta, p10: 60%, p90: 80%}}"

    kind: Literal["constant"]
    """Names this process."""
    value: Level
    """The number."""

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Stay."""
        del dt, shock, rows
        return self
