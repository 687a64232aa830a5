"""What every test may ask for."""

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every machine and every run: a failure can be run again, and a green run stays green.
settings.register_profile("fixed", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("search", max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("VALSIM_HYPOTHESIS", "fixed"))

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture
def chromium() -> str:
    """The browser's program; a test that needs it is skipped without one, unless the machine promises one."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None and os.environ.get("VALSIM_REQUIRE_BROWSER") == "1":
        pytest.fail(f"VALSIM_REQUIRE_BROWSER is set and none of {', '.join(CHROMIUM)} is installed")
    if found is None:
        pytest.skip("needs Chromium (on Debian: apt install chromium)")
    return found
