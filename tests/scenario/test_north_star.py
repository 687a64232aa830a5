# long because: one document says everything once, and this is the list of what it says
"""The first test of the language: one document that says everything once, and each of its statements as it was understood."""

from collections.abc import Mapping
from datetime import date
from functools import singledispatch
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import valsim
from tests.report.labelled import unlabelled
from valsim.analysis.summary import summary
from valsim.captable.financing.outcome import conditions
from valsim.captable.opening import open_ledger
from valsim.core.effect import Effect
from valsim.core.errors import ScenarioError
from valsim.core.expression import Expression
from valsim.core.parameter import Parameter, at_medians, parameters
from valsim.core.quantity import format_quantity
from valsim.scenario.check import problems
from valsim.scenario.load import parse_document, scenario_of
from valsim.scenario.model import Scenario

FILE = Path(__file__).parent / "north-star.yaml"
PATHS = 5000


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return valsim.load(FILE)


@pytest.fixture(scope="module")
def found(scenario: Scenario) -> dict[str, Any]:
    return summary(valsim.simulate(scenario, paths=PATHS))


def understood(place: Any, path: str) -> Any:
    """What stands at ``path`` of the loaded document, in words that are made of its values and not of its text."""
    for step in path.split("/"):
        place = (
            place[step] if isinstance(place, Mapping) else place[int(step)] if step.isdigit() else getattr(place, step)
        )
    return words(place)


@singledispatch
def words(value: Any) -> Any:
    return value


@words.register
def _(value: date) -> str:
    return value.isoformat()


@words.register
def _(value: tuple) -> list[Any]:  # type: ignore[type-arg]
    return [list(each) if isinstance(each, tuple) else words(each) for each in value]


@words.register
def _(value: Expression) -> str:
    return value.text


@words.register
def _(value: Parameter) -> str:
    cited = f" by {', '.join(value.sources)}" if value.sources else ""
    if value.readings:
        read = zip(value.readings, value.weights, strict=True)
        return " | ".join(f"{words(reading)} ({weight:.0%})" for reading, weight in read)
    if value.known:
        return format_quantity(value.middle, value.unit, digits=8) + cited
    tails = (float(value.distribution.quantile(np.asarray(p))) for p in (0.1, 0.9))
    low, high = (format_quantity(tail, value.unit, digits=4) for tail in tails)
    most = value.distribution.at_most
    return f"{value.distribution.family} {low} to {high}" + (f", at most {most:g}" if most is not None else "") + cited


@words.register
def _(value: Effect) -> str:
    done = f"* {words(value.times)}" if value.times is not None else f"+ {words(value.plus)}"
    return done if value.recovery is None else f"{done} for {words(value.recovery)}"


SAYS = {
    # time and run
    "as_of": "2026-02-20",
    "horizon": "8 years",
    "step": "quarter",
    "currency": "USD",
    "simulation/paths": 100_000,
    "simulation/seed": 20260220,
    # sources, cited once, and documents in hand
    "sources/press-2026/title": "Moonshot Targets $10 Billion Valuation in New Funding Push",
    "sources/press-2026/file": "article.txt",
    "sources/cnbc-2026-01/url": "https://gmteight.com/content/detail/353201",
    "sources/stake-2024/date": "2024-05-23",
    # the price of risk
    "measure/risk_free": "4 %",
    "measure/equity_premium": "5 %",
    "measure/beta": "1.9",
    # the company
    "company/cash": "1.4B USD by cash-2025-12",
    "company/debt": "0 USD",
    # drivers: growth that fills a capacity
    "drivers/users/kind": "logistic_growth",
    "drivers/users/start": "9.9M users by users-2025q3",
    "drivers/users/growth": "lognormal 10 % to 90 %",
    "drivers/users/capacity": "lognormal 40M users to 300M users",
    "drivers/users/volatility": "30 %",
    # growth that fades, bounded, saturating
    "drivers/enterprise_arr/kind": "decaying_growth",
    "drivers/enterprise_arr/start": "lognormal 30M USD/year to 90M USD/year",
    "drivers/enterprise_arr/growth": "lognormal 40 % to 1, at most 2",
    "drivers/enterprise_arr/persistence": "beta 60 % to 90 %",
    "drivers/enterprise_arr/market_size": "150B USD/year",
    "drivers/enterprise_arr/market_size/note": "assumption",
    # constants, prices that decay, costs that are learned, levels that revert
    "drivers/inferences_per_user/value": "480/user/year",
    "drivers/api_share/value": "35 %",
    "drivers/price_per_inference/kind": "decaying_price",
    "drivers/price_per_inference/start": "0.0034 USD",
    "drivers/price_per_inference/decline": "beta 20 % to 75 %",
    "drivers/cost_per_inference/kind": "learning_curve",
    "drivers/cost_per_inference/learning_rate": "beta 10 % to 40 %",
    "drivers/cost_per_inference/volume": "inferences",
    "drivers/cost_per_inference/volume_so_far": "8B",
    "drivers/latency/kind": "mean_reverting",
    "drivers/latency/start": "900 ms",
    "drivers/latency/mean": "500 ms",
    "drivers/latency/half_life": "1 year",
    # formulas with units, a plan with its error, and the cash flow
    "drivers/inferences/value": "users * inferences_per_user * (900 ms / latency) ^ 0.2",
    "drivers/subscriptions/value": "users * 4% * 60 USD/user/year",
    "drivers/api_revenue/value": "inferences * api_share * price_per_inference",
    "drivers/revenue/value": "enterprise_arr + subscriptions + api_revenue",
    "drivers/gross_profit/value": "revenue - inferences * cost_per_inference",
    "drivers/operating_cost/kind": "plan",
    "drivers/operating_cost/plan_error": "lognormal 1 to 2",
    "cash_flow": "gross_profit - operating_cost",
    # what moves together: shocks at each step, parameters once a path
    "correlations/shocks": [["users", "enterprise_arr", 0.4], ["price_per_inference", "cost_per_inference", 0.6]],
    "correlations/parameters": [["users.growth", "enterprise_arr.growth", 0.5]],
    # signals: dated; factors or points, permanent or decaying, on rows or their parameters
    "signals/benchmark_audit/at": "2026-07-15",
    "signals/benchmark_audit/probability": "70 %",
    "signals/benchmark_audit/if_true/multiple": "* 1.1",
    "signals/benchmark_audit/if_false/multiple": "* 70 % for 2 years",
    "signals/benchmark_audit/if_false/enterprise_arr.growth": "* 80 %",
    "signals/enterprise_procurement/at": "2026-10-01",
    "signals/enterprise_procurement/if_true/api_share": "+ 5 %",
    "signals/enterprise_procurement/if_true/latency": "+ -50 ms for 1 year",
    # risks: a hazard or a probability per year, effects of uncertain size, a shared recovery, contagion
    "risks/export_control/hazard": "1.67/year",
    "risks/export_control/effect/cost_per_inference": "* lognormal 1 to 1.15",
    "risks/safety_incident/probability_per_year": "8 %",
    "risks/safety_incident/effect/multiple": "* 75 %",
    "risks/safety_incident/effect/users": "* 90 %",
    "risks/safety_incident/recovery": "1.5 years",
    "risks/safety_incident/contagion": "sector",
    # value: a multiple of a named basis, of a named sector, anchored
    "valuation/enterprise_value/multiple_of": "next_12m_revenue",
    "valuation/sector": "ai_labs",
    "valuation/multiple/kind": "mean_reverting",
    "valuation/multiple/start": "lognormal 12 to 60",
    "valuation/multiple/mean": "lognormal 3 to 10",
    "valuation/multiple/half_life": "3 years",
    "valuation/multiple/volatility": "33 %",
    "valuation/anchor": "last_round",
    # classes, with the terms of one taken over by another
    "captable/classes/common/shares": "480M",
    "captable/classes/pool/kind": "option_pool",
    "captable/classes/series_b/original_issue_price": "2.5 USD",
    "captable/classes/series_b/liquidation_preference_multiple": "1",
    "captable/classes/series_b/participation": "none",
    "captable/classes/series_b/anti_dilution/kind": "broad_based_weighted_average",
    "captable/classes/series_b/redemption/at": "2029-06-30",
    "captable/classes/series_b/redemption/return_per_year": "8 %",
    "captable/classes/series_b/redemption/compounding": "simple",
    "captable/classes/series_b/redemption/payer": "company",
    "captable/classes/series_b/redemption/cash_kept": "12 months of burn",
    "captable/classes/series_c/new_money": "500M USD",
    "captable/classes/series_c/post_money_valuation": "4.3B USD by press-2026",
    "captable/classes/series_c/seniority": "2",
    "captable/classes/series_c/redemption/return_per_year": "8 %",
    "captable/classes/series_c/anti_dilution/kind": "broad_based_weighted_average",
    # positions, as a part of what
    "captable/positions/Alibaba/series_b/amount": "36 % by stake-2024",
    "captable/positions/Alibaba/series_b/of": "fully_diluted",
    "captable/positions/Alibaba/series_b/at": "2024-03-31",
    "captable/positions/Monolith/series_b/of": "class",
    # rounds and closings: a deal that may fail, a price that sources dispute, investors by name
    "rounds/0/series/redemption/at": "2029-06-30",
    "rounds/0/closings/0/at": "2026-02-20",
    "rounds/0/closings/0/probability": "90 %",
    "rounds/0/closings/0/new_money": "700M USD by press-2026",
    "rounds/0/closings/0/post_money_valuation": (
        "uniform 4.93B USD to 5.97B USD by cnbc-2026-01 (60%) | uniform 6.49B USD to 9.61B USD by press-2026 (40%)"
    ),
    "rounds/0/closings/0/investors/Alibaba": "300M USD",
    "rounds/0/closings/0/investors/5Y Capital": "150M USD",
    # a milestone in a window: obligation, waiver, default and its consequence, lapse
    "rounds/0/closings/1/when": (
        "enterprise_arr >= 150M USD/year and benchmark_audit and cost_per_inference <= 60% of cost_per_inference.start"
    ),
    "rounds/0/closings/1/between": ["2026-06-30", "2027-03-31"],
    "rounds/0/closings/1/new_money": "500M USD",
    "rounds/0/closings/1/prices": [],
    "rounds/0/closings/1/if_met": "obligation",
    "rounds/0/closings/1/if_not_met/probability": "15 %",
    "rounds/0/closings/1/default/probability": "5 %",
    "rounds/0/closings/1/default/wrong_way": "-40 %",
    "rounds/0/closings/1/default/consequence/kind": "convert_to_common",
    "rounds/0/closings/1/if_lapsed/multiple": "* 85 %",
    # a later round by a state of the company, sized and priced by it
    "rounds/1/closings/0/when": "runway < 9 months",
    "rounds/1/closings/0/new_money": "18 months of burn",
    "rounds/1/closings/0/price/of": "equity_value",
    "rounds/1/closings/0/price/discount": "25 %",
    "rounds/1/pre_money_includes": ["pool_top_up", "convertibles", "anti_dilution"],
    "rounds/1/at_most": 3,
    # ends
    "exits/ipo/hazard": "20 %/year",
    "exits/ipo/when": "revenue >= 500M USD/year and equity_value >= 8B USD",
    "exits/ipo/discount": "beta 5 % to 30 %",
    "exits/ipo/lock_up": "5.9137577 months",
    "exits/acquisition/hazard": "4 %/year",
    "exits/acquisition/discount": "10 %",
    "exits/wind_down/when": "cash <= 0 USD and not funded",
    "exits/wind_down/recovery": "5 %",
    "at_horizon/kind": "sale",
    "at_horizon/discount": "15 %",
    # a buyer of old shares
    "positions/me/pay": "50M USD",
    "positions/me/series": "series_b",
    "positions/me/price_per_share": "6.1 USD",
    "positions/me/at": "2026-03-31",
    "positions/me/fees": "2 %",
    "positions/me/carry": "10 %",
    "positions/me/transfer_consent_probability": "80 %",
}
"""Each statement of the document: where it stands, and what was understood. A share stands in percent, 180 days in months of
30.4375 days."""


@pytest.mark.parametrize("path", SAYS)
def test_it_says(scenario: Scenario, path: str) -> None:
    assert understood(scenario, path) == SAYS[path]


def test_nothing_is_wrong_with_it_and_nothing_suspicious(scenario: Scenario) -> None:
    assert problems(scenario) == ()


@pytest.mark.parametrize(
    ("override", "place"),
    [
        ("drivers.revenue.value=enterprise_arr + users", "drivers.revenue.value"),
        ("drivers.inferences.value=users * latency", "drivers.inferences.value"),
        ("cash_flow=gross_profit - operating_cost * 1 year", "cash_flow"),
        ("rounds[0].closings[1].when=enterprise_arr >= 150M USD", "rounds[0].closings[1].when"),
        ("rounds[1].closings[0].new_money=18 months * runway", "rounds[1].closings[0].new_money"),
        ("rounds[1].closings[0].price.of=revenue", "rounds[1].closings[0].price.of"),
        ("signals.enterprise_procurement.if_true.latency=+ 5%", "signals.enterprise_procurement.if_true.latency"),
        ("exits.wind_down.when=cash <= 0 USD and not cash", "exits.wind_down.when"),
        ("captable.classes.series_b.redemption.cash_kept=12 * burn", "captable.classes.series_b.redemption.cash_kept"),
    ],
)
def test_its_units_are_checked_wherever_a_formula_stands(override: str, place: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        valsim.load(FILE, [override])
    assert [problem.place for problem in caught.value.problems] == [place]


def test_it_says_the_same_when_it_is_written_back(scenario: Scenario) -> None:
    assert scenario_of(parse_document(valsim.dump(scenario), "written.yaml")) == scenario


def test_every_date_is_on_the_grid(scenario: Scenario) -> None:
    grid = {step.date.isoformat() for step in scenario.steps}
    dated = (
        "2026-02-20",
        "2026-03-31",
        "2026-06-30",
        "2026-07-15",
        "2026-10-01",
        "2027-03-31",
        "2029-06-30",
        "2034-02-20",
    )
    assert grid >= set(dated)


def test_a_percentage_of_the_fully_diluted_shares_is_of_those_of_its_date(scenario: Scenario) -> None:
    captable = at_medians(scenario.captable)
    ledger = open_ledger(captable.classes, captable.positions)
    assert ledger.held("Alibaba", "series_b") == pytest.approx(0.36 * 940e6)  # before series_c
    assert ledger.held("Monolith", "series_b") == pytest.approx(0.05 * 400e6)
    assert ledger.shares("series_c") == pytest.approx(500e6 / (3.8e9 / 940e6))


def test_a_milestone_is_reported_condition_by_condition(scenario: Scenario) -> None:
    assert conditions(scenario.tranches[1]) == (
        "enterprise_arr >= 150M USD/year",
        "benchmark_audit",
        "cost_per_inference <= 60% of cost_per_inference.start",
    )


def test_the_sector_takes_the_blow_to_its_multiple_and_the_company_all_else(scenario: Scenario) -> None:
    incident = scenario.risks["safety_incident"]
    assert {row: words(each) for row, each in incident.shared.items()} == {"multiple": "* 75 %"}
    assert {row: words(each) for row, each in incident.own.items()} == {"users": "* 90 % for 1.5 years"}


def test_a_repeated_round_may_come_three_times(scenario: Scenario) -> None:
    assert [tranche.round for tranche in scenario.tranches] == [
        "follow_on",
        "follow_on",
        "bridge 1",
        "bridge 2",
        "bridge 3",
    ]


def test_it_runs_and_everything_that_it_says_may_happen(found: dict[str, Any]) -> None:
    assert found["run"]["paths"] == PATHS
    assert all(0 < share < 1 for share in found["exits"].values())
    assert list(found["exits"]) == ["ipo", "acquisition", "wind_down", "still_private"]
    assert all(0.05 < tranche["probability_funded"] < 0.95 for tranche in found["tranches"])
    assert found["tranches"][1]["probability_waived"] > 0
    redeemed = {each["class"]: each["probability_demanded"] for each in found["redemptions"]}
    assert list(redeemed) == ["series_b", "series_c", "follow_on", "bridge 1", "bridge 2", "bridge 3"]
    assert 0.1 < redeemed["series_b"] < 0.95


def test_the_last_round_is_the_anchor(found: dict[str, Any]) -> None:
    series_c = next(each for each in found["classes"] if each["name"] == "series_c")
    assert abs(series_c["present_value_per_share"] - series_c["last_price"]) < 4 * series_c["standard_error"]
    assert 0.1 < found["health"]["anchor_scale"] < 10


def test_every_number_is_listed_with_its_source_and_a_dispute_with_both(
    scenario: Scenario, found: dict[str, Any]
) -> None:
    listed = {each["path"]: each for each in found["assumptions"]}
    assert len(listed) == len(list(parameters(scenario)))
    assert listed["company.cash"]["source"] == "cash-2025-12"
    assert listed["drivers.users.growth"]["source"] == "assumption"
    (disputed,) = [each for each in found["assumptions"] if "conflict" in each]
    assert [(each["source"], each["weight"]) for each in disputed["conflict"]] == [
        ("cnbc-2026-01", 0.6),
        ("press-2026", 0.4),
    ]


def test_every_number_of_its_report_says_under_which_probabilities_it_is(found: dict[str, Any]) -> None:
    assert unlabelled(found) == []
