"""The slider over exit values: what it says before it is moved, and in a browser that it says what the contract pays."""

import re

import pytest

from tests.report.sample_payoffs import waterfall
from tests.report.sample_summary import sample_summary
from valsim.report import labels
from valsim.report.page import render
from valsim.report.section import exit_value, payoff

SUMMARY = sample_summary()
PAYOFFS = SUMMARY["payoffs"]
STARTS = PAYOFFS["lines"]["starts"]
HEADLINE = SUMMARY["fair_value"]["post_money_valuation"]
CLASSES = list(exit_value.rows_of(PAYOFFS, "classes"))
ROWS = [*CLASSES, *exit_value.rows_of(PAYOFFS, "holders")]
SHOWN = "[...document.querySelectorAll('#exit-value [data-paid]')].map(row => [...row.querySelectorAll('[data-cell]')].map(each => each.textContent))"
LINES = "name => document.querySelectorAll(`[data-chart=${name}] .shapelayer path`).length"


def control(summary):
    (found,) = payoff.section(summary).controls
    return found


def expected(at):
    """What the tables are to say: the holders have no column for a share."""
    words = [exit_value.cells(row, STARTS, at, "USD") for row in ROWS]
    return [
        [each.replace(" ", "\u00a0") for place, each in enumerate(row) if number < len(CLASSES) or place != 2]
        for number, row in enumerate(words)
    ]


def test_without_a_script_it_says_what_the_headline_value_pays():
    told = dict(control(SUMMARY).form["told"]["classes"])
    paid = waterfall(HEADLINE)
    assert {name: cells[0] for name, cells in told.items()} == {
        labels.name(name): labels.money(amount, "USD") for name, amount in paid.items()
    }
    assert told["Series C"][1] == labels.part(paid["series_c"] / HEADLINE)
    assert f'value="{labels.money(HEADLINE, "USD", 6)}"' in render(SUMMARY)


def test_a_share_what_was_paid_and_the_next_dollar_are_worked_by_hand():
    # Below 500M series C takes all: 204M shares that were sold for 2.452 each.
    (series_c,) = (row for row in ROWS if row["name"] == "Series C")
    assert exit_value.cells(series_c, STARTS, 250.104e6, "USD") == ["$250M", "100 %", "$1.23", "0.50x", "100 %"]
    assert exit_value.next_dollar(CLASSES, STARTS, 250e6, "USD") == "At $250M the next dollar goes to Series C (100 %)."
    assert exit_value.cells(series_c, STARTS, 0, "USD") == ["$0", "–", "$0.00", "0x", "100 %"]


def test_who_is_paid_nothing_by_rounding_alone_is_paid_nothing():
    row = {"levels": [3e-8], "slopes": [2e-12], "shares": None, "paid_in": None}
    assert exit_value.line_at(row, [0.0], 1e9) == (0.0, 0.0)


def test_it_jumps_to_the_headline_the_money_back_and_each_breakpoint():
    form = control(SUMMARY).form
    assert form["known"][0] == ("All shares at the last price", labels.money(HEADLINE, "USD", 6), HEADLINE)
    ((title, places),) = form["marks"]
    assert (title, [value for _, value in places]) == ("The next dollar is shared out anew at", PAYOFFS["breakpoints"])


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (1860000461.4, ("Your position: money back", 1.86e9)),
        (None, ("Your position: money back at the exit, after dilution (median, real-world)", 6.35e9)),
    ],
)
def test_the_money_back_is_by_the_cap_table_of_today_or_else_by_those_at_the_exit(today, said):
    summary = sample_summary()
    (me,) = (holder for holder in summary["holders"] if holder["name"] == "me")
    me["break_even"] = {"1": {"today": today, "at_exit": {"quantiles": {"0.5": 6.3527e9}}}}
    assert list(exit_value.money_back(summary)) == [said]


def test_where_payouts_are_no_straight_lines_the_page_says_so_and_has_no_slider():
    summary = sample_summary()
    summary["payoffs"]["lines"] = None
    section = payoff.section(summary)
    assert section.controls == ()
    assert section.parts[0].text == payoff.NO_LINES
    assert [chart.name for chart in section.charts] == ["class-shares", "holder-payouts"]


def test_who_is_paid_first_stands_before_the_classes():
    summary = sample_summary()
    count = len(STARTS)
    summary["payoffs"]["lines"]["debt"] = {"levels": [1e6] * count, "slopes": [0.0] * count}
    told = control(summary).form["told"]["classes"]
    assert (told[0][0], told[0][1]) == ("Debt", ["$1M", "<0.1 %", "–", "–", "0 %"])


@pytest.fixture
def page(shown):
    return shown(render(SUMMARY))


def settled(page):
    """Wait until the page has worked out what the field says, which it does before it is painted next."""
    said = "document.querySelector('#exit-value-at').getAttribute('aria-valuetext')"
    page.wait_for_function(f"() => {said} === document.querySelector('#exit-value-exactly').value")


def amount(page):
    """The exit value that the page shows, which is written with all its digits."""
    text = page.get_attribute("#exit-value-at", "aria-valuetext")
    assert page.input_value("#exit-value-exactly") == text
    digits, size = re.fullmatch(r"\$([\d.]+)([kMBT]?)", text).groups()
    return float(digits) * {"": 1, "k": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}[size]


@pytest.mark.browser
def test_the_page_works_out_what_the_contract_pays_at_every_place_of_the_slider(page):
    page.focus("#exit-value-at")
    seen = []
    for key in ("Home", "ArrowRight", *["PageUp"] * 9, "ArrowLeft", "End"):
        page.keyboard.press(key)
        settled(page)
        seen.append(at := amount(page))
        assert page.evaluate(SHOWN) == expected(at)
        assert [row[0] for row in page.evaluate(SHOWN)][: len(CLASSES)] == [
            labels.money(paid, "USD") for paid in waterfall(at).values()
        ]
        assert page.inner_text("#exit-value output") == exit_value.next_dollar(CLASSES, STARTS, at, "USD").replace(
            " %", "\u00a0%"
        )
    assert seen[0] == 0
    assert sorted(seen[:11]) == seen[:11]
    assert seen[-1] == pytest.approx(PAYOFFS["exit_values"][-1], rel=1e-5)
    assert page.said == []


@pytest.mark.browser
def test_an_amount_that_is_typed_or_jumped_to_is_exact_and_a_wrong_one_changes_nothing(page):
    marked = page.evaluate(LINES, "class-shares")
    for text, at in [
        ("2.5bn", 2.5e9),
        ("900 m", 9e8),
        ("$1,234,567,890", 1234567890),
        ("1e9", 1e9),
        ("9T", 9e12),
        (".5B", 5e8),
    ]:
        page.fill("#exit-value-exactly", text)
        page.keyboard.press("Enter")
        settled(page)
        assert page.evaluate(SHOWN) == expected(at)
    before = page.evaluate(SHOWN)
    page.fill("#exit-value-exactly", "much")
    page.keyboard.press("Enter")
    assert page.get_attribute("#exit-value-exactly", "aria-invalid") == "true"
    assert page.evaluate(SHOWN) == before
    page.click("#exit-value .jumps button >> nth=-1")
    settled(page)
    assert page.evaluate(SHOWN) == expected(PAYOFFS["breakpoints"][-1])
    assert page.get_attribute("#exit-value-exactly", "aria-invalid") is None
    assert page.evaluate(LINES, "class-shares") == marked == len(PAYOFFS["breakpoints"]) + 1
    assert page.said == []
