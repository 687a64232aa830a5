"""What an investor asks of a position, on the page and on a terminal."""

from typing import Any

import pytest

import valsim
from tests.companies import lively, steady
from tests.report.sample_summary import sample_summary
from tests.report.test_redemptions import shown as printed
from valsim.analysis.summary import summary
from valsim.report.figures.losses import loss_causes
from valsim.report.section import position, position_words
from valsim.report.section.loss_causes import main_causes
from valsim.report.section.position_words import tail_words


def number(mean: float | None, error: float | None = None) -> dict[str, Any]:
    return {"mean": mean, "standard_error": error}


def risk(value: float, part: float) -> dict[str, Any]:
    return {
        level: dict.fromkeys(("value_at_risk", "expected_shortfall"), number(value, 1e4) | {"of_invested": part})
        for level in ("0.95", "0.99")
    }


MINE = {
    "dpi": number(0.82, 0.02),
    "rvpi": number(0.49, 0.02),
    "loss_causes": {
        "wind_down": {"probability": number(0.25, 0.001), "lost": number(0.98)},
        "multiple": {"probability": number(0.31, 0.001), "lost": number(0.4)},
        "stack": {"probability": number(0.0004, 0.0001), "lost": number(0.1)},
    },
    "tail": risk(4.1e7, 0.82),
    "break_even": {
        "1": {"today": None, "at_exit": {"quantiles": {"0.05": 4e9, "0.5": 5e9, "0.95": 9e9}}},
        "3": {"today": None, "at_exit": {"quantiles": {"0.05": 12e9, "0.5": 16e9, "0.95": 31e9}}},
    },
    "prices": {
        "paid": 2.5, "target_return": 0.25, "for_target_return": number(1.5, 0.05), "worth_today": number(2.1, 0.03),
    },
    "marketable": {
        "kind": "finnerty_put", "discount": 0.2, "present_value_before": number(38.4e6, 1e5),
        "present_value_after": number(30.7e6, 8e4),
    },
    "illiquid": [{"years": float(year), **number(1 - 0.1 * year, 0.01)} for year in range(1, 9)],
}  # fmt: skip


def shown(found: dict[str, Any]) -> tuple[str, str]:
    """Terminal and page, with the blanks that keep a number and its sign together as plain ones."""
    terminal, text = printed(found)
    return terminal, text.replace("\u00a0", " ")


def told(**changes: Any) -> dict[str, Any]:
    found = sample_summary()
    mine = MINE | {"position": True} | changes
    return found | {"holders": [each | (mine if each["name"] == "me" else {}) for each in found["holders"]]}


def test_losses_worst_paths_break_even_and_prices_are_told_on_terminal_and_page() -> None:
    terminal, text = shown(told())
    for said in (
        "Your position loses money on 61 % of paths: a lower multiple than it paid 31 %; wind-down 25 %.",
        "The worst 5 % of paths lose $41M on average (82 % of invested)",
        "Money is back once a sale brings $5B, three times at $16B (median of the cap tables at exit).",
        "Paid $2.50 a share; worth paying $2.10 ± 0.03 (risk-neutral); $1.50 ± 0.05 for a return of 25 % a year (real-world).",
        "Worth $30.7M today with the stated discount of 20 % for lack of marketability, $38.4M without (risk-neutral).",
    ):
        assert said in terminal
    for said in ("What losses come from", "0.82x", "RVPI at the horizon", "What the company must be sold for", "$4B to $9B",
                 "What a buyer could pay", "25 % a year", "Worth today without a market", "finnerty put", "After 2 years"):  # fmt: skip
        assert said in text


def test_where_all_is_lost_on_the_worst_paths_that_is_said_once() -> None:
    terminal, _ = shown(told(tail=risk(5e7, 1.0)))
    assert "On the worst 5 % of paths all of the money is lost, $50M on average." in terminal


def test_a_holder_of_opening_shares_is_told_what_it_takes_by_the_cap_table_of_today() -> None:
    values = {m: {"today": value, "at_exit": None} for m, value in (("1", 1e9), ("3", 4e9))}
    terminal, _ = shown(told(break_even=values))
    assert "Money is back once a sale brings $1B, three times at $4B (by today's cap table)." in terminal


def test_causes_that_hardly_happen_are_no_word() -> None:
    assert main_causes(MINE) == [("multiple", 0.31), ("wind_down", 0.25)]


def test_the_bars_of_the_chart_are_as_long_as_the_chances() -> None:
    figure = loss_causes([MINE | {"name": "me"}])
    assert {trace["name"]: trace["x"][0] for trace in figure["data"]} == {
        "a lower multiple than it paid": 0.31, "what is paid before its shares": 0.0004, "wind-down": 0.25,
    }  # fmt: skip


@pytest.mark.parametrize("key", ["loss_causes", "tail", "break_even", "prices", "marketable", "illiquid"])
def test_what_is_not_known_is_left_out(key: str) -> None:
    shown(told(**{key: None}))


def test_a_summary_without_any_of_it_is_told_without_it() -> None:
    found = sample_summary()
    bare = [{key: value for key, value in each.items() if key != "illiquid"} for each in found["holders"]]
    assert list(position.parts(found | {"holders": bare})) == []
    assert list(position_words.sentences(sample_summary())) == []


def test_a_run_is_told_in_full() -> None:
    more = "positions.me.marketability={kind: stated, discount: 30%}", "positions.me.target_return=20%"
    found = summary(valsim.simulate(lively(*more, "valuation.hurdle_rate=30%"), paths=600, threads=1))
    terminal, text = shown(found)
    heads = [head for head, _ in position_words.sentences(found)]
    assert heads == ["Loss", "Worst", "Even", "Price", "Unsold"]
    assert "loses money on" in terminal
    assert "At a hurdle rate of 30 % a year:" in text
    assert "no fair value" in text


def test_of_a_company_in_which_nobody_loses_no_loss_is_told() -> None:
    found = summary(valsim.simulate(steady(), paths=4, threads=1))
    assert "Loss" not in [head for head, _ in position_words.sentences(found)]


@pytest.mark.parametrize(
    ("mean", "part", "said"),
    [(4e6, 0.2, "lose $4M on average (20 % of invested)"), (-4e6, -0.2, "gain $4M on average (20 % of invested)")],
)
def test_a_tail_that_gains_is_no_negative_loss(mean, part, said):
    tail = {"expected_shortfall": {"mean": mean, "of_invested": part}}
    assert tail_words({"tail": {"0.95": tail, "0.99": tail}}, "USD").startswith(f"The worst 5 % of paths {said}; the ")


def test_a_tail_that_no_path_tells_is_not_told():
    nothing = {"expected_shortfall": {"mean": None, "of_invested": None}}
    assert tail_words({"tail": {"0.95": nothing, "0.99": nothing}}, "USD") == ""
