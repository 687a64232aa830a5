"""Companies for tests of fair value: their exits, and methods on the numbers of a document."""

from tests.contract.tables import TWO
from valsim.contract.contract import Contract
from valsim.core.parameter import at_medians
from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.method import Method

FALLS = """
classes:
  common: {kind: common, shares: 8M}
  series_b: {kind: preferred, shares: 2M, original_issue_price: 5, liquidation_preference_multiple: 1, participation: full,
    seniority: 1, automatic_conversion: {offer_price_at_least: 5, below: blocks_ipo, in_acquisitions: true}}
"""
"""At a price of 5 a sale converts series B, which loses its preference there."""
GROWS = """
as_of: 2026-01-01
classes:
  common: {kind: common, shares: 8M}
  series_a: {kind: preferred, issued: 2026-01-01, shares: 2M, original_issue_price: 2.5,
    liquidation_preference_multiple: 1, participation: none, seniority: 1,
    cumulative_dividend: {rate: 8%, compounding: simple, day_count: actual/365.25, settlement: forfeit_on_conversion}}
"""
"""5M of preference that grows by 0.4M a year."""


def exits(text=TWO) -> Exits:
    """The exits of a cap table."""
    contract = Contract.read(text)
    return Exits(contract.table, contract.day(None))


def method(kind: str, **terms) -> Method:
    """A method at the medians of its numbers."""
    return at_medians(Method.choose({"kind": kind, **terms}))
