"""The headline position: what is cash and what is counted, when it comes, and how long the exit takes."""

import pytest

from tests.report.sample_summary import sample_summary
from valsim.report.figures.cash import LATER, cash_flows, time_to_liquidity
from valsim.report.section import choice, headline_position, holders


def number(mean, error=None):
    return {"mean": mean, "standard_error": error}


def year(when, paid, received, so_far, error=0.0):
    return {"year": when, "paid": number(paid), "received": number(received), "cumulative": number(so_far, error)}


YEARS = [year(2026, 20e6, 0, -20e6), year(2027, 5e6, 1e6, -24e6, 1e5), year(2028, 0, 30e6, 6e6, 3e6)]
WAITS = [{"years": 1.0, **number(0.9, 0.01)}, {"years": 2.0, **number(0.4, 0.01)}]
MINE = {
    "before_exit": number(2e6, 1e5),
    "from_exit": number(18e6, 3e5),
    "unrealised": number(7e6, 2e5),
    "time_to_liquidity": {"quantiles": {"0.5": 4.25}, "never": number(0.25, 0.004)},
    "break_even": {"1": {"today": None, "at_exit": {"quantiles": {"0.05": 4e9, "0.5": 5e9, "0.95": 9e9}}}},
    "cash_by_year": YEARS,
    "illiquid": WAITS,
}


def told(**changes):
    found = sample_summary()
    return found | {"holders": [each | (MINE | changes if each["name"] == "me" else {}) for each in found["holders"]]}


def parts(kind, **changes):
    return [part for part in headline_position.parts(told(**changes)) if part.kind == kind]


def test_cash_before_and_from_the_exit_and_what_is_only_counted_stand_side_by_side():
    ((tiles),) = parts("tiles")
    said = {tile.label: (tile.value, tile.error) for tile in tiles.tiles}
    assert said == {
        "Received before the exit": ("$2.0M", "± 0.1M"),
        "Received from the exit": ("$18.0M", "± 0.3M"),
        "Still held at the horizon": ("$7.0M", "± 0.2M"),
        "Time to liquidity, median": ("4.2 years", ""),
        "Money back in a sale for": ("$5B", ""),
    }
    notes = [tile.note for tile in tiles.tiles]
    assert notes[2] == "mean: a value by rule, no cash"
    assert notes[3] == "none within the horizon on 25.0 % ± 0.4 of paths"
    assert notes[4] == "median; 5 to 95 %: $4B to $9B; after dilution"


def test_the_money_back_is_by_the_opening_cap_table_where_that_is_known():
    even = {"1": {"today": 1.86e9, "at_exit": None}}
    (tiles,) = parts("tiles", break_even=even)
    assert (tiles.tiles[-1].label, tiles.tiles[-1].value) == ("Money back in a sale today for", "$1.86B")


def test_where_more_than_half_never_have_an_exit_the_median_is_never():
    found = {"quantiles": {"0.5": None}, "never": number(0.6, 0.01)}
    assert headline_position.liquidity_tile(found).value == "never"
    said = headline_position.liquidity_words(found, "Your position")
    assert said.startswith("Less than half of the paths have an exit within the horizon")


def test_the_cash_goes_down_and_up_and_the_line_is_what_is_left_of_it():
    paid, received, so_far = cash_flows(YEARS, "USD")["data"]
    assert list(paid["y"]) == [-20e6, -5e6, 0]
    assert list(received["y"]) == [0, 1e6, 30e6]
    assert list(so_far["y"]) == [-20e6, -24e6, 6e6]
    assert list(so_far["error_y"]["array"]) == [0, 2e5, 6e6]


def test_a_sum_whose_error_is_not_known_has_no_bar_and_says_so():
    years = [year(2026, 20e6, 0, -20e6, None), year(2027, 0, 1e6, -19e6, None)]
    assert "error_y" not in cash_flows(years, "USD")["data"][2]
    assert headline_position.cash_words(years, "Your position", "USD").endswith("are told of 32,768 paths or more.")
    assert "32,768" not in headline_position.cash_words(YEARS, "Your position", "USD")


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (6e6, "is $24M out of pocket on average at the end of 2027, is back at nothing in 2028, and stands at $6M in 2028"),
        (-4e6, "is $24M out of pocket on average at the end of 2027, is not back at nothing by the last year, and stands at −$4M in 2028"),
    ],
)  # fmt: skip
def test_how_deep_the_line_goes_and_when_it_is_back_is_said(last, said):
    assert said in headline_position.cash_words([*YEARS[:2], year(2028, 0, 0, last)], "Your position", "USD")


def test_each_year_has_its_part_of_the_exits_and_the_rest_comes_later_or_never():
    (bars,) = time_to_liquidity(WAITS)["data"]
    assert list(bars["x"]) == ["1", "2", LATER]
    assert list(bars["y"]) == pytest.approx([0.1, 0.5, 0.4])


def test_a_position_that_is_never_bought_has_no_numbers():
    assert list(headline_position.parts(told(invested=number(0.0)))) == []


def test_a_summary_that_says_less_shows_less():
    bare = dict.fromkeys(("before_exit", "from_exit", "time_to_liquidity", "break_even", "cash_by_year", "illiquid"))
    assert [part.kind for part in headline_position.parts(told(**bare))] == ["text", "tiles"]


def test_the_readers_positions_come_first_then_who_invests_most_and_the_others_are_folded():
    summary = sample_summary()
    one = summary["holders"][0]
    summary["holders"] = [
        one | {"name": f"Fund {place}", "position": False, "invested": number(place * 1e6)} for place in range(8)
    ] + [one | {"name": "me", "position": True, "invested": number(1e3)}]
    ranked = [each["name"] for each in holders.ranked(choice.paid_holders(summary))]
    assert ranked == ["me", *(f"Fund {place}" for place in range(7, -1, -1))]
    shown = holders.section(summary).parts[0]
    assert [row[0].text for row in shown.rows] == [
        "me (your position)",
        *(f"Fund {place}" for place in range(7, 2, -1)),
    ]
