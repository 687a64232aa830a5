"""Published rounds as the documents of valsim: a cap table with its SAFEs and notes, and the round that converts them."""

from tests.published.cases import Case
from tests.published.documents import Terms

METHODS = {
    "pre_money_method": "pre_money",
    "percentage_ownership_method": "percent_ownership",
    "dollars_invested_method": "dollars_invested",
}
POOL = {"target_unallocated_post": "option_pool", "increase_shares": "pool_increase"}
SERIES = {"kind": "preferred", "liquidation_preference_multiple": 1, "participation": "none", "seniority": 1}
CONVERTIBLE_ROUND = {
    "name": "new",
    "series": SERIES,
    "conversion_method": "percent_ownership",
    "new_money": 1_000_000,
    "pre_money_valuation": 1_000_000_000,
}
"""A round that is so dear that every cap is below it."""


def cap_table(case: Case) -> Terms:
    """The cap table before the round: common shares, granted options, the unissued pool, SAFEs and notes."""
    classes: dict[str, Terms] = {"common": {"kind": "common", "shares": case["common"]}}
    if "granted_options" in case:
        classes["options"] = {"kind": "option", "shares": case["granted_options"], "exercise_price": 0, "vested": 1}
    if "pool" in case:
        classes["pool"] = {"kind": "option_pool", "shares": case.get("pool_unallocated", 0)}
    convertibles = {row["id"]: _convertible(row) for row in case["convertibles"]}
    return {"as_of": "2026-01-01", "classes": classes | convertibles}


def priced_round(case: Case) -> Terms:
    """The round itself, in one closing."""
    pool = {POOL[word]: number for word, number in case.get("pool", {}).items()}
    counted = ["pool_top_up"] if pool else []
    method = {"conversion_method": METHODS[case["convention"]]} if "convention" in case else {}
    money = {"new_money": case["new_money"], "pre_money_valuation": case["pre_money"]}
    return {"name": "new", "series": SERIES, "pre_money_includes": counted, **method, **pool, **money}


def _convertible(row: Case) -> Terms:
    instrument, _, cap_type = row["form"].partition("_")
    terms = {"converts_into": "shadow_series", "seniority": 1, **_KINDS[instrument](row["amount"])}
    if row["cap"] is not None:
        terms |= {"conversion_valuation_cap": row["cap"], "conversion_valuation_cap_type": f"{cap_type}_money"}
    return terms | ({} if row["discount"] is None else {"conversion_discount": row["discount"]})


def _safe(amount: float) -> Terms:
    return {"kind": "safe", "purchase_amount": amount}


def _note(amount: float) -> Terms:
    interest = {"interest_rate": 0, "day_count": "actual/365", "compounding": "simple", "accrued_interest": "converts"}
    return {"kind": "convertible_note", "issued": "2025-01-01", "principal": amount, **interest}


_KINDS = {"safe": _safe, "note": _note}
