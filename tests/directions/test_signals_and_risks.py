"""What the press watches in a laboratory moves its value the way that an investor expects."""

import pytest

from tests.directions.turning import Turned, chance_funded, falls, rises, turned

MILESTONE = ("follow_on", "milestone closing")
ERRS = ("signals.benchmark_audit.false_positive=50%",)


def never(signal: str) -> Turned:
    """The shipped scenario in which a signal is never true."""
    return turned(f"signals.{signal}.probability=0%")


def test_an_audit_that_fails_costs_value_and_the_milestone_money() -> None:
    failed = never("benchmark_audit")
    assert falls(failed.value())
    assert falls(failed.funded(*MILESTONE))
    assert chance_funded(failed.before, *MILESTONE) > 0.15
    assert chance_funded(failed.after, *MILESTONE) == 0
    assert falls(failed.on("2028-01-01", "enterprise_arr"))


def test_an_audit_that_errs_lets_money_flow_to_claims_that_are_not_true() -> None:
    fooled = turned(*ERRS)
    assert rises(fooled.funded(*MILESTONE))
    assert rises(fooled.value())


def test_unverified_claims_that_come_out_untrue_force_a_repricing() -> None:
    comes_out = (*ERRS, "signals.benchmark_audit.revealed_after=18 months")
    repriced = turned(*comes_out, 'signals.benchmark_audit.if_disappointed={multiple: "* 0.6"}', against=comes_out)
    assert falls(repriced.value())
    assert repriced.on("2027-12-31", "multiple").mean == 0
    assert falls(repriced.on("2028-02-01", "multiple"))


def test_weak_benchmarks_hurt_the_business_whatever_the_audit_says() -> None:
    weak = turned(*ERRS, 'signals.benchmark_audit.if_really_false={enterprise_arr.growth: "* 0.7"}', against=ERRS)
    assert falls(weak.on("2029-01-01", "enterprise_arr"))
    assert falls(weak.value())
    assert weak.on("2026-07-20", "multiple").mean == 0


def test_large_buyers_that_do_not_sign_cost_revenue_the_milestone_and_value() -> None:
    unsigned = never("enterprise_procurement")
    assert falls(unsigned.on("2028-01-01", "enterprise_arr"))
    assert falls(unsigned.value())
    assert falls(unsigned.funded(*MILESTONE))


def test_without_a_partnership_inference_is_dearer_and_the_company_worth_less() -> None:
    alone = never("cloud_partnership")
    assert rises(alone.on("2027-01-01", "cost_per_inference"))
    assert falls(alone.on("2029-01-01", "enterprise_arr"))
    assert falls(alone.value())


def test_tighter_export_control_makes_inference_dear_and_the_company_worth_less() -> None:
    control = turned(
        "risks.export_control.hazard=300% per year", "risks.export_control.effect.cost_per_inference.times=1.4"
    )
    assert rises(control.on("2028-01-01", "cost_per_inference"))
    assert falls(control.on("2028-01-01", "gross_profit"))
    assert falls(
        control.value(), errors=3
    )  # little is lost: a laboratory that sells near its cost raises its price with it
    assert falls(control.funded(*MILESTONE))
    assert rises(control.ended("wind_down"))


def test_safety_incidents_cost_users_and_value() -> None:
    incident = turned("risks.safety_incident.probability_per_year=40%")
    assert falls(incident.on("2028-01-01", "users"))
    assert falls(incident.on("2028-01-01", "multiple"))
    assert falls(incident.value())


def test_a_rival_that_cuts_prices_costs_revenue_and_value() -> None:
    cut = turned('risks.rival_price_cut={hazard: 100% per year, effect: {price_per_inference: "* 0.7"}}')
    assert falls(cut.on("2028-01-01", "api_revenue"))
    assert falls(cut.on("2028-01-01", "revenue"))
    assert falls(cut.value())


def test_a_strong_rival_costs_growth_and_value() -> None:
    rival = turned("risks.competitor_shock.hazard=150% per year")
    assert falls(rival.on("2029-01-01", "enterprise_arr"))
    assert falls(rival.value())


def test_what_is_turned_is_all_that_differs() -> None:
    # A risk that never strikes has its own random numbers, and shifts nobody else's.
    idle = turned('risks.rival_price_cut={hazard: 0% per year, effect: {price_per_inference: "* 0.7"}}')
    assert idle.value().mean == idle.outcome("proceeds").mean == 0
    assert (idle.after.outcomes["proceeds",] == idle.before.outcomes["proceeds",]).all()
    with pytest.raises(KeyError):
        idle.outcome("no such number")
