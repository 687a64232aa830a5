"""The option-pricing method: one exit on a known day, each tranche between two breakpoints a spread of two calls."""

from typing import Literal

import numpy as np
from pydantic import Field

from valsim.core.errors import ValuationError
from valsim.core.parameter import Volatility
from valsim.core.rows import Row
from valsim.value.fair_value.diagram import Diagram, Exits
from valsim.value.fair_value.method.base import Method
from valsim.value.fair_value.numbers import RiskFree, Years, published
from valsim.value.fair_value.tranches import options_of, portfolio
from valsim.value.option import black_scholes


class OptionPricing(Method):
    """A company whose value is a geometric Brownian motion is sold in ``term`` years; every class is a portfolio of calls on it.

    With the breakpoints ``k`` of the sale and a class's part ``w`` of the next dollar above each, the class is worth

        sum of (w_i - w_(i-1)) C(k_i),    C(0) = the value of the company,

    where ``C`` is a Black-Scholes call that expires after ``term``; ``volatility`` is that of the company's value. Calls pay no sum
    at once, so a cap table whose payouts jump is refused. What grows with time is counted up to the day of the sale. Sources:
    Black and Scholes (1973); AICPA, Valuation of privately-held-company equity securities issued as compensation, chapter on the
    option-pricing method.
    """

    example = "{kind: option_pricing, volatility: 60%, risk_free: 4%, term: 3}"

    kind: Literal["option_pricing"]
    """Names this method."""
    volatility: Volatility = Field(default=published(0.9), examples=["60%"])
    """Standard deviation of the log value per square root of a year."""
    risk_free: RiskFree = Field(default=published(0.025), examples=["4%"])
    """The risk-free rate per year, continuously compounded."""
    term: Years = Field(default=published(4.0), examples=["3"])
    """The years until the sale."""

    def present_values(self, exits: Exits, company_value: Row) -> dict[str, Row]:
        """Value what everybody is paid at the sale as calls struck at its breakpoints.

        Raises :class:`~valsim.core.errors.ValuationError` for a cap table whose payouts jump.
        """
        sale = exits.after(float(self.term)).diagram("acquisition")
        _refuse_jumps(sale)
        options = options_of(black_scholes, volatility=self.volatility, term=self.term, risk_free=self.risk_free)
        return portfolio(sale).worth(options, company_value)

    def about(self, exits: Exits) -> tuple[str, ...]:
        """Say up to when what grows with time was counted."""
        grown = f"what grows with time is counted up to the sale, in {float(self.term):g} years"
        return (grown,) if exits.grows and self.term > 0 else ()


def _refuse_jumps(sale: Diagram) -> None:
    name, jumps = max(sale.jumps.items(), key=lambda each: float(np.abs(each[1]).max()))
    at = int(np.abs(jumps).argmax())
    if not jumps[at]:
        return
    raise ValuationError(
        f"option pricing cannot value a payout that jumps: where the company is sold for {sale.starts[at]:,.0f}, {name} jumps by "
        f"{jumps[at]:+,.0f}, and no spread of calls does. Payouts jump where a clause turns the whole waterfall over, such as an "
        "automatic conversion, a veto or a threshold. Ask for exit_mix, random_expiration or simulation, which integrate over jumps",
        "method",
    )
