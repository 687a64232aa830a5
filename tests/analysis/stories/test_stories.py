"""Stories as plain data: paths with what happened when, up to their end."""

import json

import numpy as np
import pytest

import valsim
from tests.companies import SERIES_B, STEADY, lively, scenario
from valsim.result import Result


@pytest.fixture(scope="module")
def result() -> Result:
    return valsim.simulate(lively(), paths=2_000, threads=1)


@pytest.fixture(scope="module")
def told(result):
    return valsim.stories(result)


def test_a_company_in_which_nothing_moves_has_one_story():
    found = valsim.stories(valsim.simulate(scenario(STEADY + SERIES_B), paths=5, threads=1))
    (story,) = found["stories"]
    assert found["holder"] is None
    assert [each["kind"] for each in story["events"]] == ["closing"]
    assert story["outcome"]["exit"] == "still_private"
    assert story["outcome"]["at"] == "2029-01-01"
    assert story["outcome"]["proceeds"] == pytest.approx(610e6)
    assert story["series"]["equity_value"][0] == 510e6
    assert story["series"]["equity_value"][-1] == 610e6
    assert story["series"]["cash"] == [10e6] + [110e6] * (len(found["dates"]) - 1)


def test_stories_are_plain_json(told):
    assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_events_are_in_their_order_and_none_comes_after_the_exit(told):
    for story in told["stories"]:
        dates = [each["at"] for each in story["events"] if each["kind"] != "earned"]
        assert dates == sorted(dates)
        assert all(day <= story["outcome"]["at"] for day in dates)


def test_a_story_ends_as_its_path_does(told, result):
    for story in told["stories"]:
        path, outcome = story["path"], story["outcome"]
        assert outcome["proceeds"] == result.outcomes["proceeds",][path]
        assert outcome["holder"]["invested"] == result.outcomes["holder", "me", "invested"][path]
        left = [each for each in story["events"] if each["kind"] == "exit"]
        assert [each["exit"] for each in left] == ([] if outcome["exit"] == "still_private" else [outcome["exit"]])


def test_series_are_those_of_the_run_up_to_the_exit(told, result):
    for story in told["stories"]:
        last = len(story["series"]["cash"])
        assert told["dates"][last - 1] <= story["outcome"]["at"]
        for name in ("equity_value", "cash"):
            expected = result.history.series[name][:last, story["path"]]
            np.testing.assert_allclose(story["series"][name], expected, rtol=1e-4)


def test_stories_do_not_hang_on_how_the_paths_were_played(told):
    again = valsim.simulate(lively(), paths=2_000, threads=2, chunk=4_096, kept=0)
    assert valsim.stories(again) == told


def test_an_effect_says_its_unit(told):
    effects = [effect for story in told["stories"] for each in story["events"] for effect in each.get("effects", ())]
    assert {effect["unit"] for effect in effects} == {"1"}
    assert {effect["row"] for effect in effects} <= {"multiple", "arr.growth"}


def test_one_path_has_a_story():
    (story,) = valsim.stories(valsim.simulate(lively(), paths=1, threads=1))["stories"]
    assert story["path"] == 0
