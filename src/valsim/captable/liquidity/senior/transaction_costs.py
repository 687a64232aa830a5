"""The costs of an exit."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from pydantic import Field

from valsim.captable.measure import or_nothing
from valsim.core.block import Block
from valsim.core.errors import Problem
from valsim.core.liquidity import LiquidityKind
from valsim.core.parameter import Fraction, Money
from valsim.core.rows import Row


class TransactionCosts(Block):
    """What bankers and lawyers are paid of an exit before anyone else: ``min(fraction proceeds + fixed, proceeds)``."""

    example = "{fraction: 2%, fixed: 500k USD, paid_at: [acquisition]}"

    fraction: Fraction | None = None
    """The part of what the exit pays."""
    fixed: Money | None = Field(default=None, examples=["500k USD"])
    """What is paid whatever the exit pays."""
    paid_at: tuple[LiquidityKind, ...] = Field(strict=False, min_length=1, examples=["[acquisition]"])
    """The exits that have these costs."""

    def paid(self, proceeds: Row) -> Row:
        """Give the costs of an exit that pays so much."""
        return np.minimum(or_nothing(self.fraction) * proceeds + or_nothing(self.fixed), proceeds)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report costs that are not stated."""
        del context
        if self.fraction is None and self.fixed is None:
            yield Problem((), "the costs are not stated", "state fraction, or fixed, or both", "key")
