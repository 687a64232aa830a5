"""A price off what the company is worth on the path."""

from valsim.core.block import Block
from valsim.core.expression import Expression
from valsim.core.parameter import Fraction


class HeadlinePrice(Block):
    """A price off the path's own value: pre-money valuation = ``of (1 - discount)``."""

    example = "{of: equity_value, discount: 20%}"

    of: Expression
    """The value before the money, such as ``equity_value``."""
    discount: Fraction
    """How far below it the round is priced, a fraction."""
