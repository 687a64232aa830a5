"""The probability-weighted expected return method: a few stated outcomes, each paid out by the contract and discounted."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import numpy as np
from pydantic import Field

from valsim.core.errors import Problem
from valsim.core.parameter import Rate, middle
from valsim.core.rows import Row
from valsim.value.fair_value import stated
from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.method.base import MeasureWord, Method
from valsim.value.fair_value.numbers import RiskFree
from valsim.value.fair_value.outcome import Outcome
from valsim.value.fair_value.stated import Calibration, Stated

CALIBRATIONS: Mapping[str, Calibration] = {
    "outcome_values": stated.outcome_values,
    "discount_rate": stated.discount_rate,
    "none": stated.none,
}
FLAT_HURDLE = (
    "the probabilities are real-world ones, and what classes are paid is discounted at a flat hurdle rate: this is no risk-neutral fair "
    "value. One rate for every class counts failures a second time that the outcomes contain already, and misprices preferences, which "
    "bear less risk than common shares. Do not set these numbers beside risk-neutral ones"
)


class ProbabilityWeighted(Method):
    """Each class is worth its payouts in a few stated outcomes, weighted by their probabilities and discounted.

        sum of probability_i payout_i(value_i) exp(-rate_i years_i)

    With ``risk_free`` the probabilities are taken for risk-neutral ones, and the worth is a risk-neutral present value. With
    ``discount_rate`` they are real-world ones and the rate is a flat hurdle; the result says that this is no risk-neutral
    fair value. Source: AICPA, Valuation of privately-held-company equity securities issued as compensation, on the
    probability-weighted expected return method.
    """

    example = (
        "{kind: probability_weighted, discount_rate: 25%, calibration: outcome_values, outcomes: {"
        "sale: {exit: acquisition, value: 300M USD, years: 3, probability: 60%}, "
        "failure: {exit: wind_down, value: 5M USD, years: 2, probability: 40%}}}"
    )

    kind: Literal["probability_weighted"]
    """Names this method."""
    outcomes: Mapping[str, Outcome]
    """What may happen, by name."""
    calibration: Literal["outcome_values", "discount_rate", "none"]
    """What gives way so that the class that was priced last is worth its price: the value of every outcome, by one factor; the rate
    of every outcome, by one spread; or nothing, for numbers as they are stated."""
    risk_free: RiskFree | None = Field(default=None, examples=["4%"])
    """The risk-free rate per year, continuously compounded, where probabilities are risk-neutral; or ``discount_rate``."""
    discount_rate: Rate | None = Field(default=None, examples=["25%"])
    """The hurdle rate, effective per year, where probabilities are real-world ones; or ``risk_free``."""

    @property
    def measure(self) -> MeasureWord:
        """What kind of number a present value is."""
        return "risk_neutral" if self.risk_free is not None else "real_world_at_a_hurdle_rate"

    def present_values(self, exits: Exits, company_value: Row) -> dict[str, Row]:
        """Weigh and discount what everybody is paid in each outcome, brought to a company value as ``calibration`` says."""
        outcomes = self._stated(exits)
        return outcomes.worth(exits, CALIBRATIONS[self.calibration](outcomes, company_value))

    def stated_value(self, exits: Exits) -> float | None:
        """Give what the company is worth as stated, where nothing gives way."""
        return self._stated(exits).company_value() if self.calibration == "none" else None

    def calibrated(self, exits: Exits, company_value: float) -> tuple[str, ...]:
        """Say what gave way, and by how much."""
        outcomes = self._stated(exits)
        factor, spread = (float(row) for row in CALIBRATIONS[self.calibration](outcomes, np.asarray(company_value)))
        as_stated = f"as stated, the outcomes are worth {outcomes.company_value():,.0f} today"
        notes = [as_stated]
        if factor != 1:
            notes.append(f"the value of every outcome is multiplied by {factor:.4g}")
        if spread:
            notes.append(f"{spread:+.2%} is added to the rate of every outcome, continuously compounded")
        return tuple(notes)

    def cautions(self) -> tuple[str, ...]:
        """Warn of a flat hurdle rate."""
        return () if self.risk_free is not None else (FLAT_HURDLE,)

    def _stated(self, exits: Exits) -> Stated:
        years = {name: outcome.wait(exits, name) for name, outcome in self.outcomes.items()}
        return Stated(self.outcomes, years, {name: self._rate(outcome) for name, outcome in self.outcomes.items()})

    def _rate(self, outcome: Outcome) -> float:
        hurdle = self.discount_rate if outcome.discount_rate is None else outcome.discount_rate
        return float(self.risk_free) if hurdle is None else float(np.log1p(hurdle))  # type: ignore[arg-type]

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report outcomes that are not certain together or worth nothing, and rates that are none or two."""
        yield from super().problems(context)
        if (self.risk_free is None) == (self.discount_rate is None):
            message = "payouts are discounted at the risk-free rate or at a hurdle rate: it has one of risk_free and discount_rate"
            yield Problem((), message, "risk_free: 4%, with risk-neutral probabilities", "key")
        yield from self._problems_together()
        for name, outcome in self.outcomes.items():
            yield from (problem.under(("outcomes", name)) for problem in outcome.problems(context))
            if self.risk_free is not None and outcome.discount_rate is not None:
                message = "risk-neutral probabilities go with the risk-free rate in every outcome"
                yield Problem(("outcomes", name, "discount_rate"), message, "take it out, or risk_free")

    def _problems_together(self) -> Iterator[Problem]:
        chances = sum(middle(outcome.probability) for outcome in self.outcomes.values())
        if abs(chances - 1) > 1e-9:
            message = f"the probabilities of all outcomes add up to 100 %, and these to {100 * chances:g} %"
            yield Problem(("outcomes",), message, "what is missing may be a wind_down", "key")
        if self.calibration == "discount_rate" and self.risk_free is not None:
            message = "a risk-free rate is known: no spread on it gives way to a price"
            yield Problem(("calibration",), message, "outcome_values, or a discount_rate instead of risk_free")
        if self.outcomes and not any(middle(each.value) * middle(each.probability) for each in self.outcomes.values()):
            yield Problem(("outcomes",), "no outcome pays anything", "state what some outcome is worth", "key")
