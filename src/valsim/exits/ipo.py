"""A listing on an exchange."""

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
from pydantic import Field

from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.hazard import Chance
from valsim.core.liquidity import LiquidityKind, Treatment
from valsim.core.parameter import Duration, Factor, Fraction
from valsim.core.rows import Row, Rows
from valsim.exits.base import Exit, after_debt


class Ipo(Exit, Chance):
    """A listing: shares are worth the offer price, a discount below the company's equity value.

    ``proceeds = (enterprise_value + cash - debt) (1 - discount)``. Holders sell when the lock-up ends, which dates their
    cash; the value is discounted from the listing, because a listed share is worth its price. What the price does over the
    lock-up is part of that value.
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
    price_after_lock_up: Factor | None = Field(default=None, examples=["{family: lognormal, median: 1, sigma: 40%}"])
    """The price of a share when the lock-up ends, over the offer price: what holders get is multiplied by it, while ratchets and
    the tests of automatic conversion read the offer price. Without it, the two prices are the same."""
    preferred: Treatment
    """What becomes of preferred shares at the listing: all become common, with their ratchets (``all_converted``); each holder
    keeps the better side, and ratchets do not count (``as_agreed``); or each class's ``automatic_conversion`` decides, and a
    class without one becomes common (``by_charter``)."""

    def proceeds(self, rows: Rows) -> Row:
        """Give the value of all shares at the offer price."""
        return after_debt(rows["enterprise_value"] + rows["cash"], rows) * (1 - self.discount)

    def intensity(self, rows: Rows) -> Row:
        """Give the hazard where the window is open, else 0."""
        hazard = self.per_year(rows)
        return hazard if self.when is None else np.where(self.when(rows), hazard, 0.0)

    @property
    def liquidity(self) -> LiquidityKind:
        """What the exit is to a contract."""
        return "ipo"

    @property
    def treatment(self) -> Treatment:
        """How preferred shares are treated."""
        return self.preferred

    @property
    def price_change(self) -> Row:
        """The price after the lock-up over the offer price."""
        return super().price_change if self.price_after_lock_up is None else self.price_after_lock_up

    @property
    def waiting(self) -> Row:
        """The lock-up, in years."""
        return self.lock_up

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a condition that is not one, and a formula that is no chance."""
        yield from super().problems(context)
        yield from context.condition(("when",), self.when)
