"""The documentation as a site: it builds without a warning, and opens from its folder without a network."""

import os
import re
import subprocess
import sys

import pytest

from tests.docs.blocks import ROOT

LOADED = re.compile(
    r"""<(?:script|img|iframe|source)\b[^>]*\bsrc="([^"]*)|<link\b[^>]*\bhref="([^"]*)|url\(["']?([^)"']*)"""
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    quiet = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    built = subprocess.run(build, cwd=ROOT, env=quiet, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return folder


def test_it_has_every_page_and_warns_of_none(site):
    pages = [path.relative_to(ROOT / "docs").with_suffix(".html") for path in (ROOT / "docs").rglob("*.md")]
    beside = [
        path.relative_to(ROOT).with_suffix(".html")
        for room in ("scenarios", "decisions")
        for path in (ROOT / room).glob("*.md")
    ]
    named = [path.with_name("index.html") if path.stem == "README" else path for path in [*pages, *beside]]
    assert [str(path) for path in named if not (site / path).is_file()] == []


def test_no_page_loads_anything_from_elsewhere(site):
    loaded = {
        (path.name, next(filter(None, found), ""))
        for path in [*site.rglob("*.html"), *site.rglob("*.css")]
        for found in LOADED.findall(path.read_text(encoding="utf-8"))
    }
    assert len(loaded) > 100
    assert {each for each in loaded if re.match(r"(https?:)?//", each[1])} == set()


@pytest.mark.browser
def test_its_search_works_from_the_folder_and_asks_no_network(site, chromium):
    asked, said = [], []
    page = chromium.new_page(viewport={"width": 390, "height": 900})
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((site / "reference" / "rounds.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.set_viewport_size({"width": 1440, "height": 900})
    page.fill("input[name=query]", "ratchet")
    page.wait_for_selector(".md-search-result__item")
    page.close()
    assert said == []
    assert {url.partition(":")[0] for url in asked} <= {"file", "data", "blob"}
