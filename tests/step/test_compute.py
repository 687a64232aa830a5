"""Compute credits in the story: they count as money in a closing, never as cash, and pay for compute until they expire."""

import numpy as np
import pytest

import valsim
from tests.companies import LIVELY, STEADY, lively, steady
from tests.scenario.found import one, warned
from tests.step.test_redeem import first
from tests.test_simulate import pairs, watched
from valsim.result import Result

IN_KIND = "in_kind: {Cloud: {share: 50%, cost: 60%, expires_after: 2 years}}"
CLOSING = "name: only, at: 2026-01-01, new_money: 40M USD, pre_money_valuation: 400M USD, investors: {Cloud: 20M USD}"
KIND = f"rounds=[{{name: b, series: {{like: series_a}}, closings: [{{{CLOSING}, {IN_KIND}}}]}}]"
CASH = f"rounds=[{{name: b, series: {{like: series_a}}, closings: [{{{CLOSING}}}]}}]"
LOSS = "cash_flow=0 * revenue - 12M USD/year"
COMPUTE = "compute_credits={pay_for: 4% of revenue}"
LIVELY_KIND = (
    "rounds[0].closings[0].in_kind={Fund: {share: 45%, cost: 60%, expires_after: 18 months}}",
    "rounds[0].closings[1].in_kind={Fund: {share: 100%, cost: 50%, expires_after: 1 year}}",
    "compute_credits={pay_for: served * unit_cost, opening: {Cloud: {amount: 3M USD, expires: 2026-11-15}}}",
)


def played(*overrides: str) -> Result:
    return valsim.simulate(steady(*overrides), paths=2, threads=1)


def series(result: Result, name: str) -> np.ndarray:
    return result.history.series[name][:, 0]


def test_credits_count_in_the_round_and_not_in_cash() -> None:
    kind, cash = played(KIND, COMPUTE), played(CASH)
    for what in ("new_money", "price_per_share", "post_money_valuation", "dilution"):
        assert first(kind, "tranche", "b", "only", what) == first(cash, "tranche", "b", "only", what)
    assert series(cash, "cash")[0] - series(kind, "cash")[0] == 10e6
    assert first(kind, "holder", "Cloud", "invested") == 20e6
    assert first(kind, "holder", "Cloud", "ownership at exit") == first(cash, "holder", "Cloud", "ownership at exit")


def test_they_pay_for_compute_until_they_are_used_up() -> None:
    # 12M a year is lost, of which compute is 4M: 10M of credits last for two years and a half, and expire after two.
    result = played(KIND, LOSS, COMPUTE)
    times = np.array([step.time for step in result.scenario.steps])
    left = np.where(times < 2, np.maximum(10e6 - 4e6 * times, 0.0), 0.0)
    assert series(result, "compute_credits") == pytest.approx(left, abs=1.0)
    paid = np.minimum(4e6 * times, 8e6)
    assert series(result, "cash") == pytest.approx(40e6 - 12e6 * times + paid, rel=1e-9)
    fates = [first(result, "credits", "rounds.b.only", "Cloud", what) for what in ("issued", "used", "expired", "left")]
    assert fates == pytest.approx([10e6, 8e6, 2e6, 0.0], abs=1.0)


def test_burn_and_runway_see_what_they_pay() -> None:
    states = watched(steady(KIND, LOSS, COMPUTE), paths=2)
    assert states[0].rows["burn"][0] == pytest.approx(8e6)
    assert states[0].rows["runway"][0] == pytest.approx(40 / 8)
    assert states[-2].rows["burn"][0] == pytest.approx(12e6)


def test_credits_of_the_start_expire_on_their_day_which_is_on_the_grid() -> None:
    opening = "compute_credits={pay_for: 4% of revenue, opening: {Cloud: {amount: 5M USD, expires: 2026-08-17}}}"
    result = played(LOSS, opening)
    day = [step.date.isoformat() for step in result.scenario.steps].index("2026-08-17")
    time = result.scenario.steps[day].time
    assert first(result, "credits", "start", "Cloud", "used") == pytest.approx(4e6 * time)
    assert series(result, "compute_credits")[day] == 0.0


def test_the_investor_is_shown_at_face_and_at_what_it_cost() -> None:
    result = played(KIND, COMPUTE)
    assert first(result, "holder", "Cloud", "invested at cost") == pytest.approx(20e6 - 4e6)
    years = result.scenario.steps[-1].time
    proceeds = first(result, "holder", "Cloud", "proceeds")
    assert first(result, "holder", "Cloud", "irr") == pytest.approx((proceeds / 20e6) ** (1 / years) - 1)
    assert first(result, "holder", "Cloud", "irr at cost") == pytest.approx((proceeds / 16e6) ** (1 / years) - 1)


def test_where_nothing_comes_back_all_is_lost_at_cost_too() -> None:
    # What the credits spared is part of the payment, and no receipt of that day.
    result = played(KIND, COMPUTE, "at_horizon={kind: zero}")
    assert first(result, "holder", "Cloud", "irr") == -1.0
    assert first(result, "holder", "Cloud", "irr at cost") == -1.0


def test_a_holder_that_never_comes_to_pay_in_credits_is_told_at_cost_too() -> None:
    # In whatever chunk of paths that happens, its columns are there.
    never = played(KIND.replace("name: only,", "name: only, probability: 0%,"), COMPUTE)
    assert first(never, "holder", "Cloud", "invested at cost") == 0.0
    both = played(
        KIND.replace(
            "}]}]",
            "}, {name: late, at: 2026-06-01, when: revenue < 1 USD/year, new_money: 1M USD, investors: {Ada: 1M USD}, "
            "in_kind: {Ada: {share: 100%, cost: 0%, expires_after: 1 year}}}]}]",
        ),
        COMPUTE,
    )
    assert first(both, "holder", "Ada", "invested at cost") == first(both, "holder", "Ada", "invested")


def test_a_share_of_nothing_changes_no_bit() -> None:
    nothing = "rounds[0].closings[0].in_kind={Fund: {share: 0%, cost: 60%, expires_after: 1 year}}"
    plain = valsim.simulate(lively(), paths=3000, threads=1)
    none = valsim.simulate(lively(nothing, "compute_credits={pay_for: served * unit_cost}"), paths=3000, threads=1)
    for key, row in plain.outcomes.items():
        assert np.array_equal(row, none.outcomes[key], equal_nan=True), key


def test_on_every_path_what_was_issued_is_used_expired_or_left_and_cash_reconciles() -> None:
    states = watched(lively(*LIVELY_KIND))
    for before, after in pairs(states):
        for key, batch in after.credits.items():
            whole = batch.used + batch.expired + batch.left
            assert whole == pytest.approx(batch.issued, rel=1e-9, abs=1e-3)
            assert np.all(batch.left >= 0)
            was = before.credits[key]
            ended = ~before.alive
            assert np.array_equal(batch.left[ended], was.left[ended])
    last = states[-1]
    assert any(np.any(batch.used > 0) for batch in last.credits.values())
    assert any(np.any(batch.expired > 0) for batch in last.credits.values())
    paid = last.funding.outcomes["series_b", "first"].new_money
    face = last.credits["rounds.series_b.first", "Fund"].issued
    assert np.all(face[paid > 0] == pytest.approx(0.45 * 20e6))


def test_the_same_bits_whatever_the_chunk_and_the_threads() -> None:
    scenario = lively(*LIVELY_KIND)
    whole = valsim.simulate(scenario, paths=9000, threads=1, chunk=16_384)
    parts = valsim.simulate(scenario, paths=9000, threads=2, chunk=4096)
    for key, row in whole.outcomes.items():
        assert np.array_equal(row, parts.outcomes[key], equal_nan=True), key


def test_credits_that_pay_for_little_shorten_the_runway_and_those_that_pay_for_all_do_not() -> None:
    little = played(KIND, LOSS, "compute_credits={pay_for: 1% of revenue}")
    much, cash = played(KIND, LOSS, "compute_credits={pay_for: 8% of revenue}"), played(CASH, LOSS)
    at_the_end = [series(each, "cash")[-1] for each in (little, much, cash)]
    assert at_the_end[0] < at_the_end[1] == pytest.approx(at_the_end[2])


@pytest.mark.parametrize(
    ("overrides", "place", "message"),
    [
        (
            ["rounds[0].closings[0].in_kind={Fund: {share: 45%, cost: 60%, expires_after: 1 year}}"],
            "rounds[0].closings[0].in_kind",
            "the scenario does not say what compute these credits pay for",
        ),
        (
            [LIVELY_KIND[2], LIVELY_KIND[0].replace("Fund", "Cloud")],
            "rounds[0].closings[0].in_kind.Cloud",
            "credits come from an investor of the closing, and 'Cloud' is none",
        ),
        (
            [LIVELY_KIND[2].replace("served * unit_cost", "served")],
            "compute_credits.pay_for",
            "expected USD/year, got 1/year",
        ),
        ([LIVELY_KIND[2].replace("served * unit_cost", "burn")], "compute_credits.pay_for", "unknown name 'burn'"),
        (
            [LIVELY_KIND[2].replace("2026-11-15", "2025-11-15")],
            "compute_credits.opening.Cloud.expires",
            "2025-11-15 is outside the run, from 2026-01-01 to 2030-01-01",
        ),
    ],
)
def test_credits_that_cannot_be_are_explained(overrides: list[str], place: str, message: str) -> None:
    assert one(LIVELY, *overrides) == (place, message)


def test_credits_that_nobody_pays_in_are_suspicious() -> None:
    told = warned(STEADY, COMPUTE)
    assert (
        told["compute_credits"]
        == "without effect: the company has no credits at the start, and no investor pays in kind"
    )
