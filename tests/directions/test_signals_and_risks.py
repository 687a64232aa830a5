"""What the press watches in a laboratory moves its value the way that an investor expects."""

import pytest

from tests.directions.items import ITEMS
from tests.directions.turning import Turned, chance_funded, falls, rises, turned

MILESTONE = ("follow_on", "milestone closing")
ERRS = ("signals.benchmark_audit.false_positive=60%",)


def item(name: str) -> Turned:
    """Turn an item of the articles in the shipped scenario."""
    return turned(*ITEMS[name].changes, against=ITEMS[name].against)


def test_an_audit_that_fails_costs_value_and_the_milestone_money() -> None:
    failed = item("audit fails")
    assert falls(failed.value())
    assert falls(failed.worth("me"))
    assert rises(failed.loses("me"))
    assert chance_funded(failed.before, *MILESTONE) > 0.25
    assert chance_funded(failed.after, *MILESTONE) < 0.1  # it errs now and then
    assert falls(failed.on("2028-01-01", "enterprise_arr"))


def test_an_audit_that_errs_lets_money_flow_to_claims_that_are_not_true() -> None:
    fooled = turned(*ERRS)
    assert rises(fooled.funded(*MILESTONE))
    assert rises(fooled.on("2027-06-30", "multiple"))
    assert falls(fooled.on("2027-07-20", "multiple"), errors=4)  # a year of use has shown what is so


def test_unverified_claims_that_come_out_untrue_force_a_repricing() -> None:
    repriced = item("claims come out")
    assert falls(repriced.value())
    assert falls(repriced.worth("me"))
    assert repriced.on("2027-06-30", "multiple").mean == 0
    assert falls(repriced.on("2028-02-01", "multiple"))


def test_weak_benchmarks_hurt_the_business_whatever_the_audit_says() -> None:
    untrue = "signals.benchmark_audit.probability=0%"
    harmless = 'signals.benchmark_audit.if_really_false={enterprise_arr.growth: "* 1"}'
    weak = turned(untrue, against=(untrue, harmless))
    assert falls(weak.on("2029-01-01", "enterprise_arr"))
    assert falls(weak.value())
    assert weak.on("2026-07-14", "enterprise_arr").mean == 0


def test_large_buyers_that_do_not_sign_cost_revenue_the_milestone_and_value() -> None:
    unsigned = item("procurement")
    assert falls(unsigned.on("2028-01-01", "enterprise_arr"))
    assert falls(unsigned.value())
    assert falls(unsigned.funded(*MILESTONE), errors=3)  # the window closes half a year later


def test_without_a_partnership_inference_is_dearer_and_the_company_worth_less() -> None:
    alone = item("partnership")
    assert rises(alone.on("2027-01-01", "cost_per_inference"))
    assert falls(alone.on("2029-01-01", "enterprise_arr"))
    assert falls(alone.value())
    assert falls(alone.funded(*MILESTONE))


def test_tighter_export_control_makes_inference_dear_and_the_company_worth_less() -> None:
    control = item("export control")
    assert rises(control.on("2028-01-01", "cost_per_inference"))
    assert falls(control.on("2028-01-01", "gross_profit"))
    assert falls(control.on("2028-01-01", "cash"))
    assert falls(control.value())
    assert falls(control.funded(*MILESTONE))
    assert rises(control.ended("wind_down"))


def test_safety_incidents_cost_users_and_value() -> None:
    incident = item("safety")
    assert falls(incident.on("2028-01-01", "users"))
    assert falls(incident.on("2028-01-01", "multiple"))
    assert falls(incident.value())


def test_a_strong_rival_costs_growth_and_value() -> None:
    rival = item("strong rival")
    assert falls(rival.on("2029-01-01", "enterprise_arr"))
    assert falls(rival.value())


def test_what_is_turned_is_all_that_differs() -> None:
    # A risk that never strikes has its own random numbers, and shifts nobody else's.
    idle = turned('risks.rival_price_cut={hazard: 0% per year, effect: {closed_price: "* 0.7"}}')
    assert idle.value().mean == idle.outcome("proceeds").mean == 0
    assert (idle.after.outcomes["proceeds",] == idle.before.outcomes["proceeds",]).all()
    with pytest.raises(KeyError):
        idle.outcome("no such number")
