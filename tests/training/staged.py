"""Scenarios with decisions, played through the whole engine."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.companies import scenario
from valsim.gather import gathered
from valsim.scenario.model import Scenario
from valsim.simulate import prepared
from valsim.training.trainer import Staged, Trainer

REACTING = """
name: It takes notice
as_of: 2026-01-01
horizon: 4 years
step: year
currency: USD
simulation: {paths: 1000, seed: 5}
measure: {risk_free: 4%, equity_premium: 5%, beta: 1}
company: {name: Reacting, cash: 0 USD, debt: 0 USD}
drivers:
  revenue: {kind: constant, value: 300M USD/year, unit: USD/year}
cash_flow: revenue * 0
valuation:
  enterprise_value: {multiple_of: run_rate_revenue, revenue: revenue}
  multiple: {kind: geometric_brownian, start: 1, growth: 4%, volatility: 80%}
  anchor: none
captable:
  classes: {common: {kind: common, shares: 1M}}
  positions: {Fund: {common: 100k}, Founder: {common: 900k}}
rounds:
  - name: a
    series: {kind: common}
    closings:
      - {name: closing, at: 2027-01-01, if_met: option, new_money: 60M USD, pre_money_valuation: 400M USD, investors: {Fund: 60M USD},
         if_funded: {multiple: "* 1.3"}, if_walked: {multiple: "* 0.6"}}
  - name: b
    series: {kind: common}
    closings:
      - {name: closing, at: 2028-01-01, if_met: option, new_money: 150M USD, pre_money_valuation: 700M USD, investors: {Fund: 150M USD},
         if_funded: {multiple: "* 1.3"}, if_walked: {multiple: "* 0.6"}}
decisions: {policy: trained, decide_for: requisite_holders, training_paths: 32_768}
at_horizon: {kind: sale, discount: 0%}
"""
"""Worth 300M; each closing lifts the multiple where it is funded and lowers it where investors walk away, and the Fund has a tenth."""


def reacting(*overrides: str) -> Scenario:
    return scenario(REACTING, *overrides)


@contextmanager
def problem(document: Scenario) -> Iterator[Staged]:
    """The decisions of a document as a problem, played in this process at its stated multiple."""
    run = prepared(document, threads=1)
    with gathered(run, lambda _: None) as workers:
        yield Trainer(run, workers, 1.0).problem()
