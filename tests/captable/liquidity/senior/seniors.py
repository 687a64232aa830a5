"""Cap tables with debt and carve-outs for tests: 8M common shares of Ada and Bo beside a Series A of 2M shares at 2.50."""

from datetime import date
from typing import Any

import numpy as np

from valsim.captable.cap_table import CapTable
from valsim.captable.liquidity.pay_out import Liquidity, Settlement, Table, pay_out
from valsim.captable.opening import open_ledger
from valsim.core.liquidity import LiquidityKind
from valsim.core.parameter import at_medians
from valsim.core.rows import Row
from valsim.scenario.rules.captable import cap_table_rules

CLASSES = {
    "common": {"kind": "common", "shares": "8M"},
    "series_a": {
        "kind": "preferred", "shares": "2M", "original_issue_price": 2.5, "liquidation_preference_multiple": 1,
        "participation": "none", "seniority": 1, "anti_dilution": "none", "issued": "2025-01-01",
    },
}  # fmt: skip
POSITIONS = {"Ada": {"common": "6M"}, "Bo": {"common": "2M"}, "Fund": {"series_a": "100%"}}
LOAN = {
    "kind": "venture_debt", "principal": "1M USD", "interest_rate": "8%", "compounding": "simple",
    "day_count": "actual/365", "issued": "2025-01-01", "seniority": 1,
}  # fmt: skip
"""Two years on 1.16M is owed."""
DAY = date(2027, 1, 1)


def captable(**terms: Any) -> CapTable:
    return CapTable.model_validate({"classes": CLASSES, "positions": POSITIONS, **terms})


def table(**terms: Any) -> Table:
    document = at_medians(captable(**terms))
    return Table(open_ledger(document.classes, document.positions), document.senior)


def settled(proceeds: Any, kind: LiquidityKind = "acquisition", day: date = DAY, **terms: Any) -> Settlement:
    """What is paid out of an exit, with all parts adding up to the proceeds."""
    liquidity = Liquidity(kind, "as_agreed", np.asarray(float(day.toordinal())))
    found = pay_out(table(**terms), liquidity, np.asarray(proceeds, dtype=float))
    first = found.first
    parts = [first.transaction_costs, *first.debt.values(), first.carve_out, *found.by_lot.values()]
    np.testing.assert_allclose(sum(parts), np.asarray(proceeds), rtol=1e-12, atol=1e-9)
    return found


def paid_to(found: Settlement, holder: str) -> Row:
    """What a holder is paid for all its shares."""
    return sum(paid for (name, _), paid in found.by_lot.items() if name == holder)


def told(as_of: date | None = None, **terms: Any) -> list[tuple[str, str]]:
    """The place and the sentence of every problem of the cap table."""
    return [(problem.place, problem.message) for problem in cap_table_rules(captable(**terms), as_of)]
