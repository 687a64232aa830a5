"""Cap tables with dividends for tests: common shares beside a Series A of 2M shares at 2.50, as a document writes them."""

from datetime import date
from typing import Any

import numpy as np

from valsim.captable.ledger import Ledger
from valsim.captable.liquidity.pay_out import Liquidity, Table, pay_out
from valsim.captable.opening import cap_table_problems, open_ledger
from valsim.captable.security import Security
from valsim.core.liquidity import Treatment
from valsim.core.parameter import at_medians

ISSUED, TWO_YEARS_ON = date(2025, 1, 1), date(2027, 1, 1)
SIMPLE = {"rate": "8%", "compounding": "simple", "day_count": "actual/365", "settlement": "forfeit_on_conversion"}
"""Accrues 0.20 a share and year: 800k on the class in two years."""
SERIES_A = {
    "kind": "preferred", "issued": str(ISSUED), "shares": "2M", "original_issue_price": "2.5 USD",
    "liquidation_preference_multiple": 1, "participation": "none", "seniority": 1, "anti_dilution": "none",
}  # fmt: skip
COMMON = {"kind": "common", "shares": "8M"}


def classes(dividend: dict[str, Any] | None, **terms: Any) -> dict[str, Security]:
    own = {} if dividend is None else {"cumulative_dividend": dividend}
    given = {"common": COMMON, "series_a": {**SERIES_A, **own, **terms}}
    return {
        name: Security.choose({key: value for key, value in body.items() if value is not None})
        for name, body in given.items()
    }


def ledger(dividend: dict[str, Any] | None, **terms: Any) -> Ledger:
    return open_ledger({name: at_medians(security) for name, security in classes(dividend, **terms).items()}, {})


def paid(table: Ledger, proceeds: float, day: date = TWO_YEARS_ON, treatment: Treatment = "as_agreed") -> Any:
    """What the Series A is paid; the rest of the proceeds goes to the common shares."""
    liquidity = Liquidity("acquisition", treatment, np.asarray(float(day.toordinal())))
    by_lot = pay_out(Table(table), liquidity, np.asarray(proceeds)).by_lot
    amounts = {name: amount for (_, name), amount in by_lot.items()}
    np.testing.assert_allclose(sum(amounts.values()), proceeds, rtol=1e-12)
    return amounts["series_a"]


def told(dividend: dict[str, Any] | None, **terms: Any) -> list[tuple[str, str]]:
    """The place and the sentence of every problem of the cap table."""
    return [(problem.place, problem.message) for problem in cap_table_problems(classes(dividend, **terms), {})]
