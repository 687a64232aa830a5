"""The base of every basis: enterprise value = multiple x revenue on the basis."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import Any, Self

from valsim.core.block import Kind
from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.rows import Row, Rows


class Basis(Kind, member_of="multiple", tag="multiple_of"):
    """The revenue that a multiple multiplies. A multiple of one basis means nothing on another."""

    revenue: Expression
    """Revenue per year at the instant, a formula of the drivers."""

    @abstractmethod
    def measured(self, rows: Rows) -> Row:
        """Give the revenue on this basis now, per year, shape ``(n_paths,)``."""

    @classmethod
    @abstractmethod
    def over_run_rate(cls, growth: Row) -> Row:
        """Give the revenue on this basis over today's rate, of a company that grows by ``growth`` a year all the time."""

    def later(self, dt: float, rows: Rows) -> Self:
        """Give the basis ``dt`` years later; ``rows`` hold the end of the step."""
        del dt, rows
        return self

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a revenue that is not money per year."""
        yield from context.formula(("revenue",), self.revenue, f"{context.currency}/year")
