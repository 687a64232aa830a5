"""Which paths are told: near percentiles, and the typical one of each mode."""

import numpy as np
import pytest

import valsim
from tests.companies import lively, steady
from valsim.analysis.exits import exits
from valsim.analysis.stories.choose import MOST, choose
from valsim.analysis.stories.gets import Gets, gets
from valsim.analysis.stories.modes import modes
from valsim.core.timeline import years_between
from valsim.outcome.loss import CAUSES
from valsim.result import Result


@pytest.fixture(scope="module")
def result() -> Result:
    return valsim.simulate(lively(), paths=6_000, threads=1, kept=0)


@pytest.fixture(scope="module")
def ranked(result) -> Gets:
    return gets(result)


def test_paths_are_ranked_by_the_multiple_of_the_first_position_that_is_bought(result, ranked):
    invested = result.outcomes["holder", "me", "invested"]
    assert ranked.holder == "me"
    assert np.array_equal(ranked.there, invested > 0)
    path = int(np.argmax(ranked.there))
    assert ranked.amount[path] == result.outcomes["holder", "me", "proceeds"][path] / invested[path]


def test_without_a_position_paths_are_ranked_by_what_all_shareholders_get():
    found = gets(valsim.simulate(steady(), paths=10, threads=1))
    assert found.holder is None
    assert found.there.all()
    assert found.amount == pytest.approx(510e6)


def test_a_path_near_each_percentile_is_told_with_its_rank(result, ranked):
    told = [what for each in choose(result, ranked) for what in each.stands_for if what["kind"] == "percentile"]
    assert [each["level"] for each in told] == [0.1, 0.5, 0.9]
    for each in told:
        assert each["below"] - 0.03 <= each["level"] <= 1 - each["above"] + 0.03


def test_each_mode_is_told_by_one_of_its_paths_and_says_how_often_it_is(result, ranked):
    cause = {name: result.outcomes["holder", "me", "cause of loss"] == code for code, name in enumerate(CAUSES)}
    losses = 0
    for chosen in choose(result, ranked):
        assert chosen.path < 4_096
        for what in chosen.stands_for:
            if what["kind"] == "loss":
                losses += 1
                assert cause[what["cause"]][chosen.path]
                assert what["chance"]["mean"] == pytest.approx(np.mean(cause[what["cause"]]))
                assert what["chance"]["standard_error"] > 0
    assert losses >= 2


def test_no_path_is_told_twice_and_there_are_not_too_many(result, ranked):
    paths = [each.path for each in choose(result, ranked)]
    assert len(set(paths)) == len(paths) <= MOST
    assert paths == [each.path for each in choose(result, ranked)], "and they are the same whenever they are chosen"


def test_a_tranche_without_a_deadline_fails_by_nothing(result, ranked):
    failed = [mode.what for mode in modes(result, ranked) if mode.what["kind"] == "not_funded"]
    assert {each["round"] for each in failed} == {"series_b"}
    assert {each["tranche"] for each in failed} == {"first", "milestone"}


def test_the_modes_of_a_company_that_ends_one_way_are_one(ranked):
    result = valsim.simulate(steady(), paths=3, threads=1)
    (only,) = choose(result, gets(result))
    assert only.path == 0
    assert [what["kind"] for what in only.stands_for] == ["percentile", "percentile", "percentile", "exit"]
    assert only.stands_for[-1]["chance"]["mean"] == 1.0


def test_the_chance_of_an_end_is_that_within_the_horizon_where_companies_are_played_on():
    result = valsim.simulate(
        lively("at_horizon={kind: extend, by: 1 year, discount: 10%}"), paths=500, threads=1, kept=0
    )
    told = {
        mode.what["exit"]: np.mean(mode.where) for mode in modes(result, gets(result)) if mode.what["kind"] == "exit"
    }
    assert told == exits(result)
    late = result.outcomes["exit time",] > years_between(result.scenario.as_of, result.scenario.horizon_date)
    assert np.any(late & (result.outcomes["exit",] >= 0)), "some end while they are played on"
