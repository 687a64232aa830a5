"""Measures: under which probabilities a path is drawn, and what a later dollar is worth today."""

from dataclasses import dataclass

import numpy as np

from valsim.core.rows import Row


@dataclass(frozen=True)
class PriceOfRisk:
    """The drift that investors are paid for: by how much each row's log drift is lowered per year.

    By Girsanov's theorem a Brownian shock of volatility ``s`` loses the drift ``c`` when its standard normal ``z`` over a
    step ``dt`` becomes ``z - c sqrt(dt) / s``. Real-world paths have no charge.
    """

    charges: dict[str, Row]

    def shifted(self, name: str, shock: Row, volatility: Row, dt: float) -> Row:
        """Give the shock of a row under this measure, shape ``(n_paths,)``; a row without a charge keeps its own."""
        if name not in self.charges:
            return shock
        volatility = np.asarray(volatility)
        still = volatility == 0
        shift = self.charges[name] * np.sqrt(dt) / np.where(still, 1.0, volatility)
        return np.where(still, shock, shock - shift)


REAL_WORLD = PriceOfRisk({})


def risk_neutral(beta: Row, equity_premium: Row) -> PriceOfRisk:
    """Give the measure that lowers the drift of the sector multiple by ``beta equity_premium``."""
    return PriceOfRisk({"multiple": np.asarray(beta * equity_premium)})


def discount_factor(risk_free: Row, years: Row) -> Row:
    """Give what one unit of money ``years`` from now is worth today: ``(1 + risk_free)^-years``, shapes ``(n_paths,)``.

    >>> round(float(discount_factor(np.asarray(0.04), np.asarray(2.0))), 6)
    0.924556
    """
    return np.exp(-np.log1p(risk_free) * years)
