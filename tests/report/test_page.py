"""The page in a real headless Chromium.

Without a browser these tests are skipped, with the reason; with ``VALSIM_REQUIRE_BROWSER=1`` they fail instead.
"""

import os
import shutil

import pytest

from tests.report.sample_summary import sample_summary
from valsim.report.page import write_html

REQUIRED = os.environ.get("VALSIM_REQUIRE_BROWSER") == "1"
CHROMIUM = os.environ.get("VALSIM_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOSTILE = '</script><img src=x onerror=alert(1)> "quoted" 🚀 <b>bold</b> ' + "y" * 200
WIDTHS = [390, 1440]

pytestmark = pytest.mark.browser


def without(reason):
    """Skip, or fail where a browser is required."""
    if REQUIRED:
        pytest.fail(f"a browser is required: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="module")
def chromium():
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        without("playwright is not installed")
    if not os.access(CHROMIUM, os.X_OK):
        without(f"no Chromium at {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, tmp_path):
    """Open a summary as a page; what the console says and what is asked of the network is kept."""
    pages = []

    def open_page(summary, width=1440, scheme="light"):
        write_html(summary, tmp_path / "report.html")
        page = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto((tmp_path / "report.html").as_uri())
        page.wait_for_selector(".main-svg")
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.context.close()


def hostile_summary():
    summary = sample_summary()
    for holder in summary["holders"][:2]:
        holder["name"] = HOSTILE
    summary["scenario"] |= {"name": HOSTILE, "company": HOSTILE}
    summary["tranches"][0] |= {"round": HOSTILE, "tranche": HOSTILE, "not_funded_because": {HOSTILE: 0.0997}}
    summary["classes"][0]["name"] = HOSTILE
    summary["payoffs"]["holders"][HOSTILE] = summary["payoffs"]["holders"].pop("Alibaba")
    summary["exits"][HOSTILE] = summary["exits"].pop("ipo")
    summary["warnings"].append(HOSTILE)
    summary["values"]["users"]["label"] = HOSTILE
    summary["assumptions"][0] |= {"note": HOSTILE, "given": HOSTILE}
    summary["reproduce"]["files"] = {HOSTILE: HOSTILE}
    return summary


def test_the_page_says_nothing_on_the_console_and_asks_the_network_for_nothing(opened):
    page = opened(sample_summary())
    page.wait_for_timeout(300)
    assert page.said == []
    assert [url for url in page.asked if not url.startswith(("file://", "data:"))] == []


def test_every_chart_is_drawn(opened):
    summary = sample_summary()
    page = opened(summary)
    drawn = page.evaluate(
        "[...document.querySelectorAll('[data-chart]')].map(each => !!each.querySelector('.main-svg'))"
    )
    assert len(drawn) == len(summary["values"]) + 7
    assert all(drawn)


def test_no_button_offers_to_send_a_chart_away(opened):
    page = opened(sample_summary())
    titles = page.evaluate(
        "[...document.querySelectorAll('.modebar-btn, .modebar button')]"
        ".map(each => [each.dataset.title, each.title, each.getAttribute('aria-label')].join(' '))"
    )
    assert titles
    assert not [
        title for title in titles if any(word in title.lower() for word in ("share", "cloud", "upload", "studio"))
    ]


@pytest.mark.parametrize("summary", [sample_summary, hostile_summary])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_never_wider_than_the_window(opened, width, summary):
    page = opened(summary(), width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_charts_follow_when_the_window_is_made_narrower(opened):
    page = opened(sample_summary(), 500)
    page.set_viewport_size({"width": 420, "height": 900})
    page.wait_for_timeout(500)
    rights = "[...document.querySelectorAll('[data-chart] svg')].map(each => each.getBoundingClientRect().right)"
    assert 0 < max(page.evaluate(rights)) <= 420


def test_hostile_names_stay_text(opened):
    page = opened(hostile_summary())
    assert page.said == []
    assert page.evaluate("document.querySelectorAll('main img, header img, main b').length") == 0
    assert "<img src=x onerror=alert(1)>" in page.inner_text("main h1")


def test_the_charts_follow_when_the_reader_turns_the_lights_off(opened):
    page = opened(sample_summary())
    colour = "getComputedStyle(document.querySelector('[data-chart=exit-mix] .ytick text')).fill"
    light = page.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(500)
    assert page.evaluate(colour) != light


def test_charts_on_paper_are_light_even_at_night(opened):
    page = opened(sample_summary(), scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    page.wait_for_timeout(500)
    fill = page.evaluate("getComputedStyle(document.querySelector('[data-chart=exit-mix] .ytick text')).fill")
    assert fill == "rgb(86, 97, 110)"


def test_the_keyboard_reaches_the_answer_the_sections_and_the_numbers(opened):
    page = opened(sample_summary())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("details summary >> nth=0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('details').open") is True


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_the_page_has_no_accessibility_violation(opened, width, scheme):
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        without("axe-playwright-python is not installed")
    page = opened(sample_summary(), width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["impact"], each["nodes"][0]["html"][:200]) for each in found] == []
