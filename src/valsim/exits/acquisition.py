"""A sale of the whole company."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from valsim.core.choose import choose
from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.hazard import Chance
from valsim.core.parameter import Fraction
from valsim.core.rows import Row, Rows
from valsim.exits.base import NOTHING, Exit, Stage, sold
from valsim.exits.term.earn_out import EarnOut
from valsim.exits.term.escrow import Escrow


class Acquisition(Exit, Chance):
    """A sale of the whole company for its enterprise value less a discount.

    ``proceeds = enterprise_value (1 - discount) + cash - debt``, never below zero; an escrow and an earn-out are paid later.
    """

    example = "{kind: acquisition, hazard: 6% per year, discount: 15%}"

    kind: Literal["acquisition"]
    """Names this exit."""
    when: Expression | None = Field(default=None, examples=["arr >= 10M USD/year"])
    """The condition under which a buyer may come; without it, always."""
    discount: Fraction
    """How far the price is below the enterprise value, costs included, a fraction."""
    escrow: Escrow | None = None
    """The part of the price that is held back; without it, all is paid at the closing."""
    earn_out: EarnOut | None = None
    """What the buyer pays later if the company does well; without it, nothing."""

    def proceeds(self, rows: Rows) -> Row:
        """Give the price, with the cash and after debt, less what claims take of an escrow."""
        price = sold(self.discount, rows)
        return price if self.escrow is None else price * (1 - self.escrow.lost)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The closing, and the release of an escrow."""
        if self.escrow is None:
            return super().stages
        released = self.escrow.released
        return Stage(1 - released, NOTHING), Stage(released, self.escrow.release_after)

    @property
    def stage_forms(self) -> tuple[str, ...]:
        """The closing, and what is released or earned later."""
        terms = {"release of the escrow": self.escrow, "earn-out": self.earn_out}
        later = [form for form, stated in terms.items() if stated is not None]
        both = [f"{' or '.join(later)}, the {order}" for order in ("earlier", "later")]
        return ("closing", *(both if len(later) > 1 else later))

    @property
    def contingent(self) -> EarnOut | None:
        """The earn-out."""
        return self.earn_out

    def intensity(self, rows: Rows) -> Row:
        """Give the hazard where a buyer may come, else 0."""
        hazard = self.per_year(rows)
        return hazard if self.when is None else choose(self.when(rows), hazard, 0.0)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a condition that is not one, and a formula that is no chance."""
        yield from super().problems(context)
        yield from context.condition(("when",), self.when)
        if self.earn_out is not None:
            yield from (problem.under(("earn_out",)) for problem in self.earn_out.problems(context))
