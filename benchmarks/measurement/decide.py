"""How long a decision analysis takes: a round of three closings that are options.

A policy is trained on 32,768 paths, and played on 100,000 others
under risk-neutral and real-world probabilities; then the whole answer of ``valsim decide``, which plays four policies and
writes down the rule and the regions. The least of several.
"""

from collections.abc import Callable, Iterator

from benchmarks.clock import least
from benchmarks.effort import Effort
from benchmarks.table import Table, table
from tests.companies import scenario
from valsim.analysis.right_to_walk.decide import decide
from valsim.simulate import simulate

TRAINED_ON, PATHS = 32_768, 100_000
OPTION = "new_money: 20M USD, investors: {Newcomer: 15M USD}, if_met: option"
THREE_CLOSINGS = f"""
name: Three closings
as_of: 2026-01-01
horizon: 5 years
step: quarter
currency: USD
simulation: {{paths: {PATHS}, seed: 7}}
measure: {{risk_free: 4%, equity_premium: 5%, beta: 1.5}}
company: {{name: Three Closings, cash: 20M USD, debt: 0 USD}}
drivers:
  arr: {{kind: decaying_growth, start: 20M USD/year, growth: 100%, persistence: 70%, market_size: 10B USD/year, volatility: 40%}}
  cost: {{kind: plan, start: 30M USD/year, growth: 30%, persistence: 70%, plan_error: {{family: lognormal, p10: 0.9, p90: 1.4}},
    error_builds_over: 1 year}}
cash_flow: 0.7 * arr - cost
valuation:
  enterprise_value: {{multiple_of: run_rate_revenue, revenue: arr}}
  multiple: {{kind: mean_reverting, start: 15, mean: 8, half_life: 1.5 years, volatility: 35%}}
  anchor: none
captable:
  classes:
    common: {{kind: common, shares: 75M}}
    series_a: {{kind: preferred, issued: 2025-01-01, shares: 25M, original_issue_price: 4 USD,
      liquidation_preference_multiple: 1, participation: none, seniority: 1, anti_dilution: broad_based_weighted_average}}
  positions: {{Founder: {{common: 60M}}, Fund: {{series_a: 100%}}}}
rounds:
  - name: b
    series: {{like: series_a, seniority: 2}}
    closings:
      - {{name: first, at: 2026-02-20, pre_money_valuation: 450M USD, {OPTION}}}
      - {{name: second, when: arr >= 25M USD/year, between: [2026-06-30, 2026-12-31], {OPTION}}}
      - {{name: third, when: arr >= 35M USD/year, between: [2027-03-31, 2027-12-31], {OPTION}}}
decisions: {{policy: trained, decide_for: requisite_holders, training_paths: {TRAINED_ON}}}
exits:
  ipo: {{hazard: 20% per year, when: arr >= 100M USD/year, discount: 10%, lock_up: 180 days, preferred: all_converted}}
  acquisition: {{hazard: 5% per year, discount: 10%}}
  wind_down: {{when: cash <= 0 USD, recovery: 5%}}
at_horizon: {{kind: sale, discount: 15%}}
"""


def measure(effort: Effort) -> Iterator[Table]:
    """Measure the training and the playing, then the whole answer."""
    trained_on, paths = effort.of(2_048, TRAINED_ON), effort.of(4_096, PATHS)
    document = scenario(THREE_CLOSINGS, f"decisions.training_paths={trained_on}", f"simulation.paths={paths}")
    works: dict[str, tuple[Callable[[], object], float | None]] = {
        f"a policy trained on {trained_on:,} paths and played on {paths:,}, both measures": (
            lambda: simulate(document),
            10.0,
        ),
        "valsim decide: the same, four policies, rule and regions": (lambda: decide(document).as_dict(), None),
    }
    rows = [(what, least(run, effort.of(1, 3)).seconds, limit) for what, (run, limit) in works.items()]
    yield table("A round of three closings that are options", ("what", "seconds", "at most"), rows)
