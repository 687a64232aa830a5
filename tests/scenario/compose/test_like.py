"""An entry that is like another takes over its terms, never its amounts."""

from typing import Any

import pytest

from tests.companies import STEADY
from tests.scenario.found import one, problems
from valsim.core.errors import ScenarioError
from valsim.scenario.compose.like import expand_like, inherit
from valsim.scenario.load import parse_document

TEXT = """
captable:
  classes:
    series_b: {kind: preferred, shares: 400M, original_issue_price: 2.5 USD, participation: none, seniority: 1}
    series_c:
      like: series_b
      new_money: 500M USD
      seniority: 2
rounds:
  - name: follow-on
    series: {like: series_c, seniority: 3}
drivers:
  a: {kind: constant, value: 1, source: x}
  b: {like: a, value: 2}
  c: {like: b}
"""


def expanded(text: str = TEXT) -> dict[str, Any]:
    return expand_like(parse_document(text).data)


def test_a_class_takes_over_terms_and_its_own_keys_win() -> None:
    terms = {"kind": "preferred", "participation": "none", "seniority": 2, "new_money": "500M USD"}
    assert expanded()["captable"]["classes"]["series_c"] == terms


def test_a_rounds_series_takes_over_terms_through_a_chain_without_amounts() -> None:
    assert expanded()["rounds"][0]["series"] == {"kind": "preferred", "participation": "none", "seniority": 3}


def test_a_dividend_is_taken_over_without_what_has_accrued() -> None:
    dividend = "{rate: 8%, accrued: 1M USD, accrues_from: 2025-01-01, settlement: paid_in_kind}"
    text = f"captable: {{classes: {{a: {{cumulative_dividend: {dividend}}}, b: {{like: a}}}}}}"
    assert expanded(text)["captable"]["classes"]["b"] == {
        "cumulative_dividend": {"rate": "8%", "settlement": "paid_in_kind"}
    }


def test_a_driver_takes_over_everything() -> None:
    assert expanded()["drivers"]["b"] == {"kind": "constant", "value": 2, "source": "x"}
    assert expanded()["drivers"]["c"] == expanded()["drivers"]["b"]


def test_the_given_data_stay_as_they_are() -> None:
    data = parse_document(TEXT).data
    before = repr(data)
    expand_like(data)
    assert repr(data) == before


def test_a_named_item_of_a_list_may_be_followed() -> None:
    read = expanded("risks: [{name: a, hazard: 1}, {name: b, like: a}]")
    assert read["risks"][1] == {"name": "b", "hazard": 1}


@pytest.mark.parametrize(
    ("text", "place", "message", "help"),
    [
        ("drivers: {users: {}, b: {like: user}}", "drivers.b.like", "there is no 'user'", "did you mean 'users'?"),
        ("exits: {b: {like: [a]}}", "exits.b.like", "expected the name of another entry, got ['a']", "known are b"),
        ("risks: {a: {like: a}}", "risks.a.like", "expected an end, got a circle: a is like a", ""),
        ("rounds: [{series: {like: c}}]", "rounds[0].series.like", "there is no 'c'", ""),
    ],
)
def test_an_unknown_name_or_a_circle_is_a_problem(text: str, place: str, message: str, help: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        inherit(parse_document(text, "x.yaml"))
    (problem,) = caught.value.problems
    assert (problem.place, problem.message, problem.help) == (place, message, help)
    assert "x.yaml:1:" in str(caught.value)


def test_a_longer_circle_ends_in_a_problem() -> None:
    with pytest.raises(ScenarioError, match="a circle"):
        expanded("drivers: {a: {like: b}, b: {like: c}, c: {like: a}}")


@pytest.mark.parametrize(
    "text", ["captable: 3", "captable: {classes: [1]}", "rounds: x", "rounds: [3]", "drivers: null", "a: 1"]
)
def test_a_document_of_another_shape_is_left_to_validation(text: str) -> None:
    assert expanded(text) == parse_document(text).data


def test_an_inherited_key_points_at_the_line_that_brought_it_in() -> None:
    document = inherit(parse_document(TEXT))
    assert document.locate(("captable", "classes", "series_c", "participation")).start == (5, 12)


HEIRS_ROUND = "{name: b, series: {like: series_x}, closings: [{name: c, at: 2026-07-01, new_money: 5M USD, price_per_share: 5 USD}]}"
HEIR = "captable.classes.series_x={like: series_a, issued: 2025-06-01, shares: 1M, original_issue_price: 1 USD}"


def test_a_mistake_that_others_take_over_is_told_once_where_it_stands() -> None:
    assert one(STEADY, "captable.classes.series_a.seniority=first", HEIR, f"rounds=[{HEIRS_ROUND}]") == (
        "captable.classes.series_a.seniority",
        "expected a plain number such as 1.5, got 'first'",
    )


def test_an_entry_that_makes_the_same_mistake_itself_is_told_too() -> None:
    own = HEIR.replace("like: series_a", "like: series_a, seniority: first")
    found = problems(STEADY, "captable.classes.series_a.seniority=first", own)
    assert [problem.place for problem in found] == [
        f"captable.classes.{name}.seniority" for name in ("series_a", "series_x")
    ]


def test_a_mistake_of_the_heir_alone_is_told_although_the_key_was_taken_over() -> None:
    capped = HEIR.replace("like: series_a", "like: series_a, participation: capped, participation_cap_multiple: 0.5")
    assert one(STEADY, capped)[0] == "captable.classes.series_x.participation_cap_multiple"
