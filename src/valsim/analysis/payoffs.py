"""What the contracts pay in a sale at each exit value: a grid for charts, and the straight lines it is made of."""

import numpy as np

from valsim.analysis.spread import Plain
from valsim.captable.ledger import Ledger
from valsim.captable.liquidity.pay_out import Liquidity, Table, pay_out
from valsim.captable.liquidity.payoff_lines import by_kind, payees, payoff_lines
from valsim.core.parameter import at_medians
from valsim.core.rows import Row
from valsim.result import Result


def payoffs(result: Result, points: int = 73) -> Plain:
    """Give what the opening classes and holders are paid in a sale, over exit values up to ten times the last price, and exactly.

    See :func:`~valsim.captable.liquidity.payoff_lines.payoff_lines` for what holds for all exit values.
    """
    ledger, scenario = result.opening_ledger, at_medians(result.scenario)
    table = Table(ledger, scenario.captable.senior)
    sale = Liquidity("acquisition", "as_agreed", np.asarray(float(scenario.as_of.toordinal())))
    grid = _grid(ledger, points)
    paid = {payee: row.tolist() for payee, row in payees(pay_out(table, sale, grid)).items()}
    return {"exit_values": grid.tolist(), **by_kind(paid), **payoff_lines(table, sale)}


def _grid(ledger: Ledger, points: int) -> Row:
    equity = (terms for terms in ledger.series.values() if terms.is_equity)
    prices = [float(p) for terms in equity if (p := getattr(terms, "original_issue_price", None)) is not None]
    top = 10 * float(ledger.fully_diluted()) * (prices[-1] if prices else 1.0)
    return np.geomspace(top / 1000, top, points)
