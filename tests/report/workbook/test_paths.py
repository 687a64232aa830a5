"""Paths in the workbook: a row for each event, and one for the end."""

from tests.report.sample_summary import sample_summary
from valsim.report.section.story.end import ending
from valsim.report.workbook.sheet import paths


def test_each_path_is_told_event_by_event_up_to_its_end() -> None:
    summary = sample_summary()
    found, stories = paths.sheet(summary), summary["stories"]["stories"]
    assert len(found.rows) == sum(len(each["events"]) + 1 for each in stories)
    first = stories[0]
    told = [row for row in found.rows if row[0] == first["path"]]
    assert [row[2] for row in told] == [*(each["at"] for each in first["events"]), first["outcome"]["at"]]
    assert told[-1][3] == ending(first, summary)
    assert all(row[1] and row[3] for row in found.rows)


def test_where_no_path_was_told_there_is_no_sheet() -> None:
    assert paths.sheet({}) is None
    assert paths.sheet({"stories": None}) is None
