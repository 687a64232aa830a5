"""Where the money comes from and goes to, on one laboratory: each change pushes the result in its direction, path by path or in
the mean of the same random numbers; and cash reconciles whatever is switched on.
"""

import numpy as np
import pytest

import valsim
from tests.companies import scenario
from tests.test_simulate import pairs, watched
from valsim.core.rows import Row
from valsim.result import Result
from valsim.state import State

LAB = """
name: Laboratory
as_of: 2026-01-01
horizon: 5 years
step: quarter
currency: USD
simulation: {paths: 4096, seed: 5}
measure: {risk_free: 4%, equity_premium: 5%, beta: 1.5}
company: {name: Laboratory Inc, cash: 20M USD, debt: 0 USD}
drivers:
  inferences: {kind: decaying_growth, start: 6B /year, growth: 60%, persistence: 70%, market_size: 100B /year, volatility: 20%}
  price_per_inference: {kind: decaying_price, start: 0.01 USD, decline: 10%, volatility: 10%}
  cost_per_inference: {kind: decaying_price, start: 0.008 USD, decline: 10%, volatility: 10%}
  latency: {kind: constant, value: 900 ms, unit: ms}
  won: {kind: formula, value: (900 ms / latency) ^ 0.2, unit: 1}
  revenue: {kind: formula, value: inferences * price_per_inference * won, unit: USD/year}
  gross_profit: {kind: formula, value: revenue - inferences * cost_per_inference * won, unit: USD/year}
  cost: {kind: plan, start: 40M USD/year, growth: 20%, persistence: 70%, plan_error: {family: lognormal, p10: 0.8, p90: 1.4},
    error_builds_over: 2 years}
cash_flow: gross_profit - cost
valuation:
  enterprise_value: {multiple_of: run_rate_revenue, revenue: gross_profit}
  multiple: {kind: mean_reverting, start: 15, mean: 12, half_life: 2 years, volatility: 20%}
  anchor: none
captable:
  classes: {common: {kind: common, shares: 100M}}
  positions: {Founders: {common: 100%}}
rounds:
  - name: series_a
    series: {kind: preferred, liquidation_preference_multiple: 1, participation: none, seniority: 1, anti_dilution: none}
    closings:
      - {name: first, at: 2026-01-01, new_money: 80M USD, pre_money_valuation: 320M USD, investors: {Cloud: 40M USD}}
      - {name: second, at: 2027-01-01, new_money: 60M USD, price_per_share: 4 USD, probability: 80%}
exits:
  wind_down: {when: cash <= 0 USD, recovery: 10%}
at_horizon: {kind: sale, discount: 0%}
"""
INFERENCE = (
    "inference: {{share: {share}, spent_over: 1 year, lag: 6 months, moves: {{cost_per_inference: {{elasticity: -0.3, "
    "reference: 10M USD}}, latency: {{elasticity: -0.2, reference: 10M USD}}}}}}"
)
KIND = "rounds[0].closings[0].in_kind={Cloud: {share: 75%, cost: 60%, expires_after: 2 years}}"
YUAN = (
    "exchange_rates={CNY: {rate: 0.14 USD/CNY, date: 2025-12-31, moves: usd_per_cny, cash_held: 50%}}",
    "drivers.usd_per_cny={kind: geometric_brownian, start: 0.14 USD/CNY, growth: 0%, volatility: 6%}",
    "drivers.price_per_inference={kind: decaying_price, start: 0.0714 CNY, decline: 10%, volatility: 10%}",
    "drivers.revenue={kind: formula, value: inferences * price_per_inference * usd_per_cny * won, unit: USD/year}",
)


def uses(share: str, rest: str) -> str:
    return f"use_of_proceeds={{{INFERENCE.format(share=share)}, runway: {{share: {rest}}}}}"


def played(*overrides: str) -> Result:
    return valsim.simulate(scenario(LAB, *overrides), paths=4096, threads=1)


def worth(result: Result) -> float:
    return float(np.mean(result.valued["holder", "Founders", "present value"]))


def history(result: Result, name: str, year: int) -> Row:
    step = next(step.index for step in result.scenario.steps if step.time >= year)
    return result.history.series[name][step]


def test_money_for_inference_lowers_its_cost_and_raises_margin_cash_and_value() -> None:
    none, some = played(uses("0%", "100%")), played(uses("25%", "75%"))
    assert np.all(history(some, "cost_per_inference", 2) < history(none, "cost_per_inference", 2))
    assert np.all(history(some, "latency", 2) < history(none, "latency", 2))
    margin = [history(each, "gross_profit", 2) / history(each, "revenue", 2) for each in (none, some)]
    assert np.all(margin[1] > margin[0])
    assert np.mean(history(some, "cash", 4)) > np.mean(history(none, "cash", 4))
    assert worth(some) > worth(none)


def test_money_that_is_spent_on_nothing_that_works_costs_cash_and_value() -> None:
    none, wasted = played(), played("use_of_proceeds={sales: {share: 40%, spent_over: 1 year}, runway: {share: 60%}}")
    assert np.all(history(wasted, "cash", 1) < history(none, "cash", 1))
    assert worth(wasted) < worth(none)


def test_a_longer_lag_works_later() -> None:
    soon, late = played(uses("25%", "75%")), played(uses("25%", "75%").replace("6 months", "24 months"))
    assert np.all(history(soon, "cost_per_inference", 1) < history(late, "cost_per_inference", 1))
    assert worth(soon) > worth(late)


def test_credits_instead_of_cash_shorten_the_runway_unless_they_pay_for_compute() -> None:
    cash = played()
    unused = played(KIND, "compute_credits={pay_for: 1% of cost}")
    used = played(KIND, "compute_credits={pay_for: inferences * cost_per_inference}")
    ended = [np.mean(each.outcomes["exit",] == 0) for each in (cash, unused, used)]
    assert ended[1] > ended[0]
    assert ended[1] > ended[2]
    assert np.all(history(unused, "cash", 1) < history(cash, "cash", 1))
    # 48M a year of compute use the 30M up within the year: the same cash as if they had been money.
    assert history(used, "cash", 1) == pytest.approx(history(cash, "cash", 1), abs=1.0)


def test_credits_that_expire_soon_are_worth_less_to_the_company() -> None:
    compute = "compute_credits={pay_for: 20% of cost}"
    long, short = played(KIND, compute), played(KIND.replace("2 years", "6 months"), compute)
    assert np.mean(history(short, "cash", 2)) < np.mean(history(long, "cash", 2))
    assert worth(short) < worth(long)


def test_a_weaker_currency_of_revenue_lowers_margin_runway_and_value() -> None:
    firm, weak = played(*YUAN), played(*YUAN, "drivers.usd_per_cny.growth=-8%")
    assert np.all(history(weak, "revenue", 3) < history(firm, "revenue", 3))
    assert np.mean(history(weak, "cash", 3)) < np.mean(history(firm, "cash", 3))
    assert worth(weak) < worth(firm)


def reconciled(before: State, after: State, dt: float) -> Row:
    """What the cash of the end of a step should be, from all that moved it."""
    alive = before.alive
    earned = np.where(alive, after.rows.operated * dt, 0.0)
    spent = sum(after.budgets[name].spent - before.budgets[name].spent for name in after.budgets)
    paid = sum(after.credits[key].used - before.credits[key].used for key in after.credits)
    issued = sum(after.credits[key].issued - before.credits[key].issued for key in after.credits)
    raised = sum(
        after.funding.outcomes[key].new_money - before.funding.outcomes[key].new_money for key in after.funding.outcomes
    )
    gained = 0.5 * np.maximum(before.cash, 0.0) * (after.rates["CNY"] / before.rates["CNY"] - 1)
    return before.cash + earned - spent + paid + raised - issued + np.where(alive, gained, 0.0)


def test_cash_reconciles_on_every_path_with_all_of_it_together() -> None:
    compute = "compute_credits={pay_for: 30% of cost + 50% of spending.training, opening: {Old: {amount: 4M USD, expires: 2026-08-15}}}"
    spread = "use_of_proceeds={training: {share: 60%, spent_over: 18 months}, runway: {share: 40%}}"
    document = scenario(LAB, *YUAN, KIND, compute, spread)
    states = watched(document)
    for (before, after), step in zip(pairs(states), document.steps[1:], strict=True):
        assert after.cash == pytest.approx(reconciled(before, after, step.dt), rel=1e-9, abs=1.0)
    last = states[-1]
    assert all(np.any(batch.used > 0) for batch in last.credits.values())
    assert np.any(last.budgets["training"].spent > 0)
