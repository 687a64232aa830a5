"""A ``--set`` changes one value and is pointed at when it is wrong."""

from typing import Any

import pytest

from valsim.core.errors import Problem, ScenarioError
from valsim.scenario.compose.override import override
from valsim.scenario.load import parse_document
from valsim.scenario.report_problems import report

TEXT = """
drivers:
  users: {start: {value: 9.9M, source: x}}
rounds:
  - name: follow-on
    closings:
      - name: anchor closing
      - {name: milestone closing, new_money: 500M USD}
effect: {arr.growth: 1}
"""


def changed(*settings: str) -> dict[str, Any]:
    return parse_document(TEXT, "x.yaml", settings).data


@pytest.mark.parametrize(
    "path", ["rounds[0].closings[1].new_money", "rounds.follow-on.closings.milestone closing.new_money"]
)
def test_a_list_item_is_chosen_by_its_number_or_name(path: str) -> None:
    assert changed(f"{path}=600M USD")["rounds"][0]["closings"][1]["new_money"] == "600M USD"


def test_a_value_is_read_by_the_rules_of_the_file() -> None:
    assert changed("drivers.users.start=1e9")["drivers"]["users"]["start"] == 1e9
    assert changed("drivers.users.start={p10: 1, p90: no}")["drivers"]["users"]["start"] == {"p10": 1, "p90": "no"}


def test_a_new_key_may_be_added_and_a_dotted_key_changed() -> None:
    assert changed("drivers.users.volatility=30%")["drivers"]["users"]["volatility"] == "30%"
    assert changed("effect.arr.growth=2")["effect"] == {"arr.growth": 2}


@pytest.mark.parametrize(
    ("path", "beside"), [("moves.arr.growth.elasticity", {"arr": {"elasticity": 0.1}}), ("moves.arr.elasticity", {})]
)
def test_the_longest_name_that_is_there_is_meant(path: str, beside: dict[str, Any]) -> None:
    text = "moves: {arr: {elasticity: 0.1}, arr.growth: {elasticity: 0.2}}\n"
    moves = parse_document(text, "x.yaml", [f"{path}=0.5"]).data["moves"]
    growth = {"arr.growth": {"elasticity": 0.5 if beside else 0.2}}
    assert moves == {"arr": {"elasticity": 0.5}} | growth | beside


def test_null_takes_a_value_away_and_what_then_misses_points_at_it() -> None:
    document = parse_document(TEXT, "x.yaml", ["drivers.users.start=null", "rounds.follow-on.closings[0]=null"])
    assert document.data["drivers"] == {"users": {}}
    assert [closing["name"] for closing in document.data["rounds"][0]["closings"]] == ["milestone closing"]
    assert document.locate(("drivers", "users", "start")) == (1, (0, 26), (0, 30))
    assert document.locate(("rounds", 0, "closings", 0, "new_money")).start == (7, 45)


def test_a_document_stays_as_it_is_when_it_is_changed() -> None:
    document = parse_document(TEXT)
    before = repr(document)
    override(document, ["effect.arr.growth=2", "drivers=null"])
    assert repr(document) == before


def test_later_settings_see_earlier_ones() -> None:
    assert changed("drivers.arr={start: 1}", "drivers.arr.start=2")["drivers"]["arr"] == {"start": 2}


def test_a_problem_in_a_changed_value_points_into_the_setting() -> None:
    document = parse_document(TEXT, "x.yaml", ["drivers.users.start=lots"])
    problem = Problem(("drivers", "users", "start"), "expected a quantity, got 'lots'")
    assert str(report([problem], document)) == (
        "--set  drivers.users.start: expected a quantity, got 'lots'\n"
        "  │ --set drivers.users.start=lots\n"
        "  │                           ^~~~\n\n"
        "1 problem in x.yaml"
    )


@pytest.mark.parametrize(
    ("setting", "message", "help"),
    [
        ("drivers.user.start=1", "there is no 'user' in drivers", "did you mean 'users'?"),
        ("rounds[7].name=x", "there is no '7' in rounds", "known are follow-on"),
        ("rounds.follow-up.name=x", "there is no 'follow-up' in rounds", "did you mean 'follow-on'?"),
        ("effect.arr.growth.x=1", "there is no 'x' in effect.arr.growth", "effect.arr.growth is 1: set it as a whole"),
        ("effect.arr.grwth=null", "there is no 'arr' in effect", "did you mean 'arr.growth'?"),
        ("drivers.users.begin=null", "there is no 'begin' to take away", ""),
        ("drivers.users.strat=null", "there is no 'strat' to take away", "did you mean 'start'?"),
        ("drivers.userz=3", "there is no 'userz' in drivers", "did you mean 'users'?"),
        (
            "risks.flood.hazard=3",
            "there is no 'risks'",
            "known are drivers, rounds, effect; a new one is set as a whole",
        ),
        ("extends=other.yaml", "extends cannot be changed here", "another file is followed before anything is changed"),
        ("bad", "expected path=value, got 'bad'", "such as drivers.users.start=12M"),
        ("=3", "expected path=value, got '=3'", "such as drivers.users.start=12M"),
        ("a]b=3", "expected a path, got 'a]b'", "such as rounds[0].closings[1].new_money"),
        (".=3", "expected a path, got '.'", "such as rounds[0].closings[1].new_money"),
        ("drivers.users.start=", "expected a value behind =", "write null to take a value away"),
        ("drivers.users.start=.inf", "expected a finite number, got '.inf'", ""),
    ],
)
def test_a_setting_that_does_not_fit_is_a_problem(setting: str, message: str, help: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        changed(setting)
    (problem,) = caught.value.problems
    assert (problem.message, problem.help) == (message, help)
    assert setting in str(caught.value)


def test_all_settings_are_checked_at_once() -> None:
    with pytest.raises(ScenarioError) as caught:
        changed("bad", "worse", "drivers.users.start=1")
    assert len(caught.value.problems) == 2


def test_a_setting_that_is_no_text_of_a_terminal_is_still_reported_as_text() -> None:
    with pytest.raises(ScenarioError) as caught:
        changed("bad\udcff")
    assert str(caught.value).encode()
