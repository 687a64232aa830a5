"""The section on how outcomes are spread: what it says, what its bars come to, and in a browser the choice of scale."""

import pytest

from tests.report.sample_summary import sample_summary
from valsim.report.figures import style
from valsim.report.figures.distributions import bars, line
from valsim.report.page import render
from valsim.report.section import distributions

SUMMARY = sample_summary()
COMPANY, MINE, _ = SUMMARY["distributions"]
HEIGHTS = "document.querySelector('[data-chart=spread-1]').data[0].y"
TICKS = "[...document.querySelectorAll('[data-chart=spread-1] .xtick text')].map(each => each.textContent)"


def test_the_lead_answers_what_an_investor_asks():
    assert distributions.section(SUMMARY).lead == (
        "Your position gets nothing on 11 % of the paths on which it invests, at least its money back on 47 %, three times of it "
        "on 18 % and ten times on 2.9 % (real-world)."
    )


@pytest.mark.parametrize("scale", ["linear", "logarithmic"])
def test_the_bars_of_a_histogram_are_all_paths(scale):
    assert sum(bars(MINE, scale, "USD")["y"]) == pytest.approx(1)
    assert sum(bars(COMPANY, scale, "USD")["y"]) == pytest.approx(1)


def test_nothing_stands_apart_and_what_is_less_than_the_money_has_another_colour():
    found = bars(MINE, "logarithmic", "USD")
    assert found["customdata"][0].startswith("nothing: 11.0")
    assert found["marker"]["color"][0] == style.GREY
    loss = [share for share, colour in zip(found["y"], found["marker"]["color"], strict=True) if colour == style.ORANGE]
    below = found["y"][1] if found["marker"]["color"][1] == style.GREY else 0.0
    back = next(each["mean"] for each in MINE["at_least"] if each["value"] == 1.0)
    assert sum(loss) + below == pytest.approx(1 - back - MINE["nothing"]["mean"])


def test_the_chance_of_at_least_a_multiple_falls_and_is_that_of_the_table_at_money_back():
    found = line(MINE, "me", style.BLUE, 2.0)
    assert found["y"] == sorted(found["y"], reverse=True)
    back = next(each["mean"] for each in MINE["at_least"] if each["value"] == 1.0)
    assert found["y"][found["x"].index(1.0)] == pytest.approx(back)


def test_without_an_investor_the_company_is_told_alone():
    section = distributions.section(SUMMARY | {"distributions": [COMPANY]})
    assert [chart.name for chart in section.charts] == ["spread-0"]
    assert distributions.section(SUMMARY | {"distributions": []}) is None


@pytest.mark.browser
def test_the_scale_is_chosen_from_the_keyboard(shown):
    page = shown(render(SUMMARY))
    linear, ticks = page.evaluate(HEIGHTS), page.evaluate(TICKS)
    page.focus("#spread-scale input[value=linear]")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"() => {TICKS}.includes('10x')")
    assert page.evaluate(HEIGHTS) != linear
    assert "10x" in page.evaluate(TICKS)
    assert "equal ratio" in page.inner_text("#spread-scale output")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"() => !{TICKS}.includes('10x')")
    assert (page.evaluate(HEIGHTS), page.evaluate(TICKS)) == (linear, ticks)
    assert page.said == []
