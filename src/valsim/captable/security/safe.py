"""Simple agreements for future equity."""

from typing import Literal

from pydantic import Field

from valsim.captable.security.convertible import Convertible
from valsim.core.parameter import PositiveMoney
from valsim.core.rows import Row


class Safe(Convertible):
    """A simple agreement for future equity: money that becomes shares in the next priced round, whatever its size.

    >>> Safe.model_construct(purchase_amount=1e6, seniority=1.0, conversion_discount=0.2).curve(1e6).claims[1].amount
    250000.0
    """

    example = "{kind: safe, issued: 2025-03-01, purchase_amount: 1M USD, conversion_valuation_cap: 10M USD, conversion_valuation_cap_type: post_money, converts_into: shadow_series, seniority: 1}"

    kind: Literal["safe"] = "safe"
    """Names this kind."""
    purchase_amount: PositiveMoney = Field(examples=["1M USD"])
    """What was paid for it: all of its holders together."""

    def opening_shares(self, fully_diluted_before: Row) -> Row:
        """Give the money that was paid."""
        del fully_diluted_before
        return self.purchase_amount
