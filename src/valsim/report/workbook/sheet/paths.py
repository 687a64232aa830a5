"""Paths that stand for many, told as what happened when."""

from collections.abc import Iterator
from typing import Any

from valsim.report.section.story.end import ending
from valsim.report.section.story.titles import headings
from valsim.report.section.story.words import sentence, speaker
from valsim.report.workbook.parts import Column, Sheet, Summary, key


def sheet(summary: Summary) -> Sheet | None:
    """A row for each event of each path, and one for its end."""
    told = summary.get("stories") or {}
    if not told.get("stories"):
        return None
    columns = (
        Column("Path", "plain", key("path")),
        Column("Stands for", "text", key("for")),
        Column("Date", "date", key("at")),
        Column("What happened", "text", key("what")),
    )
    lead = [f"Real-world; chosen among the first {told['among']:,} paths, and played again."]
    return Sheet.of("Paths", "Paths that stand for many", lead, columns, rows(told, summary))


def rows(told: Any, summary: Summary) -> Iterator[dict[str, Any]]:
    """The events of each path in their order, and how it ended."""
    speaks = speaker(summary)
    for story in told["stories"]:
        common = {"path": story["path"], "for": "; ".join(headings(story, summary))}
        for event in story["events"]:
            yield {**common, "at": event["at"], "what": sentence(event, speaks)}
        yield {**common, "at": story["outcome"].get("at"), "what": ending(story, summary)}
