"""SAFEs and notes for tests: realised, their numbers arrays."""

from datetime import date
from typing import Any

import numpy as np

from tests.captable.tables import held
from valsim.captable.ledger import UNISSUED, Ledger
from valsim.captable.security.common import Common
from valsim.captable.security.convertible_note import ConvertibleNote
from valsim.captable.security.option_pool import OptionPool
from valsim.captable.security.safe import Safe

USUAL = {"seniority": np.float64(1), "converts_into": "shadow_series"}


def capped(cap: Any = None, discount: Any = None, cap_type: str = "post_money") -> dict[str, Any]:
    """The terms of a cap and a discount."""
    return {
        "conversion_valuation_cap": None if cap is None else np.asarray(cap, float),
        "conversion_valuation_cap_type": None if cap is None else cap_type,
        "conversion_discount": None if discount is None else np.asarray(discount, float),
    }


def safe(cap: Any = None, discount: Any = None, cap_type: str = "post_money", **terms: Any) -> Safe:
    """A SAFE of rank 1 that converts into a shadow series."""
    return Safe.model_construct(
        **{**USUAL, "purchase_amount": np.float64(1e6), **capped(cap, discount, cap_type), **terms}
    )


def note(cap: Any = None, discount: Any = None, cap_type: str = "post_money", **terms: Any) -> ConvertibleNote:
    """A note of rank 1 at 10% simple interest from the start of 2025, which converts."""
    usual = {
        "issued": date(2025, 1, 1), "interest_rate": np.float64(0.1), "day_count": "actual/365", "compounding": "simple",
        "accrued_interest": "converts", "principal": np.float64(1e6),
    }  # fmt: skip
    return ConvertibleNote.model_construct(**{**USUAL, **usual, **capped(cap, discount, cap_type), **terms})


def company(common: float, granted: float = 0.0, unissued: float = 0.0, **convertibles: tuple[Any, Any]) -> Ledger:
    """Common shares, a pool and convertibles, each with its terms and its amount."""
    ledger = held({"common": (Common(), common)})
    if granted or unissued:
        pool = {"employees": np.float64(granted), UNISSUED: np.float64(unissued)}
        ledger = ledger.issue("pool", OptionPool.model_construct(), pool)
    for name, (terms, amount) in convertibles.items():
        ledger = ledger.issue(name, terms, {f"{name} holder": np.asarray(amount, float)})
    return ledger
