"""A page in a real headless Chromium.

Without a browser these tests are skipped, with the reason; with ``VALSIM_REQUIRE_BROWSER=1`` they fail instead.
"""

import os
import shutil

import pytest

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

UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true });"
DRAW = "window.dispatchEvent(new Event('beforeprint'));"
"""What is far from the window is drawn when a reader comes near, or before it is printed."""


def without(reason):
    """Skip, or fail where a browser is required."""
    if REQUIRED:
        pytest.fail(f"a browser is required: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
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
def shown(chromium, tmp_path):
    """Open the text of a page; what the console says and what is asked of the network is kept."""
    pages = []

    def show(text, width=1440, scheme="light"):
        (tmp_path / "report.html").write_text(text, encoding="utf-8")
        page = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto((tmp_path / "report.html").as_uri())
        page.draw_all = lambda: page.evaluate(DRAW)
        page.unfold = lambda: page.evaluate(UNFOLD + DRAW)
        page.draw_all()
        page.wait_for_selector(".main-svg")
        pages.append(page)
        return page

    yield show
    for page in pages:
        page.context.close()


@pytest.fixture
def violations():
    """What axe finds on a page with everything unfolded."""
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        without("axe-playwright-python is not installed")

    def found(page):
        page.unfold()
        page.wait_for_timeout(300)
        found = Axe().run(page).response["violations"]
        return [(each["id"], each["impact"], each["nodes"][0]["html"][:200]) for each in found]

    return found
