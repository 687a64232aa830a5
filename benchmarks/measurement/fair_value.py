"""How long a fair value by class takes: eight classes, both payoff diagrams drawn and the company value solved each time.

The classes have three ranks, a participation cap, options,
a ratchet and a veto; then dividends accrue as well, so that the payouts differ by the day of the exit.
"""

import copy
from collections.abc import Iterator
from typing import Any

from benchmarks.effort import Effort
from benchmarks.measurement.waterfall import seconds
from benchmarks.table import Table, table
from valsim.contract.contract import Contract
from valsim.contract.method import method_of
from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.fair_value import FairValue, Priced, value_by_class
from valsim.value.fair_value.method import Method

PREFERRED = {"kind": "preferred", "shares": 10e6, "issued": "2025-01-01", "participation": "none"}
DIVIDEND = {"rate": 0.08, "compounding": "simple", "day_count": "actual/365", "settlement": "forfeit_on_conversion"}
CAPPED = {"participation": "capped", "participation_cap_multiple": 2}
LISTED = {
    "ipo_ratchet_multiple": 1.2,
    "automatic_conversion": {"offer_price_multiple_at_least": 1, "below": "blocks_ipo"},
}
EIGHT: dict[str, Any] = {
    "as_of": "2026-01-01",
    "classes": {
        "common": {"kind": "common", "shares": 60e6},
        "pool": {"kind": "option_pool", "shares": 10e6, "allocated": 4e6, "exercise_price": 0.5, "vested": 0.8},
        "seed": {**PREFERRED, "original_issue_price": 0.5, "liquidation_preference_multiple": 1, "seniority": 1},
        "a": {**PREFERRED, "original_issue_price": 1, "liquidation_preference_multiple": 1, "seniority": 1},
        "b": {**PREFERRED, "original_issue_price": 2, "liquidation_preference_multiple": 1, "seniority": 1, **CAPPED},
        "c": {**PREFERRED, "original_issue_price": 4, "liquidation_preference_multiple": 1, "seniority": 2},
        "d": {**PREFERRED, "original_issue_price": 8, "liquidation_preference_multiple": 1.5, "seniority": 3},
        "e": {**PREFERRED, "original_issue_price": 10, "liquidation_preference_multiple": 1, "seniority": 3, **LISTED},
    },
}
PRICED = Priced("e", 10.0)


def growing() -> dict[str, Any]:
    """Give the same classes with dividends on three of them."""
    table = copy.deepcopy(EIGHT)
    for name in ("seed", "a", "c"):
        table["classes"][name]["cumulative_dividend"] = DIVIDEND
    return table


def valued(contract: Contract, method: Method) -> FairValue:
    """Value every class, with nothing known from before."""
    return value_by_class(Exits(contract.table, contract.day(None)), PRICED, method)


def measure(effort: Effort) -> Iterator[Table]:
    """Measure with nothing known from before, and with all that the terms add."""
    method = method_of("exit_mix").method
    plain, accruing = Contract.read(EIGHT), Contract.read(growing())
    works = {
        "eight classes: two payoff diagrams, the backsolve, every class": (lambda: valued(plain, method), 50.0),
        "the same, file and method read": (lambda: valued(Contract.read(EIGHT), method_of("exit_mix").method), None),
        "the same, and what each of eight terms adds": (lambda: valued(plain, method).attribution, None),
        "eight classes whose dividends accrue, at sixteen exit times": (lambda: valued(accruing, method), None),
    }
    asked = dict(list(works.items())[: effort.of(1, len(works))])
    rows = [(what, 1000 * seconds(run, effort), limit) for what, (run, limit) in asked.items()]
    yield table("A fair value by class", ("what", "milliseconds", "at most"), rows)
