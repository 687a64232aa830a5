"""Random-expiration options: one sale at an exponential random time, each tranche a spread of two calls that expire then."""

from typing import Literal

from pydantic import Field

from valsim.captable.curve import total
from valsim.core.parameter import Volatility
from valsim.core.rows import Row
from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.exit_times import exit_times
from valsim.value.fair_value.method.base import Method
from valsim.value.fair_value.numbers import ExitRate, RiskFree, published
from valsim.value.fair_value.tranches import Options, options_of, portfolio
from valsim.value.option import black_scholes, random_expiration


class RandomExpiration(Method):
    """A company whose value is a geometric Brownian motion is sold at a random time; every class is a portfolio of options on it.

    The time is exponential with a mean of ``1 / exit_rate`` years, and independent of the value. A class is worth its part of the next
    dollar above each breakpoint ``k``, times a call that expires then, and its jumps times binary calls:

        sum of (w_i - w_(i-1)) RE(k_i) + sum of j_i RE binary(k_i)

    Both have closed forms. Where what somebody is due grows with time, the breakpoints depend on the day of the sale: then
    Black-Scholes options at each of ``exit_times`` times stand for all of them. Source: Metrick and Yasuda, Venture Capital
    and the Finance of Innovation, 2nd ed., chapters 13 to 18.
    """

    example = "{kind: random_expiration, volatility: 90%, risk_free: 5%, exit_rate: 0.2}"

    kind: Literal["random_expiration"]
    """Names this method."""
    volatility: Volatility = Field(default=published(0.9), examples=["90%"])
    """Standard deviation of the log value per square root of a year."""
    risk_free: RiskFree = Field(default=published(0.025), examples=["2.5%"])
    """The risk-free rate per year, continuously compounded."""
    exit_rate: ExitRate = Field(default=published(0.25), examples=["0.2"])
    """The chance of a sale per year; the mean time to it, in the source ``H``, is one over this."""
    exit_times: int = Field(default=16, ge=4, le=512)
    """At how many times of the sale the payouts are worked out where what somebody is due grows with time."""

    def present_values(self, exits: Exits, company_value: Row) -> dict[str, Row]:
        """Value what everybody is paid at the sale as options that expire at a random time."""
        if not exits.grows:
            return self._worth(
                exits, options_of(random_expiration, exit_rate=self.exit_rate, **self._motion), company_value
            )
        years, weights = exit_times(float(self.exit_rate), self.exit_times)
        each = [
            self._worth(exits.after(float(at)), options_of(black_scholes, term=at, **self._motion), company_value)
            for at in years
        ]
        return {
            name: total(weight * worth[name] for weight, worth in zip(weights, each, strict=True)) for name in each[0]
        }

    @property
    def _motion(self) -> dict[str, Row]:
        return {"volatility": self.volatility, "risk_free": self.risk_free}

    def _worth(self, exits: Exits, options: Options, company_value: Row) -> dict[str, Row]:
        return portfolio(exits.diagram("acquisition")).worth(options, company_value)

    def about(self, exits: Exits) -> tuple[str, ...]:
        """Say where the day of the sale was summed over as well."""
        if not exits.grows:
            return ()
        spread = f"at {self.exit_times} times of the sale, which stand for all of them"
        return (f"what somebody is due grows with time: payouts are worked out {spread}",)
