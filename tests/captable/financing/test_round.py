"""A round as it is written, and its closings on the calendar."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import ValidationError

from tests.captable.deals import END, PREFERRED, START, laid, rounds
from valsim.captable.financing.round import Round
from valsim.captable.financing.tranche import tranches

PRICED = {"price_per_share": "2 USD"}
VALUED = {"pre_money_valuation": "20M USD"}


def refused(*closings: dict[str, Any], **terms: Any) -> str:
    listed = [{"name": "only", "new_money": "25M USD", **closing} for closing in closings]
    with pytest.raises(ValidationError) as caught:
        Round.model_validate({"name": "b", "series": PREFERRED, "closings": listed, **terms})
    (error,) = caught.value.errors()
    return error["msg"]


def test_the_first_closing_states_a_price() -> None:
    assert refused({}) == "the first closing of a round states a price"


def test_the_closings_of_a_round_have_names_of_their_own() -> None:
    assert refused(PRICED, {}) == "two closings of a round have the same name"


@pytest.mark.parametrize(("at_most", "limit"), [(0, "1"), (13, "12")])
def test_a_round_comes_once_to_twelve_times(at_most: int, limit: str) -> None:
    assert refused(PRICED, at_most=at_most).endswith(f"than or equal to {limit}")


def test_later_closings_follow_the_first_one() -> None:
    assert [tranche.after for tranche in laid(PRICED, {}, {})] == [None, ("b", "closing 1"), ("b", "closing 1")]


def test_a_repetition_follows_the_first_closing_of_the_one_before() -> None:
    laid_out = {tranche.key: tranche.after for tranche in laid(PRICED, {}, at_most=2)}
    assert laid_out == {
        ("b 1", "closing 1"): None,
        ("b 1", "closing 2"): ("b 1", "closing 1"),
        ("b 2", "closing 1"): ("b 1", "closing 1"),
        ("b 2", "closing 2"): ("b 2", "closing 1"),
    }


def test_each_repetition_and_each_other_price_is_a_series_of_its_own() -> None:
    assert [tranche.series for tranche in laid(PRICED, {}, PRICED)] == ["b", "b", "b, closing 3"]
    assert [tranche.series for tranche in laid(PRICED, {}, at_most=2)] == ["b 1", "b 1", "b 2", "b 2"]


@pytest.mark.parametrize(
    ("between", "first", "last"),
    [
        (["2026-Q3", "2027-Q1"], date(2026, 7, 1), date(2027, 3, 31)),
        (["2026-02", "2026-02"], date(2026, 2, 1), date(2026, 2, 28)),
        (["2026-06-30", "2027-03-31"], date(2026, 6, 30), date(2027, 3, 31)),
    ],
)
def test_a_window_lasts_to_the_end_of_the_month_or_quarter_that_it_names(
    between: list[str], first: date, last: date
) -> None:
    tranche, *_ = laid({**PRICED, "between": between})
    assert (tranche.first, tranche.last) == (first, last)


def test_a_window_is_stated_or_a_day_or_the_whole_run() -> None:
    window = {"between": ["2026-03-01", "2026-09-01"]}
    spans = [(tranche.first, tranche.last) for tranche in laid(PRICED, {"at": "2026-05-01"}, window)]
    assert spans == [
        (START, END),
        (date(2026, 5, 1), date(2026, 5, 1)),
        (date(2026, 3, 1), date(2026, 9, 1)),
    ]


def test_rounds_come_in_the_order_of_the_document_and_each_tranche_draws_its_own_numbers() -> None:
    later, earlier = rounds(PRICED, {}), rounds(PRICED).but(name="c")
    laid_out = tranches([later, earlier], START, END)
    assert [tranche.round for tranche in laid_out] == ["b", "b", "c"]
    assert [tranche.stream for tranche in laid_out] == [
        "rounds.b.closing 1",
        "rounds.b.closing 2",
        "rounds.c.closing 1",
    ]
    assert [tranche.others for tranche in laid_out] == ["other b investors"] * 2 + ["other c investors"]


@pytest.mark.parametrize(
    ("terms", "counted"),
    [
        ({}, frozenset()),
        ({"conversion_method": "pre_money"}, frozenset()),
        ({"conversion_method": "percent_ownership"}, {"convertibles"}),
        ({"pre_money_includes": ["convertibles"]}, {"convertibles"}),
        ({"conversion_method": "dollars_invested", "pre_money_includes": ["convertibles"]}, {"convertibles", "dollars_invested"}),
    ],
)  # fmt: skip
def test_a_method_of_conversion_says_what_the_pre_money_valuation_pays_for(
    terms: dict[str, Any], counted: set[str]
) -> None:
    assert rounds(PRICED, **terms).counted == counted


@pytest.mark.parametrize(
    ("terms", "convertibles", "paths"),
    [
        ({}, (), []),
        ({}, ("safe",), [()]),
        ({"conversion_method": "pre_money"}, ("safe",), []),
        ({"pre_money_includes": ["convertibles"]}, ("safe",), []),
        ({"conversion_method": "pre_money", "pre_money_includes": ["convertibles"]}, ("safe",), [("conversion_method",)]),
        ({"option_pool": "10%", "pool_increase": "1M"}, (), [("pool_increase",)]),
    ],
)  # fmt: skip
def test_a_round_says_once_what_it_does_to_convertibles_and_to_the_pool(
    terms: dict[str, Any], convertibles: tuple[str, ...], paths: list[tuple[str, ...]]
) -> None:
    context = SimpleNamespace(
        has_pool=True, convertibles=convertibles, currency="USD", condition=_none, amount=_none, effects=_none
    )
    assert [problem.path for problem in rounds(VALUED, **terms).problems(context)] == paths


@pytest.mark.parametrize(
    ("text", "terms", "told"),
    [
        (PRICED, {}, False),
        (PRICED, {"pre_money_includes": ["anti_dilution"]}, True),
        (VALUED, {"pre_money_includes": ["anti_dilution"]}, False),
    ],
)
def test_what_a_pre_money_valuation_pays_for_counts_only_where_there_is_one(
    text: Any, terms: dict[str, Any], told: bool
) -> None:
    context = SimpleNamespace(
        has_pool=True, convertibles=(), currency="USD", condition=_none, amount=_none, effects=_none
    )
    found = [(problem.path, problem.code, problem.severity) for problem in rounds(text, **terms).problems(context)]
    assert found == [(("pre_money_includes",), "no_effect", "warning")] * told


def test_a_stated_price_pays_for_no_conversion_so_the_round_need_not_say_how_it_counts() -> None:
    context = SimpleNamespace(
        has_pool=True, convertibles=("safe",), currency="USD", condition=_none, amount=_none, effects=_none
    )
    assert not list(rounds(PRICED).problems(context))


def _none(*_: object) -> tuple[()]:
    return ()
