"""The base of every method of valuation: present values of the classes, given the value of the company."""

from abc import abstractmethod
from typing import ClassVar

from valsim.core.block import Kind
from valsim.core.rows import Row
from valsim.value.fair_value.diagram import Exits


class Method(Kind, member_of="method of valuation"):
    """How a company that is worth so much today comes to its exit, and what each payout is worth today.

    All of them value under the risk-neutral measure: the value of the company grows at the risk-free rate, and payouts are
    discounted by it. That rate is continuously compounded here, as in the published models: an effective rate ``r`` per year is
    ``log(1 + r)``. Fields with a default hold those of the published model, and a result says which of them nobody stated.
    """

    points: ClassVar[int] = 481
    """How many values of the company a backsolve looks at: 40 between one value and ten times it."""

    in_dollars: ClassVar[tuple[str, ...]] = ()
    """The fields whose defaults are published at amounts of dollars."""

    @abstractmethod
    def present_values(self, exits: Exits, company_value: Row) -> dict[str, Row]:
        """Give what everybody is worth today, by payee, where the company is worth so much: shape ``(n,)`` to ``(n,)``."""

    def standard_error(self, exits: Exits, company_value: float, priced: str) -> float:
        """Give the standard error of the fair value that the price of a class leads to; 0 for a method that draws nothing.

        ``company_value`` is the one at which the class that is ``priced`` is worth its price.
        """
        del exits, company_value, priced
        return 0.0

    def about(self, exits: Exits) -> tuple[str, ...]:
        """Say in sentences what was done about a cap table that a reader would want to know."""
        del exits
        return ()
