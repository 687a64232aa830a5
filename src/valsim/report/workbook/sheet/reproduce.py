"""How to get the same numbers again."""

from valsim.report.section import reproduce as section
from valsim.report.workbook.parts import Column, Sheet, Summary


def sheet(summary: Summary) -> Sheet:
    """Facts of the run and its command."""
    again = summary.get("reproduce", {})
    facts = [(what.text, value.text) for what, value in section.rows(summary, again.get("versions", {}))]
    command = [("Command", again["command"])] if again.get("command") else []
    files = [("File of the scenario", name) for name in again.get("files", {})]
    columns = (Column("What", "text", lambda row: row[0]), Column("Value", "text", lambda row: row[1]))
    lead = ["The same seed and scenario give the same numbers, whatever the number of threads."]
    return Sheet.of("Reproduce", "Reproduce", lead, columns, [*command, *facts, *files])
