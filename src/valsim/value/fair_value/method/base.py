"""The base of every method of valuation: present values of the classes, given the value of the company."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar, Literal, TypeAlias

from valsim.core.block import Kind
from valsim.core.rows import Row
from valsim.value.fair_value.diagram import Exits

MeasureWord: TypeAlias = Literal["risk_neutral", "real_world_at_a_hurdle_rate", "mixed"]
"""What kind of number a present value is: a risk-neutral one, real-world payouts discounted at a flat hurdle rate, or a sum of both."""


class Method(Kind, member_of="method of valuation"):
    """How a company that is worth so much today comes to its exit, and what each payout is worth today.

    Where its ``measure`` says nothing else it values under the risk-neutral measure: the value of the company grows at the risk-free
    rate, and payouts are discounted by it. That rate is continuously compounded here, as in the published models: an effective rate ``r`` per year is
    ``log(1 + r)``. Fields with a default hold those of the published model, and a result says which of them nobody stated.
    """

    points: ClassVar[int] = 481
    """How many values of the company a backsolve looks at: 40 between one value and ten times it."""

    draws: ClassVar[bool] = False
    """Whether paths are drawn: a whole scenario is then played by its own drivers."""

    in_dollars: ClassVar[tuple[str, ...]] = ()
    """The fields whose defaults are published at amounts of dollars."""

    @abstractmethod
    def present_values(self, exits: Exits, company_value: Row) -> dict[str, Row]:
        """Give what everybody is worth today, by payee, where the company is worth so much: shape ``(n,)`` to ``(n,)``."""

    def noise(self, exits: Exits, company_value: float) -> Mapping[str, Row]:
        """Give the errors of the present values at one company value, by payee, where they are estimates; nothing where not.

        Each row holds independent parts of its error, the same ones for every payee: the squares of a sum of rows add up to
        the variance of the sum.
        """
        del exits, company_value
        return {}

    def about(self, exits: Exits) -> tuple[str, ...]:
        """Say in sentences what was done about a cap table that a reader would want to know."""
        del exits
        return ()

    @property
    def measure(self) -> MeasureWord:
        """What kind of number a present value is."""
        return "risk_neutral"

    def stated_value(self, exits: Exits) -> float | None:
        """Give what the company is worth where the method states that itself; None where a price is to say it."""
        del exits
        return None

    def calibrated(self, exits: Exits, company_value: float) -> tuple[str, ...]:
        """Say in sentences what of the method gave way to come to a company value."""
        del exits, company_value
        return ()

    def cautions(self) -> tuple[str, ...]:
        """Warn in sentences of what the numbers must not be taken for."""
        return ()
