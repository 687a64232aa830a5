"""The page of a run on paper, on a phone, without scripts, and by the buttons of a browser."""

from functools import cache

import pytest

from tests.report.sample_ownership import ownership
from tests.report.sample_summary import sample_summary
from valsim.report.page import render

HOSTILE = '</script><img src=x onerror=alert(1)> "quoted" 🚀 <b>bold</b> '

pytestmark = pytest.mark.browser


@cache
def text(summary=sample_summary):
    return render(summary())


PRINTED = """[...document.querySelectorAll("input[type=range], .jumps, .choice, nav")]
  .filter((each) => each.getBoundingClientRect().height).length"""


def test_on_paper_no_control_stands_but_what_it_is_set_to_and_what_is_open_keeps_its_title(shown):
    page = shown(text())
    page.locator("#exits details summary").first.click()
    page.emulate_media(media="print")
    assert page.evaluate(PRINTED) == 0
    assert page.locator(".slider input[type=text]").is_visible()
    assert page.locator("#exits details summary").first.is_visible()
    assert not page.locator("#answer ~ section details:not([open]) summary").first.is_visible()


def many_owners():
    summary = sample_summary()
    told = ownership(summary["values"]["users"]["dates"])
    groups = [told["groups"][-1] | {"name": f"owner number {count}"} for count in range(12)]
    return summary | {"ownership": told | {"groups": groups}}


def test_many_names_in_a_legend_leave_the_plot_its_height_on_a_phone(shown):
    page = shown(text(many_owners), 390)
    heights = "(name) => document.querySelector(`[data-chart=ownership] .${name}`).getBoundingClientRect().height"
    assert page.evaluate(heights, "bglayer") > 150
    assert page.evaluate(heights, "scrollbar") == 0


def test_without_scripts_every_word_and_number_is_there_and_the_page_is_no_wider(chromium, tmp_path):
    file = tmp_path / (HOSTILE[:60].replace("/", " ") + "#%41?.html")
    file.write_text(text(), encoding="utf-8")
    context = chromium.new_context(viewport={"width": 390, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert "Charts need scripts" in page.inner_text("main")
    assert page.locator("main > section h1, main > section h2").count() > 10
    assert page.locator(".slider input[type=text]").input_value()
    assert page.locator("[data-chart]").first.bounding_box()["height"] < 5
    context.close()


def test_the_way_back_leads_to_the_section_before(shown):
    page = shown(text())
    for name in ("payoff", "exits"):
        page.locator(f"nav a[href='#{name}']").click()
    page.go_back()
    assert page.url.endswith("#payoff")
    page.wait_for_selector("nav a[href='#payoff'][aria-current]")
    page.go_forward()
    page.wait_for_selector("nav a[href='#exits'][aria-current]")
