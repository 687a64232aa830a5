"""A real headless Chromium.

Without a browser the tests that ask for it are skipped, with the reason; with ``VALSIM_REQUIRE_BROWSER=1`` they fail instead.
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
