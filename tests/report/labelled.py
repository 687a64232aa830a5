"""Which numbers of a page do not say under which probabilities they are."""

from collections.abc import Iterator, Mapping
from typing import Any

from valsim.report.page import SECTIONS
from valsim.report.section.parts import REAL_WORLD, RISK_NEUTRAL, Chart, Folded, Grid, Section, Table, Tiles

INPUTS = {"assumptions", "reproduce"}
"""The sections of what went in, which no paths stand behind."""
STATED = ("What the usual values rest on", "Comparables of sector")
"""How the titles of tables of what went in begin, in other sections."""


def unlabelled(summary: Mapping[str, Any]) -> list[str]:
    """What neither names its measure nor stands in a section whose lead does, as section and title."""
    sections = [found for build in SECTIONS if (found := build(summary)) and found.name not in INPUTS]
    return [f"{each.name}: {title}" for each in sections for title, measure in shown(each) if not told(each, measure)]


def told(section: Section, measure: str) -> bool:
    return any(
        word in text for word in (REAL_WORLD, RISK_NEUTRAL, "no probability") for text in (measure, section.lead)
    )


def shown(section: Section) -> Iterator[tuple[str, str]]:
    """Every tile, table and chart of a section, those of a grid too, with its measure; what went in is left out."""
    found = ((title, measure) for part in section.parts for title, measure in parts(part))
    return ((title, measure) for title, measure in found if not title.startswith(STATED))


def parts(part: Any) -> Iterator[tuple[str, str]]:
    match part:
        case Tiles():
            yield from ((tile.label, tile.measure) for tile in part.tiles)
        case Grid():
            yield from ((chart.title, chart.measure) for chart in part.charts)
        case Folded():
            yield part.title, part.measure
        case Chart():
            yield part.title, part.measure
        case Table():
            yield part.caption, part.measure
