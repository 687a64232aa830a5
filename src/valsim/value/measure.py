"""Measures: under which probabilities a path is drawn, and what a later dollar is worth today."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from valsim.captable.purchase.base import FLAT_RATES
from valsim.core.block import Block, nearest_help
from valsim.core.choose import choose
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction, Plain, Rate, middle
from valsim.core.rows import Row

LARGEST_BETA = 5.0
"""Hardly any company has a larger beta: one above is taken for a slip of the pen."""


@dataclass(frozen=True)
class PriceOfRisk:
    """The drift that investors are paid for: by how much each row's log drift is lowered per year.

    By Girsanov's theorem a Brownian shock of volatility ``s`` loses the drift ``c`` when its standard normal ``z`` over a
    step ``dt`` becomes ``z - c sqrt(dt) / s``. Real-world paths have no charge; a row without volatility bears no risk and is
    charged nothing.
    """

    charges: Mapping[str, Row]

    def shifted(self, name: str, shock: Row, volatility: Row, dt: float) -> Row:
        """Give the shock of a row under this measure, shape ``(n_paths,)``; a row without a charge keeps its own."""
        if name not in self.charges:
            return shock
        volatility = np.asarray(volatility)
        still = volatility == 0
        shift = self.charges[name] * np.sqrt(dt) / choose(still, 1.0, volatility)
        return choose(still, shock, shock - shift)


class Measure(Block):
    """The price of risk: what turns real-world paths into values today."""

    example = "{risk_free: 4%, equity_premium: 5%, beta: 1.9, sector_linked: {multiple: 50%, arr: 50%}}"

    risk_free: Rate
    """The risk-free rate, effective per year; risk-neutral values are discounted by it."""
    equity_premium: Fraction
    """The excess return of the equity market per year, a fraction."""
    beta: Plain
    """The beta of the company: under the risk-neutral measure the drifts of its sector-linked shocks are lowered by
    ``beta equity_premium`` in all."""
    sector_linked: Mapping[str, Fraction] = {}
    """Which shocks carry the beta, ``multiple``, sectors or drivers, and the part of it that each carries; the multiple all of
    it where nothing is said and it stands for its sector. A multiple that reverts forgets its shocks, so what it carries earns a premium for a few years
    only; a driver's growth keeps them."""

    @classmethod
    def refusal(cls, key: str) -> tuple[str, str]:
        """Say why a key cannot stand here; of a flat rate, which other place it has."""
        if key not in FLAT_RATES:
            return super().refusal(key)
        known = "valuation.hurdle_rate shows the expected exit proceeds of the whole company at one"
        return "present values are risk-neutral: a flat rate would count failures twice that the paths contain", known

    @property
    def parts(self) -> Mapping[str, Row]:
        """The part of the beta that each shock carries; they add up to 1."""
        return self.sector_linked or {"multiple": np.asarray(1.0)}

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report shocks that do not exist or move no return, and parts that do not add up to 1."""
        for name in self.sector_linked:
            if name not in context.shocked:
                nearest = nearest_help(name, context.shocked)
                yield Problem(("sector_linked", name), f"{name!r} has no shocks", nearest, "key", "unknown_name")
            elif name not in context.priced:
                message = (
                    f"{name!r} is no level whose growth earns a premium: it has no volatility to count the beta in"
                )
                yield Problem(("sector_linked", name), message, "link a driver that is driven by it", "key", "unpriced")
        if self.sector_linked and abs(sum(map(middle, self.sector_linked.values())) - 1) > 1e-9:
            yield Problem(("sector_linked",), "the parts of the beta add up to 100 %", at="key")
        if middle(self.beta) > LARGEST_BETA:
            message = (
                f"a beta of {middle(self.beta):g}: the company moves {middle(self.beta):g} times as much as the market"
            )
            yield Problem(("beta",), message, "1 is the market, 2 a risky company", code="large", severity="warning")


MeasureOf: TypeAlias = Callable[[Measure], PriceOfRisk]
"""Chooses the probabilities: :func:`real_world` or :func:`risk_neutral`."""


def real_world(measure: Measure) -> PriceOfRisk:
    """Give the probabilities of outcomes: nothing is charged."""
    del measure
    return PriceOfRisk({})


def risk_neutral(measure: Measure) -> PriceOfRisk:
    """Give the probabilities of present values: each sector-linked drift is lowered by its part of ``beta equity_premium``."""
    charge = measure.beta * measure.equity_premium
    return PriceOfRisk({name: np.asarray(charge * part) for name, part in measure.parts.items()})


def side_by_side(measure: Measure, measures: Sequence[MeasureOf], paths: int) -> PriceOfRisk:
    """Give the price of risk of rows in which each path stands once for each measure: row ``k paths + i`` under measure k."""
    which = np.repeat(np.arange(len(measures)), paths)
    found = [measure_of(measure).charges for measure_of in measures]
    names = dict.fromkeys(name for charges in found for name in charges)
    return PriceOfRisk(
        {name: np.choose(which, [charges.get(name, np.asarray(0.0)) for charges in found]) for name in names}
    )


def discount_factor(risk_free: Row, years: Row) -> Row:
    """Give what one unit of money ``years`` from now is worth today: ``(1 + risk_free)^-years``, shapes ``(n_paths,)``.

    >>> round(float(discount_factor(np.asarray(0.04), np.asarray(2.0))), 6)
    0.924556
    """
    return np.exp(-np.log1p(risk_free) * years)
