"""A listing on an exchange."""

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np

from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.hazard import Chance
from valsim.core.liquidity import LiquidityKind, Treatment
from valsim.core.parameter import Duration, Fraction
from valsim.core.rows import Row, Rows
from valsim.exits.base import Exit, after_debt


class Ipo(Exit, Chance):
    """A listing: shares are worth the offer price, a discount below the company's equity value.

    ``proceeds = (enterprise_value + cash - debt) (1 - discount)``. Holders sell when the lock-up ends, which dates their
    cash; the value is discounted from the listing, because a listed share is worth its price.
    """

    example = "{kind: ipo, hazard: 15% per year, when: arr >= 60M USD/year, discount: {family: beta, p10: 5%, p90: 25%}, lock_up: 180 days, preferred: all_converted}"

    kind: Literal["ipo"]
    """Names this exit."""
    when: Expression | None = None
    """The condition under which the window is open to this company; without it, always."""
    discount: Fraction
    """How far the offer is priced below the company's equity value, a fraction."""
    lock_up: Duration
    """The time after the listing in which holders cannot sell."""
    preferred: Treatment
    """Whether all preferred shares become common at the listing, or each holder keeps the better side."""

    def proceeds(self, rows: Rows) -> Row:
        """Give the value of all shares at the offer price."""
        return after_debt(rows["enterprise_value"] + rows["cash"], rows) * (1 - self.discount)

    def intensity(self, rows: Rows) -> Row:
        """Give the hazard where the window is open, else 0."""
        return self.per_year if self.when is None else np.where(self.when(rows), self.per_year, 0.0)

    @property
    def liquidity(self) -> LiquidityKind:
        """What the exit is to a contract."""
        return "ipo"

    @property
    def treatment(self) -> Treatment:
        """How preferred shares are treated."""
        return self.preferred

    @property
    def waiting(self) -> Row:
        """The lock-up, in years."""
        return self.lock_up

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a condition that is not one."""
        yield from context.condition(("when",), self.when)
