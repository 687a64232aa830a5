"""SAFEs and notes for random documents."""

from random import Random
from typing import Any

from tests.strategies.numbers import number

Body = dict[str, Any]


def safes(chosen: Random) -> Body:
    """A SAFE with a cap, a discount, or the terms of another."""
    caps = {"conversion_valuation_cap": number(chosen, 1e7, 9e8, "USD"), "conversion_valuation_cap_type": chosen.choice(("pre_money", "post_money"))}  # fmt: skip
    terms = chosen.choice((caps, {"conversion_discount": number(chosen, 0, 0.3)}, {"most_favoured_nation": True}))
    into = chosen.choice(("shadow_series", "standard_series"))
    return {"kind": "safe", "issued": "2025-02-01", "purchase_amount": number(chosen, 1e6, 9e6, "USD"), **terms, "converts_into": into, "seniority": 1}  # fmt: skip


def notes(chosen: Random) -> Body:
    """A convertible note with interest."""
    compounding = chosen.choice(({"compounding": "simple"}, {"compounding": "compound", "periods_per_year": 2}))
    return {
        "kind": "convertible_note", "issued": "2025-03-01", "principal": number(chosen, 1e6, 9e6, "USD"), "interest_rate": number(chosen, 0, 0.1),
        "day_count": chosen.choice(("actual/365", "30/360")), **compounding, "accrued_interest": chosen.choice(("converts", "forgiven")),
        "conversion_discount": number(chosen, 0, 0.3), "qualified_financing_at_least": "1M USD", "maturity": "2027-03-01", "at_maturity": chosen.choice(("repaid", "stays_owed")),
        "converts_into": "shadow_series", "seniority": 2,
    }  # fmt: skip
