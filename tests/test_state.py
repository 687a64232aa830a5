"""The state at one instant: what formulas read from it, and what changes it."""

import dataclasses

import numpy as np
import pytest

import valsim
from tests.companies import lively, steady
from valsim.captable.financing.outcome import FUNDED, MISSED
from valsim.core.effect import Effect
from valsim.core.parameter import at_medians
from valsim.core.streams import Streams
from valsim.ended import STILL_PRIVATE, Ended
from valsim.result import Result
from valsim.scenario.model import Scenario
from valsim.simulate import opening
from valsim.state import State, World
from valsim.value.measure import PriceOfRisk

PATHS = 3


def opened(scenario: Scenario, scale: float = 1.0) -> State:
    return opening(World(at_medians(scenario), Streams(1, 0, 1, PATHS), PriceOfRisk({})), scale)


def everywhere(row: object) -> list[float]:
    return np.broadcast_to(np.asarray(row, float), PATHS).tolist()


def test_value_follows_from_the_levels() -> None:
    rows = opened(steady("company.debt=30M USD")).rows
    assert everywhere(rows["valued_revenue"]) == [100e6] * PATHS
    assert everywhere(rows["enterprise_value"]) == [500e6] * PATHS
    assert everywhere(rows["equity_value"]) == [480e6] * PATHS


def test_equity_is_never_below_zero() -> None:
    assert everywhere(opened(steady("company.debt=600M USD")).rows["equity_value"]) == [0.0] * PATHS


def test_the_loans_of_the_cap_table_are_owed_with_their_interest() -> None:
    terms = "interest_rate: 10%, compounding: simple, day_count: actual/365, issued: 2025-01-01, seniority: 1"
    rows = opened(steady(f"captable.debt={{bank: {{kind: venture_debt, principal: 20M USD, {terms}}}}}")).rows
    assert everywhere(rows["debt"]) == [22e6] * PATHS
    assert everywhere(rows["equity_value"]) == [488e6] * PATHS


def test_a_company_that_burns_has_a_runway() -> None:
    rows = opened(steady("cash_flow=revenue * -20%")).rows
    assert everywhere(rows["burn"]) == [20e6] * PATHS
    assert everywhere(rows["runway"]) == [0.5] * PATHS


def test_a_company_that_earns_has_no_burn_and_an_endless_runway() -> None:
    rows = opened(steady("cash_flow=revenue * 20%")).rows
    assert everywhere(rows["burn"]) == [0.0] * PATHS
    assert everywhere(rows["runway"]) == [np.inf] * PATHS


def test_the_scale_of_the_anchor_is_on_the_opening_multiple() -> None:
    assert everywhere(opened(steady(), scale=1.4).rows["multiple"]) == [7.0] * PATHS


def test_a_signal_is_false_until_it_is_observed() -> None:
    assert not np.any(opened(lively()).rows["audit"])


def test_fields_of_a_driver_are_read_by_name() -> None:
    rows = opened(lively()).rows
    assert everywhere(rows["arr.persistence"]) == [0.75] * PATHS
    assert everywhere(rows["arr"]) == pytest.approx([np.sqrt(15e6 * 30e6)] * PATHS, rel=1e-9)


def test_what_a_row_was_at_the_start_is_kept() -> None:
    state = opened(steady())
    later = dataclasses.replace(state, cash=state.cash + 5e6)
    assert later.rows["cash"].tolist() == [15e6] * PATHS
    assert everywhere(later.rows["cash.start"]) == [10e6] * PATHS
    assert everywhere(later.rows["equity_value.start"]) == [510e6] * PATHS
    assert everywhere(later.rows["equity_value"]) == [515e6] * PATHS


def test_the_rows_that_can_be_listed_are_levels_signals_and_what_follows_from_them() -> None:
    rows = opened(lively()).rows
    assert {"arr", "multiple", "audit", "runway", "equity_value", "cash"} <= set(rows)
    assert len(rows) == len(list(rows))


def test_an_effect_shows_once_the_levels_are_worked_out_anew() -> None:
    state, where = opened(steady()), np.array([True, False, False])
    hit = state.hit("storm", {"multiple": at_medians(Effect.model_validate("* 0.5"))}, where)
    assert everywhere(hit.rows["multiple"]) == [5.0] * PATHS
    assert everywhere(hit.settled().rows["multiple"]) == [2.5, 5.0, 5.0]
    assert everywhere(hit.settled_after(state).rows["equity_value"]) == [260e6, 510e6, 510e6]


def test_nothing_is_worked_out_anew_where_nothing_changed() -> None:
    state = opened(steady())
    assert state.hit("calm", {}, np.ones(PATHS, dtype=bool)) is state
    assert state.settled_after(state) is state


def test_new_cash_shows_in_formulas_one_step_later_also_where_an_effect_is_shown_at_once() -> None:
    state = opened(steady("drivers.spare={kind: formula, value: cash / 2, unit: USD}"))
    paid = dataclasses.replace(state, cash=state.cash + 10e6)
    hit = paid.hit("storm", {"multiple": at_medians(Effect.model_validate("* 0.5"))}, np.array([True, False, False]))
    after = hit.settled_after(state).rows
    assert everywhere(after["multiple"]) == [2.5, 5.0, 5.0]
    assert everywhere(after["spare"]) == [5e6] * PATHS
    assert everywhere(hit.settled().rows["spare"]) == [10e6] * PATHS


def test_what_happens_to_a_path_does_not_depend_on_what_happens_to_others_beside_it() -> None:
    fails = "rounds[0].closings[0].if_failed={multiple: '* 0.9'}"
    reads_cash = "drivers.cost={kind: formula, value: cash / 2 years, unit: USD/year}"
    seldom = lively(reads_cash, fails, "rounds[0].closings[0].probability=99%")
    alone, beside = (valsim.simulate(seldom, paths=paths, threads=1) for paths in (8, 800))
    failed = [result.outcomes["tranche", "series_b", "first", "code"] != FUNDED for result in (alone, beside)]
    assert [bool(there.any()) for there in failed] == [False, True]
    assert np.array_equal(alone.history.series["cost"], beside.history.series["cost"][:, :8])


def test_ending_some_paths_leaves_the_others_private() -> None:
    ended = Ended.nowhere(PATHS).mark(np.array([True, False, False]), 1, 2.0, np.full(PATHS, 9.0), np.zeros(()))
    assert ended.how.tolist() == [1, STILL_PRIVATE, STILL_PRIVATE]
    assert ended.when.tolist() == [2.0, 0.0, 0.0]
    assert ended.proceeds.tolist() == [9.0, 0.0, 0.0]
    assert dataclasses.replace(opened(steady()), ended=ended).alive.tolist() == [False, True, True]


def closing(name: str, day: str, more: str = "") -> str:
    return f"{{name: {name}, at: {day}, new_money: 0.5M USD, price_per_share: 4 USD{more}}}"


def raised(*closings: str, when: str = "cash <= 0 USD") -> Result:
    """The company burns 5M a quarter of its 9M: without more money they are gone on 2026-07-01."""
    terms = f"rounds=[{{name: b, series: {{like: series_a}}, closings: [{', '.join(closings)}]}}]"
    ends = f"exits={{wind_down: {{when: {when}, recovery: 5%}}}}"
    burning = steady("cash_flow=revenue * -20%", "company.cash=9M USD", ends, terms)
    return valsim.simulate(burning, paths=2, threads=1)


def test_a_company_without_cash_stops_but_for_the_step_in_which_a_closing_was_funded_where_it_says_so() -> None:
    for when, end in (("cash <= 0 USD", "2026-07-01"), ("cash <= 0 USD and not funded", "2026-10-01")):
        result = raised(closing("only", "2026-07-01"), when=when)
        dates = {step.time: step.date.isoformat() for step in result.scenario.steps}
        assert {dates[time] for time in result.outcomes["exit time",].tolist()} == {end}


@pytest.mark.parametrize(("first", "code"), [("2026-04-01", FUNDED), ("2026-06-01", MISSED + 1)])
def test_a_later_closing_knows_whether_one_was_funded_in_its_step(first: str, code: int) -> None:
    result = raised(closing("first", first), closing("later", "2026-06-01", ", when: not funded"))
    assert result.outcomes["tranche", "b", "later", "code"].tolist() == [code] * 2
