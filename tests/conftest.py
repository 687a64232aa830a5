"""What every test may ask for."""

import os
import shutil
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.browser import chromium  # noqa: F401 - a fixture for every folder: one browser a process
from tests.once import FOLDER, solved_once
from valsim.core import own_files
from valsim.core.block import Kind
from valsim.run import Run

# The same examples on every machine and every run: a failure can be run again, and a green run stays green.
settings.register_profile("fixed", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("search", max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("VALSIM_HYPOTHESIS", "fixed"))


def pytest_configure(config: pytest.Config) -> None:
    """Make a folder for what all processes of a run share, and take it away at the end."""
    if FOLDER not in os.environ:
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="valsim-tests-")
        config.add_cleanup(lambda: shutil.rmtree(os.environ.pop(FOLDER)))


@pytest.fixture
def kinds_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a test registers no later one knows, nor a worker that is started for it."""
    monkeypatch.setattr(own_files, "RUN", dict(own_files.RUN))
    before = {family: dict(family.kinds) for family in Kind.__subclasses__()}
    yield
    for family, kinds in before.items():
        family.kinds.clear()
        family.kinds.update(kinds)


@pytest.fixture
def anchors_solved_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """An anchor that an earlier test had solved, of the same scenario, seed and sampler, is taken from it."""
    monkeypatch.setattr(Run, "anchored", solved_once(Run.anchored))
