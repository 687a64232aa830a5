"""What a share of each class is worth today, beside the price it was last sold at."""

import numpy as np

from valsim.analysis.spread import Plain, number
from valsim.captable.ledger import Ledger
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
