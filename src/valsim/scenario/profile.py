"""The company as the document introduces it."""

from valsim.core.block import Block
from valsim.core.parameter import Money


class Profile(Block):
    """The company itself."""

    example = "{name: Example Company, cash: 24M USD, debt: 0 USD}"
    name: str
    """What the company is called."""
    cash: Money
    """Cash at the start."""
    debt: Money
    """Debt that stays as it is; it is paid before shareholders. Loans with terms of their own stand in ``captable.debt``
    instead."""
