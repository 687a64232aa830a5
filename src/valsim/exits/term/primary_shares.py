"""New shares that the company itself sells at a listing."""

from collections.abc import Iterator
from typing import Any, Self

from pydantic import Field, model_validator

from valsim.core.amount import MoneyAmount, amount
from valsim.core.block import Block
from valsim.core.either import expect_one_of
from valsim.core.errors import Problem
from valsim.core.parameter import BelowOne
from valsim.core.rows import Row, Rows


class PrimaryShares(Block):
    """New shares that the company sells at the offer price: they bring it cash and dilute everyone at that price.

    With an equity value ``E`` before the offering, a discount ``d``, a gross spread ``g`` and gross proceeds ``M``, all shares
    after it are worth ``(1 - d) (E + M (1 - g))`` at the offer price, and the old ones among them ``M`` less. So with neither
    discount nor spread the old shares are worth ``E``, as without the offering. Where so much new money leaves the old shares
    nothing there is no price, and no listing.
    """

    example = "{new_money: 500M USD}"

    new_money: MoneyAmount | None = Field(default=None, examples=["500M USD"])
    """What the new shares cost their buyers together, fees included: money, or a formula such as ``24 months of burn``."""
    fraction: BelowOne | None = Field(default=None, examples=["15%"])
    """The part of the company, after the listing, that the new shares are."""

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Self:
        subject = "primary shares state how many they are: "
        example = "primary: {fraction: 15%}"
        expect_one_of(self, "new_money", "fraction", code="primary_shares", subject=subject, example=example)
        return self

    def raised(self, equity: Row, discount: Row, gross_spread: Row, rows: Rows) -> Row:
        """Give what the buyers of new shares pay: ``M``, or ``f (1 - d) E / (1 - f (1 - d) (1 - g))`` for a part ``f``."""
        if self.fraction is None:
            return amount(self.new_money, rows)
        sold = self.fraction * (1 - discount)
        return sold * equity / (1 - sold * (1 - gross_spread))

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a formula that is no money."""
        yield from context.amount(("new_money",), self.new_money, context.currency)
