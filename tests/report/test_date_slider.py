"""The slider over the dates of fan charts: what it says before it is moved, and in a browser what it does."""

import re

import pytest

from tests.report.sample_summary import sample_summary
from valsim.report import labels
from valsim.report.page import render
from valsim.report.section import drivers, values

SUMMARY = sample_summary()
SERIES = SUMMARY["values"]["equity_value"]
HALF_WAY = (len(SERIES["dates"]) - 1) // 2
SAID = (
    "[...document.querySelectorAll('#value-date output strong, #value-date output span')].map(each => each.textContent)"
)
ROW = "[...document.querySelector('#value-date [data-of=value]').cells].slice(1).map(each => each.textContent)"
LINES = "name => [...document.querySelectorAll(`[data-chart=${name}] .shapelayer path`)].map(each => each.getAttribute('d'))"


def said(place):
    low, lower, middle, upper, high = (
        labels.money(SERIES["quantiles"][level][place], "USD") for level in ("0.05", "0.25", "0.5", "0.75", "0.95")
    )
    return [middle, f"{lower} to {upper}", f"{low} to {high}"]


def test_without_a_script_it_says_what_is_so_half_way():
    (slider,) = values.section(SUMMARY).controls
    assert slider.form["date"] == SERIES["dates"][HALF_WAY]
    assert slider.form["private"] == labels.percent(SERIES["alive"][HALF_WAY])
    assert slider.form["rows"] == [("value", "Equity value, USD", said(HALF_WAY))]
    shown = re.search(r'data-of="value".*?</tr>', render(SUMMARY)).group()
    assert re.findall(r'"n">(.*?)</td>', shown) == said(HALF_WAY)


def test_of_the_drivers_all_are_told_on_a_date_and_those_that_are_folded_away_in_a_table_of_their_own():
    section = drivers.section(SUMMARY)
    (slider,) = section.controls
    told = [*(name for name, *_ in slider.form["rows"]), *slider.data["more"]]
    assert sorted(told) == sorted(chart.name for chart in section.charts)


@pytest.mark.browser
def test_the_slider_moves_a_line_and_says_what_each_quantity_is(shown):
    page = shown(render(SUMMARY))
    before = page.evaluate(LINES, "value")
    page.focus("#value-date input")
    page.keyboard.press("End")
    page.wait_for_function(f"text => {SAID}[0] === text", arg=SERIES["dates"][-1])
    page.wait_for_function(f"before => ({LINES})('value').join() !== before", arg=",".join(before))
    assert page.evaluate(SAID) == [SERIES["dates"][-1], labels.percent(SERIES["alive"][-1]).replace(" ", "\u00a0")]
    assert page.evaluate(ROW) == said(-1)
    assert page.get_attribute("#value-date input", "aria-valuetext") == SERIES["dates"][-1]
    after = page.evaluate(LINES, "value")
    assert len(before) == len(after) == 1
    assert before != after
    colour = "() => getComputedStyle(document.querySelector('[data-chart=value] .ytick text')).fill"
    light = page.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"light => ({colour})() !== light", arg=light)
    assert len(page.evaluate(LINES, "value")) == 1
    assert page.said == []


@pytest.mark.browser
def test_a_chart_that_is_opened_later_has_the_line_too(shown):
    page = shown(render(SUMMARY))
    page.focus("#drivers-date input")
    page.keyboard.press("Home")
    page.unfold()
    names = [chart.name for chart in drivers.section(SUMMARY).charts]
    assert all(len(page.evaluate(LINES, name)) == 1 for name in names)
    assert page.said == []
