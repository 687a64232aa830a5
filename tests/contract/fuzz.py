"""Cap tables with mistakes in them: each is refused in words or paid out whole, never a traceback."""

from collections.abc import Iterator

import numpy as np

from tests.scenario.mutations import mutants
from valsim.captable.liquidity.pay_out import Liquidity, pay_out
from valsim.contract.contract import Contract
from valsim.core.errors import ScenarioError
from valsim.scenario.load import parse_document

RICH = """
name: A rich table
currency: USD
as_of: 2027-01-01
classes:
  common: {kind: common, shares: 8M}
  options: {kind: option, shares: 500k, exercise_price: 0.5, vested: 75%}
  pool: {kind: option_pool, shares: 1.2M, allocated: 800k, exercise_price: 1 USD}
  series_a: {kind: preferred, issued: 2024-01-01, shares: 2M, original_issue_price: 2.5, participation: none, seniority: 1,
    liquidation_preference_multiple: 1, anti_dilution: full_ratchet, ipo_ratchet_multiple: 1.2,
    automatic_conversion: {offer_price_at_least: 5, below: blocks_ipo}}
  series_b: {kind: preferred, issued: 2025-06-01, new_money: 20M USD, post_money_valuation: 120M USD, seniority: 2,
    liquidation_preference_multiple: 1, participation: capped, participation_cap_multiple: 3,
    cumulative_dividend: {rate: 8%, compounding: simple, day_count: actual/365, settlement: paid_in_kind}}
  warrants: {kind: warrant, shares: 200k, on: series_a, exercise_price: 2.5 USD, exercise: in_the_money}
  safe: {kind: safe, purchase_amount: 1M, conversion_valuation_cap: 10M, conversion_valuation_cap_type: post_money,
    converts_into: shadow_series, converting: per_class, seniority: 1}
positions:
  Ada: {common: 75%}
  Fund: {series_a: 100%, series_b: 500k}
debt:
  bank: {kind: venture_debt, principal: 1M, interest_rate: 8%, compounding: simple, day_count: actual/365,
    issued: 2025-01-01, final_payment: 5%, seniority: 2}
  other: {kind: venture_debt, claim: 500k, seniority: 1}
carve_out: {kind: gross, fraction: 10%, base: after_debt, paid_at: [acquisition]}
"""
PROCEEDS = np.array([0.0, 1e3, 1e6, 4e6, 30e6, 500e6, 1e12])
EXITS = ("acquisition", "ipo", "wind_down")
LEAK = 1e-9
"""How far, relatively, what is paid may be from the proceeds."""


def judged(text: str) -> tuple[str, list[str]]:
    """Read a cap table and pay it out; say whether it was accepted, and list what is wrong about that."""
    try:
        contract = Contract.of(parse_document(text, "table.yaml"))
        contract.day(None)
    except ScenarioError as error:
        return "refused", [] if str(error).endswith("in table.yaml") else [str(error)]
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        return "traceback", [f"{type(error).__name__}: {error}"]
    return "accepted", [*_wrong(contract)]


def _wrong(contract: Contract) -> Iterator[str]:
    for kind in EXITS:
        try:
            paid = pay_out(contract.table, Liquidity(kind, "by_charter", contract.day(None)), PROCEEDS)
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            yield f"{kind}: {type(error).__name__}: {error}"
            continue
        rows = np.stack(list(paid.payees.values()))
        if not np.all(np.isfinite(rows) & (rows >= -LEAK * PROCEEDS)):
            yield f"{kind}: somebody is paid {rows.min()}"
        if not np.allclose(rows.sum(axis=0), PROCEEDS, rtol=LEAK, atol=0):
            yield f"{kind}: {rows.sum(axis=0)} is paid out of {PROCEEDS}"


def found(seed: int, count: int) -> dict[str, tuple[str, list[str]]]:
    """Judge some mutants, by what was done to each and its text."""
    return {f"{name}\n{text}": judged(text) for name, text in mutants(seed, count, (RICH,))}
