"""The document as a whole: its calendar, its tranches and its names."""

from datetime import date

import pytest

from tests.companies import lively, steady
from tests.scenario.found import ROUND
from valsim.core.errors import ScenarioError
from valsim.core.parameter import at_medians
from valsim.scenario.model import Scenario


def dates(scenario: Scenario) -> list[date]:
    return [step.date for step in scenario.steps]


def test_a_run_without_events_has_its_regular_steps_alone() -> None:
    assert len(steady().steps) == 1 + 3 * 4
    assert [len(steady(f"step={step}").steps) for step in ("month", "year")] == [37, 4]


def test_the_first_step_is_the_start_and_the_last_one_the_horizon() -> None:
    first, *_, last = lively().steps
    assert (first.date, first.dt, last.date) == (date(2026, 1, 1), 0.0, date(2030, 1, 1))


def test_every_dated_event_is_a_step() -> None:
    events = {
        "first closing": date(2026, 2, 20),
        "purchase": date(2026, 3, 31),
        "window opens": date(2026, 6, 30),
        "audit": date(2026, 7, 15),
        "window closes": date(2027, 3, 31),
    }
    assert set(events.values()) <= set(dates(lively()))
    assert len(lively().steps) == 1 + 4 * 4 + len(events)


def test_time_is_in_years_of_365_and_a_quarter_days() -> None:
    (closing,) = (step for step in lively().steps if step.date == date(2026, 2, 20))
    assert closing.time == 50 / 365.25
    assert sum(step.dt for step in lively().steps) == pytest.approx(4.0, rel=1e-12)


def test_an_extension_goes_on_in_regular_steps_and_keeps_the_horizon() -> None:
    scenario = steady("at_horizon={kind: extend, by: 18 months, discount: 0%}")
    assert scenario.horizon_date == date(2029, 1, 1)
    assert scenario.end == date(2030, 7, 1)
    assert dates(scenario)[-6:] == [
        date(2029, 4, 1), date(2029, 7, 1), date(2029, 10, 1), date(2030, 1, 1), date(2030, 4, 1), date(2030, 7, 1),
    ]  # fmt: skip


def test_a_horizon_in_days_is_a_step_of_its_own() -> None:
    assert dates(steady("horizon=100 days")) == [date(2026, 1, 1), date(2026, 4, 1), date(2026, 4, 11)]


def test_a_realised_document_has_the_same_calendar() -> None:
    scenario = lively("at_horizon={kind: extend, by: 1 year, discount: 0%}")
    assert at_medians(scenario).steps == scenario.steps


def test_correlated_parameters_are_known_by_their_full_names() -> None:
    written = "[arr.start, multiple.start, 0.1], [drivers.arr.growth, rounds.series_b.first.post_money_valuation, 0.2]"
    with pytest.raises(ScenarioError, match="is not a parameter of this scenario"):
        lively(f"correlations.parameters=[{written}]")
    written = written.replace("series_b.first", "series_b.closings.first")
    assert lively(f"correlations.parameters=[{written}]").correlated_parameters == (
        ("drivers.arr.start", "valuation.multiple.start", 0.1),
        ("drivers.arr.growth", "rounds.series_b.closings.first.post_money_valuation", 0.2),
    )


def test_an_exit_that_is_named_by_its_kind_needs_no_kind() -> None:
    terms = "hazard: 10% per year, discount: 0%"
    exits = steady(f"exits={{acquisition: {{{terms}}}, by a rival: {{kind: acquisition, {terms}}}}}").exits
    assert [way.kind for way in exits.values()] == ["acquisition", "acquisition"]


@pytest.mark.parametrize("exits", ["[1, 2]", "soon", "{acquisition: soon}", "{ipo: null}"])
def test_exits_that_are_no_mappings_are_problems_and_no_crash(exits: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        steady(f"exits={exits}")
    assert caught.value.problems[0].path[0] == "exits"


def test_a_later_closing_follows_the_first_and_a_repetition_the_one_before() -> None:
    after = {tranche.key: tranche.after for tranche in lively().tranches}
    assert after[lively().tranches[0].key] is None
    assert after["series_b", "milestone"] == ("series_b", "first")
    assert after["bridge 1", lively().tranches[2].name] is None
    assert after["bridge 2", lively().tranches[3].name] == lively().tranches[2].key


def test_a_closing_at_another_price_is_a_series_of_its_own() -> None:
    later = "{name: later, at: 2026-10-01, new_money: 5M USD}"
    dearer = "{name: dearer, at: 2027-01-01, new_money: 5M USD, price_per_share: 9 USD}"
    closings = ROUND.replace("}]}", f"}}, {later}, {dearer}]}}")
    assert [tranche.series for tranche in steady(f"rounds=[{closings}]").tranches] == ["b", "b", "b, dearer"]


def test_a_closing_without_a_window_may_come_at_any_step() -> None:
    (tranche,) = steady(f"rounds=[{ROUND.replace('at: 2026-07-01, ', '')}]").tranches
    assert (tranche.first, tranche.last) == (date(2026, 1, 1), date(2029, 1, 1))


def test_buyers_are_part_of_the_closing_that_they_name() -> None:
    me = "{kind: primary, pay: 30M USD, round: series_b, closing: first, fees: 0%, carry: 0%}"
    buyers = {tranche.key: list(tranche.buyers) for tranche in lively(f"positions.me={me}").tranches}
    assert buyers.pop(("series_b", "first")) == ["me"]
    assert not any(buyers.values())
