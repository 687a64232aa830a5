"""Documents that the loader takes, for whoever must take them too."""

from datetime import date
from pathlib import Path

from tests.companies import IN_A_SECTOR, LIVELY, STEADY
from valsim.manual.starters import starter, starters

ROOT = Path(__file__).resolve().parents[2]
SMALL = (ROOT / "tests" / "cli" / "small.yaml").read_text("utf-8")
NORTH_STAR = (ROOT / "tests" / "scenario" / "north-star.yaml").read_text("utf-8")


def right_documents() -> dict[str, str]:
    """The shipped scenarios, the starters, the companies of the tests and what says everything once, by name."""
    shipped = {file.name: file.read_text("utf-8") for file in sorted((ROOT / "scenarios").glob("*.yaml"))}
    begun = {f"starter {name}": starter(name, date(2026, 3, 1)) for name in starters()}
    return {
        **shipped,
        **begun,
        "small": SMALL,
        "steady": STEADY,
        "lively": LIVELY,
        "in a sector": IN_A_SECTOR,
        "north star": NORTH_STAR,
    }
