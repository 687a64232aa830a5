"""A venture fund: what of an investment goes to its managers, and what an investment costs those who give the money."""

from collections.abc import Iterator
from typing import Any, Literal

from valsim.core.block import Block
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction, Positive, PositiveMoney, middle


class Fund(Block):
    """A fund whose managers, the general partner, have fees and carried interest; its limited partners have the rest.

    Source: Metrick and Yasuda, Venture Capital and the Finance of Innovation, 2nd ed., section 10.3 and example 14.1.
    """

    example = "{committed_capital: 100M USD, investment_capital: 80M USD, carried_interest: 20%, carry_basis: committed_capital, gross_multiple: 2.5}"

    committed_capital: PositiveMoney
    """What the limited partners have committed over the life of the fund, fees included."""
    investment_capital: PositiveMoney
    """What of that is left for investments, after fees over the life of the fund."""
    carried_interest: Fraction
    """The general partner's part of the profit, a fraction."""
    carry_basis: Literal["committed_capital", "investment_capital"]
    """Above what the profit begins: the committed capital is given back first, or the investment capital alone."""
    gross_multiple: Positive
    """What all investments are expected to bring over what they cost, before fees and carried interest."""

    @property
    def gp_share(self) -> float:
        """The general partner's part of what an investment brings, on average over the fund.

        ``carried_interest max(0, gross_multiple investment_capital - basis) / (gross_multiple investment_capital)``.
        """
        brought = float(self.gross_multiple) * float(self.investment_capital)
        return float(self.carried_interest) * max(0.0, brought - float(getattr(self, self.carry_basis))) / brought

    def lp_cost(self, investment: float) -> float:
        """Give what an investment costs the limited partners, its part of the fees included."""
        return investment * float(self.committed_capital) / float(self.investment_capital)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report more money for investments than was committed."""
        yield from super().problems(context)
        if middle(self.investment_capital) > middle(self.committed_capital):
            yield Problem(("investment_capital",), "is at most what was committed: fees are paid out of that")
