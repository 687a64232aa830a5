"""Published cap tables as the documents of valsim, with plain numbers."""

from typing import Any

from tests.published.cases import Case, number
from valsim.captable.ledger import Ledger
from valsim.contract.contract import Contract

FIRST = 100
"""The published rank 1 is paid first; here a higher seniority is."""

Terms = dict[str, Any]


def cap_table(case: Case) -> Terms:
    """The cap table of a case."""
    classes = {row["id"]: _KINDS[row["type"]](row) for row in case["classes"]}
    debt = {row["id"]: {"kind": "venture_debt", "claim": row["claim"], "seniority": FIRST - row["rank"]} for row in
            case.get("debt", [])}  # fmt: skip
    return {"as_of": "2026-01-01", "classes": classes, "debt": debt}


def opened(document: Terms) -> Ledger:
    """The ledger of a document."""
    return Contract.read(document).table.ledger


def _common(row: Case) -> Terms:
    return {"kind": "common", "shares": row["shares"]}


def _preferred(row: Case) -> Terms:
    price, cap = row["oip"], row["cap_multiple"]
    terms = {
        "kind": "preferred",
        "shares": row["shares"],
        "original_issue_price": price,
        "liquidation_preference_multiple": row["multiple"],
        "participation": "none" if not row["participating"] else "full" if cap is None else "capped",
        "seniority": FIRST - row["rank"],
        "conversion_price": number(price) / number(row["conversion_ratio"]),
    }
    capped = {} if cap is None else {"participation_cap_multiple": cap}
    return terms | capped | ({"cumulative_dividend": _dividend(row)} if "accrued" in row else {})


def _dividend(row: Case) -> Terms:
    cap_basis = {"participation_cap_basis": row["cap_basis"]} if "cap_basis" in row else {}
    return {"accrued": row["accrued"], "settlement": row["dividend_settlement"], **cap_basis}


def _redeemable(row: Case) -> Terms:
    """Preferred shares that are paid what they cost and never convert."""
    terms = {"return_per_year": 0, "compounding": "simple", "day_count": "actual/365", "issued": "2025-01-01"}
    price, seniority = row["oip"], FIRST - row["rank"]
    return {"kind": "fixed_return_preferred", "shares": row["shares"], "original_issue_price": price} | terms | {
        "seniority": seniority}  # fmt: skip


_KINDS = {"common": _common, "preferred": _preferred, "redeemable": _redeemable}
