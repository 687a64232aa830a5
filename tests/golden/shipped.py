"""The shipped scenarios and their golden runs, each made once for all tests.

``python -m tests.golden.shipped [NAME ...]`` writes the figures of these scenarios, or of all, anew after a change that is
meant to move them.
"""

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import valsim
from tests.once import once
from valsim.analysis.summary import summary
from valsim.scenario.model import Scenario

HERE = Path(__file__).resolve().parent
SCENARIOS = HERE.parents[1] / "scenarios"
NAMES = tuple(sorted(path.stem for path in SCENARIOS.glob("*.md")))
"""The scenarios with a page and figures on record; a file of other deals has its figures on the page of what it extends."""
PATHS = 8192


@cache
def scenario(name: str) -> Scenario:
    """Load a shipped scenario."""
    return valsim.load(SCENARIOS / f"{name}.yaml")


@cache
def found(name: str) -> dict[str, Any]:
    """Give the summary of a shipped scenario on few paths."""
    return once(("shipped", name), lambda: summary(valsim.simulate(scenario(name), paths=PATHS)))


def golden(name: str) -> Path:
    """Name the file of the figures on record."""
    return HERE / f"{name}.json"


def figures(found: dict[str, Any]) -> dict[str, Any]:
    """The figures that a reader would quote."""
    return {
        "anchor_scale": found["health"]["anchor_scale"],
        "present_value": found["health"]["present_value_of_opening_classes"]["mean"],
        "funded": {f"{t['round']}: {t['tranche']}": t["probability_funded"] for t in found["tranches"]},
        "exits": found["exits"],
        "present_value_per_share": {c["name"]: c["present_value_per_share"] for c in found["classes"]},
        "proceeds": {h["name"]: h["proceeds"]["mean"] for h in found["holders"]},
        "irr_of_expected_cash_flows": {h["name"]: h["irr"]["of_expected_cash_flows"] for h in found["holders"]},
        "last_median": {name: fan["quantiles"]["0.5"][-1] for name, fan in found["values"].items()},
    }


def write(name: str) -> None:
    """Put the figures of today on record."""
    golden(name).write_text(json.dumps(figures(found(name)), indent=1) + "\n")


if __name__ == "__main__":
    for name in sys.argv[1:] or NAMES:
        write(name)
