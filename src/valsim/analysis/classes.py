"""What a share of each class is worth today, beside the price it was last sold at."""

import numpy as np

from valsim.analysis.spread import Plain, number
from valsim.captable.ledger import Ledger
from valsim.captable.liquidity.breakpoints import lines
from valsim.captable.liquidity.pay_out import Liquidity, Table, pay_out
from valsim.core.parameter import at_medians
from valsim.core.rows import Row
from valsim.result import Result, estimate


def classes(result: Result) -> list[Plain]:
    """Give each opening class with its present value per share and its last price."""
    ledger = result.opening_ledger
    return [_class(result, ledger, name) for name in ledger.series]


def _class(result: Result, ledger: Ledger, name: str) -> Plain:
    security = ledger.terms[name]
    worth = result.valued["class", name, "present value per share"]
    there = np.isfinite(worth)
    found = estimate(worth[there], result.clusters[there])
    price = getattr(security, "original_issue_price", None)
    shares = ledger.shares(name)
    return {
        "name": name,
        "shares": number(shares),
        "present_value_per_share": number(found.mean),
        "standard_error": number(found.standard_error),
        "last_price": None if price is None else number(price),
        "per_share_over_last_price": None if price is None else number(found.mean / price),
        "liquidation_preference": number(security.preference(shares)),
        "seniority": number(getattr(security, "seniority", np.nan)),
    }


def payoffs(result: Result, points: int = 73) -> Plain:
    """Give what the opening classes and holders are paid in a sale, over exit values up to ten times the last price."""
    ledger, scenario = result.opening_ledger, at_medians(result.scenario)
    table = Table(ledger, scenario.captable.senior)
    sale = Liquidity("acquisition", "as_agreed", np.asarray(float(scenario.as_of.toordinal())))
    grid, found = _grid(ledger, points), lines(table, sale)
    paid = pay_out(table, sale, grid)
    return {
        "exit_values": grid.tolist(),
        "transaction_costs": paid.first.transaction_costs.tolist(),
        "debt": paid.first.lent.tolist(),
        "carve_out": paid.first.carve_out.tolist(),
        "classes": {name: row.tolist() for name, row in paid.by_class.items()},
        "holders": {name: row.tolist() for name, row in paid.by_holder.items()},
        "breakpoints": found.starts[found.bends].tolist(),
        "discontinuities": found.starts[found.jumps].tolist(),
    }


def _grid(ledger: Ledger, points: int) -> Row:
    equity = (terms for terms in ledger.series.values() if terms.is_equity)
    prices = [float(p) for terms in equity if (p := getattr(terms, "original_issue_price", None)) is not None]
    top = 10 * float(ledger.fully_diluted()) * (prices[-1] if prices else 1.0)
    return np.geomspace(top / 1000, top, points)
