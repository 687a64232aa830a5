"""Opening a report: from asking for the page to its first words, to the whole of it, and to the first charts, in Chromium."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.documents import FLAGSHIP, SMALL, anchor, document
from benchmarks.effort import Effort
from benchmarks.table import Cell, Table, table
from valsim.analysis.summary import summary
from valsim.report.page import render
from valsim.simulate import simulate

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WINDOWS = {"wide": 1440, "phone": 390}
TIMES = """() => {
  const [opened] = performance.getEntriesByType("navigation"), [painted] = performance.getEntriesByName("first-contentful-paint");
  return [painted.startTime, opened.domContentLoadedEventEnd, performance.now()].map((time) => time / 1000);
}"""
DRAWN = """() => [...document.querySelectorAll("[data-chart]")].every((place) =>
  place.closest("details:not([open])") || place.getBoundingClientRect().top > innerHeight || place.querySelector(".main-svg"))"""


def measure(effort: Effort) -> Iterator[Table]:
    """Open one report several times at each width; what is given is the median."""
    name, paths, times = effort.of(SMALL, FLAGSHIP), effort.of(1_000, 100_000), effort.of(1, 10)
    text = render(summary(simulate(document(name), paths=paths, anchor=anchor(name))))
    columns = ("window", "first words, s", "whole page, s", "charts in the window, s")
    note = f"The page has {len(text.encode()) / 1000:,.0f} kB; the target is one second."
    yield table(f"{name}, {paths:,} paths: opening its report", columns, _rows(text, times), note)


def _rows(text: str, times: int) -> list[tuple[Cell, ...]]:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "report.html"
        page.write_text(text, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        found = {name: [_opened(browser, page, width) for _ in range(times)] for name, width in WINDOWS.items()}
        browser.close()
    return [(name, *(median(column) for column in zip(*rows, strict=True))) for name, rows in found.items()]


def _opened(browser: Any, page: Path, width: int) -> list[float]:
    context = browser.new_context(viewport={"width": width, "height": 900})
    opened = context.new_page()
    opened.goto(page.as_uri())
    opened.wait_for_function(DRAWN)
    times: list[float] = opened.evaluate(TIMES)
    context.close()
    return times
