"""Who owns how much of the company at the opening, after each closing, and at the exit."""

from typing import Any

from valsim.report import labels
from valsim.report.section.parts import REAL_WORLD
from valsim.report.workbook.parts import Column, Sheet, Summary, estimated, key


def sheet(summary: Summary) -> Sheet | None:
    """A row for each holder that is told of, and for the others together."""
    told = summary.get("ownership") or {}
    if not told.get("groups"):
        return None
    stages = [(place, each) for place, each in enumerate(told["groups"][0]["after"]) if each["paths"]]
    columns = (
        Column("Holder", "text", lambda each: labels.name(each["name"])),
        Column("Opening", "percent", key("opening")),
        *(column for place, stage in stages for column in after(place, stage)),
        *estimated("At the exit, mean", "percent", REAL_WORLD, key("at_exit")),
    )
    lead = [
        "Parts of the fully diluted shares. After a closing they are medians and percentiles where it was funded, which do not add up.",
        f"From the first {told['noted_paths']:,} paths; at the exit from all, before what converts in it.",
    ]
    return Sheet.of("Ownership", "Who owns what, stage by stage", lead, columns, told["groups"])


def after(place: int, stage: Any) -> tuple[Column, ...]:
    """What is owned at the end of the day of a closing."""
    name = f"After {labels.tranche_name(stage)}"
    levels = {"0.5": "median", "0.05": "5th percentile", "0.95": "95th percentile"}
    return tuple(Column(f"{name}, {word}", "percent", at(place, level), REAL_WORLD) for level, word in levels.items())


def at(place: int, level: str) -> Any:
    """Read a percentile after a closing."""
    return lambda each: each["after"][place]["quantiles"].get(level)
