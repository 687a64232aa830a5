"""The sources that numbers cite."""

from valsim.report.workbook.parts import Column, Kind, Sheet, Summary


def sheet(summary: Summary) -> Sheet | None:
    """A row a source."""
    found = summary.get("sources")
    if not found:
        return None
    columns = (
        Column("Key", "text", lambda item: item[0]),
        of("Title", "text", "title"),
        of("Date", "date", "date"),
        of("Publisher", "text", "publisher"),
        of("Address", "text", "url"),
        of("File", "text", "file"),
        of("Note", "text", "note"),
    )
    return Sheet.of(
        "Sources",
        "Sources",
        ["Addresses are text, so that nothing is fetched by a wrong click."],
        columns,
        found.items(),
    )


def of(title: str, kind: Kind, name: str) -> Column:
    """A column of what is known of a source."""
    return Column(title, kind, lambda item: item[1].get(name))
