"""Small companies for tests: a document as text, changed by overrides as a user would change it."""

from valsim.scenario.load import parse_document, scenario_of
from valsim.scenario.model import Scenario

STEADY = """
name: Steady
as_of: 2026-01-01
horizon: 3 years
step: quarter
currency: USD
simulation: {paths: 1000, seed: 7}
measure: {risk_free: 4%, equity_premium: 5%, beta: 0}
company: {name: Steady Inc, cash: 10M USD, debt: 0 USD}
drivers:
  revenue: {kind: constant, value: 100M USD/year, unit: USD/year}
cash_flow: revenue * 0
valuation:
  enterprise_value: {multiple_of: run_rate_revenue, revenue: revenue}
  multiple: {kind: mean_reverting, start: 5, mean: 5, half_life: 1 year, volatility: 0}
  anchor: none
captable:
  classes:
    common: {kind: common, shares: 75M}
    series_a: {kind: preferred, issued: 2025-01-01, shares: 25M, original_issue_price: 4 USD,
      liquidation_preference_multiple: 1, participation: none, seniority: 1, anti_dilution: broad_based_weighted_average}
  positions: {Ada: {common: 60M}, Fund: {series_a: 100%}}
at_horizon: {kind: sale, discount: 0%}
"""
"""Nothing moves: enterprise value 500M, equity 510M until a sale after three years; 100M shares."""

LIVELY = """
name: Lively
as_of: 2026-01-01
horizon: 4 years
step: quarter
currency: USD
simulation: {paths: 10_000, seed: 11}
measure: {risk_free: 4%, equity_premium: 5%, beta: 1.5}
company: {name: Lively Inc, cash: 50M USD, debt: 5M USD}
drivers:
  arr: {kind: decaying_growth, start: {family: lognormal, p10: 15M USD/year, p90: 30M USD/year},
    growth: {family: lognormal, p10: 20%, p90: 120%, at_most: 300%}, persistence: 75%, market_size: 5B USD/year, volatility: 25%}
  unit_cost: {kind: learning_curve, start: 2 USD, learning_rate: 20%, volume: served, volume_so_far: 10M, volatility: 10%}
  served: {kind: formula, value: arr / 3 USD, unit: 1/year}
  cost: {kind: plan, start: 30M USD/year, growth: 25%, persistence: 80%,
    plan_error: {family: lognormal, p10: 0.9, p90: 1.5}, error_builds_over: 1 year}
  gross_profit: {kind: formula, value: arr - served * unit_cost, unit: USD/year}
cash_flow: gross_profit - cost
correlations: {shocks: [[arr, unit_cost, -0.3]], parameters: [[arr.start, arr.growth, -0.4]]}
signals:
  audit: {at: 2026-07-15, probability: 70%, if_true: {multiple: "* 1.1"},
    if_false: {multiple: "* 0.7 decaying over 2 years", arr.growth: "* 0.8"}}
risks:
  outage: {probability_per_year: 10%, effect: {multiple: {times: 0.8, recovery: 18 months}}}
valuation:
  enterprise_value: {multiple_of: run_rate_revenue, revenue: arr}
  multiple: {kind: mean_reverting, start: {family: lognormal, p10: 10, p90: 30}, mean: 7, half_life: 1.3 years, volatility: 33%}
  anchor: none
captable:
  classes:
    common: {kind: common, shares: 60M}
    pool: {kind: option_pool, shares: 10M}
    series_a: {kind: preferred, issued: 2025-12-01, new_money: 60M USD, post_money_valuation: 300M USD,
      liquidation_preference_multiple: 1, participation: full, seniority: 1, anti_dilution: broad_based_weighted_average}
  positions: {Fund: {series_a: 60%}}
rounds:
  - name: series_b
    series: {like: series_a, participation: none, seniority: 2}
    option_pool: 12%
    pre_money_includes: [pool_top_up]
    closings:
      - {name: first, at: 2026-02-20, probability: 90%, new_money: 50M USD, investors: {Fund: 20M USD},
         post_money_valuation: {family: uniform, low: 320M USD, high: 450M USD}}
      - {name: milestone, when: arr >= 25M USD/year and audit, between: [2026-06-30, 2027-03-31], new_money: 30M USD,
         investors: {Fund: 20M USD}, default: {probability: 5%, wrong_way: -0.4, consequence: convert_to_common},
         if_not_met: {probability: 10%}, if_lapsed: {multiple: "* 0.85"}}
  - name: bridge
    series: {like: series_a, participation: none, seniority: 3}
    at_most: 2
    pre_money_includes: [anti_dilution]
    closings:
      - {name: bridge, when: runway < 9 months, new_money: 18 months of burn, probability: 70%,
         price: {of: equity_value, discount: 25%}}
exits:
  ipo: {hazard: 20% per year, when: arr >= 60M USD/year, discount: 10%, lock_up: 180 days, preferred: all_converted}
  acquisition: {hazard: 5% per year, discount: 10%}
  wind_down: {when: cash <= 0 USD, recovery: 5%}
at_horizon: {kind: sale, discount: 15%}
positions:
  me: {kind: secondary, pay: 5M USD, series: series_a, seller: Fund, price_per_share: 3 USD, at: 2026-03-31, fees: 2%,
    carry: 10%, transfer_consent_probability: 80%}
"""
"""Everything moves: all kinds of what may happen to a company, on few drivers."""

IN_A_SECTOR = """
name: In a sector
as_of: 2026-01-01
horizon: 8 years
step: quarter
currency: USD
simulation: {paths: 1000, seed: 7}
measure: {risk_free: 4%, equity_premium: 5%, beta: 1.5, sector_linked: {ai_labs: 100%}}
company: {name: Lab, cash: 100M USD, debt: 0 USD}
drivers:
  arr: {kind: decaying_growth, start: 50M USD/year, growth: 150%, persistence: 60%, market_size: 50B USD/year, volatility: 20%}
  cost: {kind: plan, start: 60M USD/year, growth: 40%, persistence: 70%, plan_error: 1, error_builds_over: 1 year}
cash_flow: 0.6 * arr - cost
sectors:
  ai_labs:
    multiple_of: run_rate_revenue
    growth_premium: {per_point: 4.2%, reference: 20%, at_most: 60%}
    multiple: {kind: mean_reverting_jumps, mean: 7, half_life: 1.3 years, volatility: 33%,
      jump_frequency: 0.6 per year, jump_mean: 0%, jump_volatility: 50%}
    opening: cross_section
    comparables:
      Peer One: {at: 2025-12-09, enterprise_value: 4B USD, revenue: 100M USD/year, multiple_of: run_rate_revenue, growth: 100%}
      Peer Two: {at: 2025-11-01, multiple: 80, multiple_of: trailing_12m_revenue, growth: 150%}
valuation:
  enterprise_value: {multiple_of: run_rate_revenue, revenue: arr}
  sector: ai_labs
  multiple: {kind: sector_multiple, start: 1, mean: 1, half_life: 2 years, volatility: 30%, growth: arr.growth}
  anchor: none
captable:
  classes:
    common: {kind: common, shares: 75M}
    series_a: {kind: preferred, issued: 2025-01-01, shares: 25M, original_issue_price: 4 USD,
      liquidation_preference_multiple: 1, participation: none, seniority: 1, anti_dilution: broad_based_weighted_average}
  positions: {Ada: {common: 60M}, Fund: {series_a: 100%}}
rounds:
  - name: growth
    series: {like: series_a}
    at_most: 2
    closings:
      - {name: closing, when: runway < 12 months and ai_labs >= 4, new_money: 18 months of burn,
         price: {of: equity_value, discount: 20%}, probability: 90%}
exits:
  ipo: {hazard: "if(ai_labs >= 6, 30% per year, 0 per year)", when: arr >= 150M USD/year, discount: 10%, lock_up: 180 days, preferred: all_converted}
  acquisition: {hazard: 4% per year, discount: 10%}
  wind_down: {when: cash <= 0 USD, recovery: 10%}
at_horizon: {kind: sale, discount: 15%}
"""
"""A company whose multiple follows its sector, whose listing waits for a warm one, and whose rounds need it too."""

SERIES_B = """
rounds:
  - name: series_b
    series: {like: series_a, seniority: 2}
    closings:
      - {name: first, at: 2026-03-31, probability: 100%, new_money: 100M USD, investors: {New: 100M USD},
         pre_money_valuation: 400M USD}
"""
"""A round for the steady company: new shares after the closing are a fifth of all."""

ALL_COMMON = """
name: All common
as_of: 2026-01-01
horizon: 1 year
step: year
currency: USD
simulation: {paths: 1000, seed: 5}
measure: {risk_free: 4%, equity_premium: 5%, beta: 0}
company: {name: All Common, cash: 0 USD, debt: 0 USD}
drivers:
  revenue: {kind: constant, value: 100M USD/year, unit: USD/year}
cash_flow: revenue * 0
valuation:
  enterprise_value: {multiple_of: run_rate_revenue, revenue: revenue}
  multiple: {kind: geometric_brownian, start: 1, growth: 4%, volatility: 60%}
  anchor: none
captable:
  classes: {common: {kind: common, shares: 1M}}
rounds:
  - name: b
    series: {kind: common}
    closings:
      - {name: c, at: 2027-01-01, if_met: option, new_money: 25M USD, pre_money_valuation: 110M USD, investors: {Newcomer: 25M USD}}
decisions: {policy: myopic, decide_for: requisite_holders}
at_horizon: {kind: sale, discount: 0%}
"""
"""100M of value today, and in a year the right to pay 25M at 110M before the money."""


def scenario(text: str, *overrides: str) -> Scenario:
    """Read, validate and check a document with some values replaced."""
    return scenario_of(parse_document(text, "test.yaml", overrides))


def steady(*overrides: str) -> Scenario:
    """The company in which nothing moves."""
    return scenario(STEADY, *overrides)


def in_a_sector(*overrides: str) -> Scenario:
    """The company whose multiple follows its sector."""
    return scenario(IN_A_SECTOR, *overrides)


def lively(*overrides: str) -> Scenario:
    """The company in which everything moves."""
    return scenario(LIVELY, *overrides)
