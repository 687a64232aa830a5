"""How holders sell what they hold of a listed company."""

import numpy as np
from pydantic import Field

from valsim.core.block import Block
from valsim.core.parameter import Fraction, PositiveDuration
from valsim.core.rows import Row

MOST_SALES = 60
"""How many sales a sell-down is cut into at most: five years of months."""


class SellDown(Block):
    """Holders sell what they hold in equal parts: the first when the lock-up ends, the last ``over`` later.

    The sales date the cash, for the rate of return and the cash by year, at the price when the lock-up ends. They do not lower
    the value today: a listed share is worth its price at the listing. Only the ``discount`` of a block does.
    """

    example = "{over: 12 months, sales: 5, discount: 4%}"

    over: PositiveDuration
    """The time from the first sale to the last."""
    sales: int = Field(ge=2, le=MOST_SALES)
    """How many sales, the first and the last among them: 5 over 12 months are one a quarter."""
    discount: Fraction | None = Field(default=None, examples=["4%"])
    """How far below the market price a block is sold, a fraction; without it, at the market price."""

    @property
    def kept(self) -> Row:
        """What a sale brings, over the market price."""
        return np.asarray(1.0) if self.discount is None else 1 - self.discount

    def after(self, lock_up: Row) -> tuple[Row, ...]:
        """Give the times of the sales, in years from the listing."""
        return tuple(lock_up + self.over * (i / (self.sales - 1)) for i in range(self.sales))
