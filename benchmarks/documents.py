"""The scenarios that are measured: those that are shipped, and two whose whole model fits on a page."""

from functools import cache
from pathlib import Path

from valsim.core.streams import BATCH
from valsim.result import Anchor
from valsim.scenario.load import load
from valsim.scenario.model import Scenario
from valsim.simulate import simulate

ROOT = Path(__file__).parents[1]
OWN = Path(__file__).parent / "scenarios"
FLAGSHIP = "moonshot-2026-10b"
"""The main job of the README."""
BLOCK, SMALL = "block", "small"
"""Ten drivers, a gated tranche and two exits; and three drivers, a round and a waterfall."""


@cache
def document(name: str) -> Scenario:
    """Give a scenario by the name of its file."""
    return load(file(name))


def file(name: str) -> Path:
    """Find the file of a scenario."""
    own = OWN / f"{name}.yaml"
    return own if own.exists() else ROOT / "scenarios" / f"{name}.yaml"


@cache
def anchor(name: str) -> Anchor | None:
    """Give the anchor of a scenario; nothing where none is to be solved."""
    if document(name).valuation.anchor == "none":
        return None
    solved = simulate(document(name), paths=BATCH).manifest
    return Anchor(solved.anchor_scale, solved.anchor_standard_error)


def shipped() -> list[str]:
    """Name the scenarios that are shipped."""
    scenarios = (ROOT / "scenarios").glob("*.yaml")
    return sorted(path.stem for path in scenarios if "\nhorizon:" in path.read_text("utf-8"))
