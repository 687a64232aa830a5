"""The company value at which an investment is worth what it costs: its partial valuation, parted between those who share it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from valsim.captable.curve import total
from valsim.core.errors import ValuationError
from valsim.core.rows import Row
from valsim.value.fair_value.as_data import method_as_data
from valsim.value.fair_value.backsolve import backsolve
from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.fund import Fund
from valsim.value.fair_value.method.base import Method


@dataclass(frozen=True)
class BreakEven:
    """An investment at the company value at which it is just worth its cost.

    ``partial_valuation`` is what the position is worth, ``gp_valuation`` and ``lp_valuation`` what of that is the general partner's
    and the limited partners', and ``lp_cost`` what it costs these: at the break-even both agree. Without a fund all of it is the
    investor's, at the price of the investment. ``roots`` are all such company values, of which the lowest is taken.
    """

    company_value: float
    roots: tuple[float, ...]
    investment: float
    gp_share: float
    lp_cost: float
    partial_valuation: float
    method: Method
    warnings: tuple[str, ...] = ()

    @property
    def gp_valuation(self) -> float:
        """The general partner's part of the partial valuation."""
        return self.gp_share * self.partial_valuation

    @property
    def lp_valuation(self) -> float:
        """The limited partners' part of the partial valuation."""
        return self.partial_valuation - self.gp_valuation

    def as_dict(self) -> dict[str, Any]:
        """Give all of it as plain data."""
        names = (
            "company_value",
            "investment",
            "gp_share",
            "lp_cost",
            "partial_valuation",
            "gp_valuation",
            "lp_valuation",
        )
        told = {name: getattr(self, name) for name in names}
        return {
            "model": "cap_table",
            "measure": self.method.measure,
            **told,
            "roots": list(self.roots),
            **method_as_data(self.method),
        } | {"warnings": list(self.warnings)}


def partial_valuation(exits: Exits, method: Method, position: Mapping[str, float], company_value: Row) -> Row:
    """Give what some shares are worth today, by class, where the company is worth so much; shape of ``company_value``."""
    worth = method.present_values(exits, company_value)
    ledger = exits.table.ledger
    return total(shares / float(ledger.outstanding(name)) * worth[name] for name, shares in position.items())


def break_even_of(
    exits: Exits, method: Method, position: Mapping[str, float], investment: float, fund: Fund | None
) -> BreakEven:
    """Solve ``(1 - gp_share) partial_valuation(company_value) = lp_cost`` for the company value.

    Raises :class:`~valsim.core.errors.ValuationError` for a position of no shares, for an investment of nothing, and where no
    company value gives the cost. Source: Metrick and Yasuda, 2nd ed., example 14.1.
    """
    if not position:
        raise ValuationError("nobody can break even on no shares", "holder")
    if not 0 < investment < float("inf"):
        raise ValuationError(f"an investment is above 0, got {investment:g}", "investment")
    gp_share, lp_cost = (0.0, investment) if fund is None else (fund.gp_share, fund.lp_cost(investment))
    if gp_share >= 1:
        raise ValuationError("a carried interest of all the profit leaves the limited partners nothing", "fund")
    cost = lp_cost / (1 - gp_share)
    roots = backsolve(lambda value: partial_valuation(exits, method, position, value), cost, cost, method.points)
    worth = float(partial_valuation(exits, method, position, roots[:1])[0])
    return BreakEven(
        float(roots[0]), tuple(roots.tolist()), investment, gp_share, lp_cost, worth, method, method.cautions()
    )
