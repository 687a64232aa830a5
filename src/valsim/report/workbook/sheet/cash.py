"""What each holder pays and receives, year by year."""

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.parts import REAL_WORLD
from valsim.report.workbook.parts import Column, Sheet, Summary, beside, estimated, key


def sheet(summary: Summary) -> Sheet | None:
    """A row for each holder and calendar year."""
    currency = choice.currency(summary)
    rows = [
        {"holder": labels.name(each["name"]), **year}
        for each in summary.get("holders") or []
        for year in each.get("cash_by_year") or []
    ]
    if not rows:
        return None
    columns = (
        Column("Holder", "text", key("holder")),
        Column("Year", "plain", key("year")),
        *estimated(f"Paid ({currency}), mean", "money", REAL_WORLD, key("paid")),
        *estimated(f"Received ({currency}), mean", "money", REAL_WORLD, key("received")),
        *beside("DPI by the end of the year", "multiple", REAL_WORLD, "dpi", "dpi_standard_error"),
    )
    lead = ["Means over all paths. What is still held at the horizon is in no year."]
    return Sheet.of("Cash by year", "Cash by calendar year", lead, columns, rows)
