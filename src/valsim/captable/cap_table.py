"""The cap table as a document: the classes of shares, who holds them, and what is paid before them."""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import Field, ModelWrapValidatorHandler, model_validator

from valsim.captable.holding import Holding
from valsim.captable.liquidity.senior.carve_out import CarveOut
from valsim.captable.liquidity.senior.debt import Debt
from valsim.captable.liquidity.senior.paid_first import Senior
from valsim.captable.liquidity.senior.transaction_costs import TransactionCosts
from valsim.captable.security import Security
from valsim.captable.split import Split
from valsim.core.block import LIKE, Block
from valsim.core.parameter import plain_amounts


class CapTable(Block):
    """Who owns the company at the start.

    Amounts may be plain numbers: ``original_issue_price: 2.5`` is in the currency of the document.
    """

    classes: Mapping[str, Security] = Field(json_schema_extra={LIKE: True})
    """The classes of shares, in the order of their issue."""
    positions: Mapping[str, Mapping[str, Holding]] = {}
    """Holders and what they hold of each class; what nobody is named for belongs to other holders."""
    splits: tuple[Split, ...] = Field(default=(), strict=False)
    """The share splits to come."""
    debt: Mapping[str, Debt] = {}
    """What is owed to lenders, by name; it is paid before any share."""
    carve_out: CarveOut | None = None
    """What management is paid of an exit before any share, if anything."""
    transaction_costs: TransactionCosts | None = None
    """What an exit costs, paid before anything else, if it is not in the price already."""

    @property
    def senior(self) -> Senior:
        """What is paid before shareholders."""
        return Senior(self.transaction_costs, self.debt, self.carve_out)

    @model_validator(mode="wrap")
    @classmethod
    def _amounts_may_be_plain(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        with plain_amounts():
            return handler(value)

    @property
    def convertibles(self) -> tuple[str, ...]:
        """The classes that a round converts."""
        return tuple(name for name, security in self.classes.items() if security.is_convertible)
