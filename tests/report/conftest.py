"""A page in a real headless Chromium."""

from functools import cache

import pytest

from tests.browser import without

UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true });"
DRAW = "window.dispatchEvent(new Event('beforeprint'));"
"""What is far from the window is drawn when a reader comes near, or before it is printed."""
DRAWN = "() => [...document.querySelectorAll('[data-chart]')].every(each => each.querySelector('.main-svg'))"


@pytest.fixture(scope="session")
def open_page(chromium, tmp_path_factory):
    """Open the text of a page; what the console says and what is asked of the network is kept."""
    file = tmp_path_factory.mktemp("pages") / "report.html"

    def open_(text, width=1440, scheme="light"):
        file.write_text(text, encoding="utf-8")
        page = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(file.as_uri())
        page.draw_all = lambda: page.evaluate(DRAW)
        page.unfold = lambda: (page.evaluate(UNFOLD + DRAW), page.wait_for_function(DRAWN))
        page.draw_all()
        page.wait_for_selector(".main-svg")
        return page

    return open_


@pytest.fixture
def shown(open_page):
    """Open a page for one test, which may do with it what it likes."""
    pages = []

    def show(*page):
        pages.append(open_page(*page))
        return pages[-1]

    yield show
    for page in pages:
        page.context.close()


@pytest.fixture(scope="session")
def seen(open_page):
    """Give a page that all tests look at and leave as it is, but for the place to which it is scrolled."""
    opened = cache(open_page)
    return lambda text, width=1440: opened(text, width)


@pytest.fixture
def violations():
    """What axe finds on a page with everything unfolded."""
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        without("axe-playwright-python is not installed")

    def found(page):
        page.unfold()
        found = Axe().run(page).response["violations"]
        return [(each["id"], each["impact"], each["nodes"][0]["html"][:200]) for each in found]

    return found
