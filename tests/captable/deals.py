"""Closings for tests, on a small cap table: described as a document would, closed at once."""

from datetime import date
from typing import Any

import numpy as np

from tests.captable.tables import held, preferred
from valsim.captable.financing.attempt import Attempt
from valsim.captable.financing.fund import Funded, fund
from valsim.captable.financing.outcome import Outcome
from valsim.captable.financing.round import Round
from valsim.captable.financing.tranche import Tranche, tranches
from valsim.captable.ledger import Ledger
from valsim.captable.security.common import Common
from valsim.captable.security.option_pool import OptionPool
from valsim.core.parameter import at_medians
from valsim.core.streams import Streams

START, END = date(2026, 1, 1), date(2028, 1, 1)
PREFERRED = {
    "kind": "preferred", "liquidation_preference_multiple": 1, "participation": "none", "seniority": 2,
    "anti_dilution": "none",
}  # fmt: skip
PATHS = 3


def rounds(*closings: dict[str, Any], **terms: Any) -> Round:
    """A round ``b`` with closings, at the medians of its numbers; each takes 25M unless told otherwise."""
    listed = [{"name": f"closing {i + 1}", "new_money": "25M USD", **closing} for i, closing in enumerate(closings)]
    return at_medians(Round.model_validate({"name": "b", "series": PREFERRED, "closings": listed, **terms}))


def laid(*closings: dict[str, Any], **terms: Any) -> tuple[Tranche, ...]:
    """The tranches of a round ``b``."""
    return tranches([rounds(*closings, **terms)], START, END)


def opening(**terms: Any) -> Ledger:
    """80M common shares of Ada and 20M preferred of Fund, bought at 1 USD."""
    ledger = held({"common": (Common(), 80e6), "a": (preferred(1.0, **terms), 20e6)})
    return Ledger(ledger.series, {("Ada", "common"): np.asarray(80e6), ("Fund", "a"): np.asarray(20e6)})


def with_pool(ledger: Ledger, unissued: float = 0.0) -> Ledger:
    """The same with an option pool."""
    return ledger.issue("pool", OptionPool.model_construct(), {"unissued pool": np.asarray(unissued)})


def closed(
    tranche: Tranche, ledger: Ledger, rows: dict[str, Any] | None = None, *, agreed: Any = np.nan, seed: int = 1,
    where: Any = None, waived: Any = False, outcome: Outcome | None = None, paths: int = PATHS,
    day: int = 0,
) -> Funded:  # fmt: skip
    """Close a tranche on some paths; ``rows`` hold what its formulas read."""
    everywhere = np.ones(paths, dtype=bool)
    where = everywhere if where is None else np.asarray(where)
    given = {name: np.broadcast_to(np.asarray(row, float), paths) for name, row in (rows or {}).items()}
    attempt = Attempt(tranche, where, where & waived, np.broadcast_to(np.asarray(agreed, float), paths), day)
    return fund(attempt, ledger, outcome or Outcome.still_open(paths), given, Streams(seed, 0, 1, paths))


def part(ledger: Ledger, holder: str) -> Any:
    """A holder's part of the fully diluted shares on every path."""
    return np.broadcast_to(ledger.ownership().get(holder, np.asarray(0.0)), PATHS)
