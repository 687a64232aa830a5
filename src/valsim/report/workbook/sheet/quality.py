"""Whether the sample can carry the numbers."""

from valsim.report.section import quality as section
from valsim.report.workbook.parts import STANDARD_ERROR, Column, Sheet, Shown, Summary


def sheet(summary: Summary) -> Sheet | None:
    """A row a check, under what is to be kept in mind."""
    health = summary.get("health")
    if not health:
        return None
    columns = (
        Column("Check", "text", lambda found: found[0].label),
        Column("Value", "number", lambda found: Shown(found[1], "number" if found[0] is section.SCALE else "percent")),
        Column(STANDARD_ERROR.capitalize(), "number", lambda found: health.get(found[0].error)),
        Column("Limit", "text", lambda found: found[0].rule),
        Column("Verdict", "text", lambda found: "within" if found[0].holds(found[1]) else "outside"),
    )
    lead = [
        section.lead(summary),
        *section.measure_texts(summary),
        *health.get("notes", []),
        *summary.get("warnings", []),
    ]
    return Sheet.of("Quality", "Numerical quality", lead, columns, section.known(health))
