"""How paths end, and how much is in hand by when."""

from collections.abc import Iterator
from typing import Any

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section import exits as section
from valsim.report.section.parts import REAL_WORLD
from valsim.report.workbook.parts import STANDARD_ERROR, Column, Sheet, Shown, Summary


def sheet(summary: Summary) -> Sheet | None:
    """A row for each way to end, then for each date what has exited and been paid by then."""
    if not summary.get("exits"):
        return None
    currency = choice.currency(summary)
    columns = (
        Column("What", "text", lambda row: row[0]),
        Column("By", "date", lambda row: row[1]),
        Column("Unit", "text", lambda row: currency if row[3] == "money" else "part of all paths"),
        Column("Value", "percent", lambda row: Shown(row[2].mean, row[3]), REAL_WORLD),
        Column(f"Value, {STANDARD_ERROR}", "percent", lambda row: Shown(row[2].standard_error, row[3]), REAL_WORLD),
    )
    lead = [section.lead(summary["exits"]), "Amounts are means over all paths."]
    return Sheet.of("Exits", "Exits and horizons", lead, columns, rows(summary))


def rows(summary: Summary) -> Iterator[tuple[Any, ...]]:
    """What, by when, the number with its error, and how it is written."""
    errors = summary.get("exit_standard_errors") or {}
    for kind, share in summary["exits"].items():
        yield f"ends: {labels.name(kind)}", None, labels.Estimate(share, errors.get(kind)), "percent"
    for each in summary.get("horizons") or []:
        yield "exited", each["date"], labels.estimate(each["exited"]), "percent"
        yield "proceeds realised", each["date"], labels.estimate(each["realised_proceeds"]), "money"
        yield "still unrealised", each["date"], labels.estimate(each["unrealised"]), "money"
