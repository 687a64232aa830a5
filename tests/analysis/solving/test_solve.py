"""The number of one input that makes a target true, against what is known in closed form."""

import json

import numpy as np
import pytest

import tests.companies
from tests.companies import LIVELY, lively, scenario
from valsim.analysis.solving.solve import solve
from valsim.analysis.solving.told import told
from valsim.analysis.solving.unknown import UnknownError
from valsim.core.errors import ExpressionError, ScenarioError
from valsim.scenario.model import Scenario

BUY = "positions={me: {kind: secondary, pay: 1M USD, series: series_a, seller: Fund, price_per_share: 3 USD, at: 2026-01-01, fees: 0%, carry: 0%, transfer_consent_probability: 100%}}"
"""A quarter of 510M less 1x seniority over 25M shares: as common 5.10 a share after three years, at 4 % 4.5339 today."""
FAIR = 5.10 / 1.04 ** (1096 / 365.25)
YEARLY = "step=year"
"""Nothing here happens between two years, and a search plays a company many times."""
NOISY = "valuation.multiple.volatility=60%"


def steady(*overrides: str) -> Scenario:
    return tests.companies.steady(YEARLY, *overrides)


def test_without_noise_the_price_is_exact() -> None:
    found = solve(steady(BUY), "positions.me.price_per_share", "present_value(me) = paid_today(me)", paths=2, threads=1)
    assert found.place == pytest.approx(FAIR, rel=1e-3)
    assert found.standard_error == pytest.approx(0, abs=1e-12)
    again = solve(steady(BUY), "positions.me.price_per_share", "moic(me) = 1.2", paths=2, threads=1)
    assert again.place == pytest.approx(5.10 / 1.2, rel=1e-9)
    assert again.written == f"{again.place} USD"


def test_with_noise_the_root_is_within_its_error_of_the_truth() -> None:
    # The price at which the deal is worth what it costs is the present value of a share itself.
    company = steady(BUY, NOISY)
    roots = [
        solve(company, "positions.me.price_per_share", "net_present_value(me) = 0 USD", paths=400, seed=seed, threads=1)
        for seed in range(2)
    ]
    truth = solve(
        company, "positions.me.price_per_share", "net_present_value(me) = 0 USD", paths=4_000, seed=99, threads=1
    )
    scores = [(each.place - truth.place) / np.hypot(each.standard_error, truth.standard_error) for each in roots]
    assert np.max(np.abs(scores)) < 3
    assert all(each.standard_error > 2 * truth.standard_error for each in roots)


def test_a_preference_multiple_that_gives_a_target() -> None:
    # A sale for 60M: a preference of m x 100M takes all above 0.6, so at m = 0.4 the class gets 40M of its 100M.
    poor = steady("valuation.multiple.start=0.5", "valuation.multiple.mean=0.5", BUY)
    path = "captable.classes.series_a.liquidation_preference_multiple"
    found = solve(poor, path, "present_value_per_share(series_a) = 1.6 USD", paths=2, threads=1)
    assert found.place == pytest.approx(1.6 * 1.04 ** (1096 / 365.25) / 4, rel=1e-3)


def test_a_level_of_a_milestone_by_the_number_in_its_formula() -> None:
    path = "rounds.series_b.closings.milestone.when:25M USD/year"
    company = lively("horizon=18 months")
    found = solve(company, path, "probability_funded(series_b/milestone) >= 60%", paths=600, threads=1)
    assert found.place == pytest.approx(20, abs=4 * found.standard_error)
    assert 0 < found.standard_error < 4
    assert abs(found.at.gap.value) <= found.at.gap.standard_error
    assert told(found)["holds"] == "below"


def test_where_the_target_jumps_the_two_numbers_are_said() -> None:
    # Cash is 60M and the first closing's 50M for certain: the second comes at a level below that, and never above it.
    text = LIVELY.replace("when: arr >= 25M USD/year and audit", "when: cash >= 25M USD")
    company = scenario(text, "company.cash=60M USD", "rounds.series_b.closings.first.probability=100%", "cash_flow=0 * cost",
                       "rounds.series_b.closings.milestone.if_not_met=null", "positions=null", "rounds.bridge=null", "horizon=18 months", "risks=null")  # fmt: skip
    found = solve(
        company,
        "rounds.series_b.closings.milestone.when",
        "probability_funded(series_b/milestone) = 50%",
        between=("100M USD", "120M USD"),
        paths=20,
        threads=1,
    )
    assert found.place is None
    assert found.is_found
    low, high = (spot.place for spot in found.between)
    assert low <= 110 <= high
    assert high - low < 1e-3


def test_where_no_number_makes_it_true_the_ends_are_said() -> None:
    found = solve(steady(BUY), "positions.me.price_per_share", "moic(me) = 100", paths=2, threads=1)
    assert not found.is_found
    assert (found.scanned[0].place, found.scanned[-1].place) == (pytest.approx(0.3), pytest.approx(30))
    assert found.scanned[0].left.value == pytest.approx(5.10 / 0.3)


def test_the_ends_may_be_chosen_and_are_as_far_as_the_document_takes_a_number() -> None:
    chosen = solve(
        steady(BUY), "positions.me.price_per_share", "moic(me) = 1", between=("4 USD", "6"), paths=2, threads=1
    )
    assert (chosen.scanned[0].place, chosen.scanned[-1].place) == (pytest.approx(4), pytest.approx(6))
    assert chosen.place == pytest.approx(5.1)
    share = solve(lively(), "exits.ipo.discount", "moic(me) = 50", paths=20, threads=1)
    assert 99 < share.scanned[-1].place <= 100


def test_the_company_is_held_fixed_unless_what_was_priced_last_is_varied() -> None:
    company = steady("valuation.anchor=last_round", BUY)
    fixed = solve(company, "positions.me.price_per_share", "moic(me) = 1.2", paths=2, threads=1)
    moved = solve(
        company, "captable.classes.series_a.original_issue_price", "present_value(Fund) = 90M USD", paths=2, threads=1
    )
    assert (fixed.anchor, moved.anchor) == ("held", "solved")
    # Held, shares that are worth more as common are worth the same at any lower price. Anchored anew, the class is worth what it cost: 24M of 25M shares are left to the Fund once 1M is sold at 3.
    assert moved.at.left.value == pytest.approx(90e6, rel=1e-6)
    held = solve(
        company,
        "captable.classes.series_a.original_issue_price",
        "present_value(Fund) = 90M USD",
        anchor="held",
        paths=2,
        threads=1,
    )
    assert held.anchor == "held"
    assert not held.is_found


def test_it_is_plain_data() -> None:
    data = told(solve(steady(BUY), "positions.me.price_per_share", "moic(me) = 1.5", paths=2, threads=1))
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert data["set"] == f"positions.me.price_per_share={data['written']}"
    assert data["value"] == pytest.approx(3.4)
    assert data["anchor"] == "none"


def test_what_cannot_be_solved_is_refused(tmp_path) -> None:
    path = "positions.me.price_per_share"
    with pytest.raises(UnknownError, match="is 0, which says nothing"):
        solve(steady(BUY), "positions.me.fees", "moic(me) = 1", paths=2)
    with pytest.raises(UnknownError, match="is no key of a scenario"):
        solve(steady(BUY), "positions.me.prize", "moic(me) = 1", paths=2)
    with pytest.raises(ExpressionError, match="expected one comparison"):
        solve(steady(BUY), path, "moic(me)", paths=2)
    with pytest.raises(ScenarioError):
        solve(steady(BUY), path, "moic(me) = 1", between=("-5 USD", "5 USD"), paths=2)
    with pytest.raises(ScenarioError):
        solve(tmp_path / "absent.yaml", path, "moic(me) = 1")
