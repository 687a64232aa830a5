"""The base of every debt."""

from abc import abstractmethod

from valsim.core.block import Kind
from valsim.core.day import Day
from valsim.core.parameter import Plain
from valsim.core.rows import Row


class Debt(Kind, member_of="debt", usual="venture_debt"):
    """Money that is owed to a lender and is paid at an exit before any shareholder; without a kind, a loan."""

    seniority: Plain | None = None
    """The rank among debts: a higher number is paid first, equal ones pro rata. Any debt comes before any share. One that is alone
    needs none."""

    matures: Day | None = None
    """The day on which it is due if no exit came before. In a scenario the company then repays it out of its cash; what it
    cannot pay stays owed, and is paid as soon as there is cash."""

    @abstractmethod
    def claim_at(self, day: Row | float) -> Row:
        """Give what is owed on a day, a proleptic ordinal; money, of the shape of the days."""

    @property
    def rank(self) -> float:
        """Its rank as a number; that of a debt that is alone does not matter."""
        return 0.0 if self.seniority is None else float(self.seniority)

    @property
    def grows(self) -> bool:
        """Whether what is owed depends on the day."""
        return False
