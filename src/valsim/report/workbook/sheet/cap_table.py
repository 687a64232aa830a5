"""The opening cap table, class by class, and what each is worth."""

from typing import Any

from valsim.report import labels
from valsim.report.section import choice, classes
from valsim.report.section.parts import RISK_NEUTRAL
from valsim.report.workbook.parts import Column, Sheet, Summary, beside, key


def sheet(summary: Summary) -> Sheet | None:
    """A row a class."""
    found, currency = summary.get("classes"), choice.currency(summary)
    if not found:
        return None
    gaps = choice.fair_value(summary).get("classes") or {}
    whole = sum(each["shares"] for each in found)
    columns = (
        Column("Class", "text", lambda each: labels.name(each["name"])),
        Column("Shares", "whole", key("shares")),
        Column("Part of all shares", "percent", lambda each: each["shares"] / whole if whole else None),
        Column(f"Last price ({currency}/share)", "price", lambda each: each.get("last_price") or None),
        Column(f"Liquidation preference ({currency})", "money", key("liquidation_preference")),
        Column("Seniority, higher is paid first", "number", key("seniority")),
        *beside(f"Worth today ({currency}/share)", "price", RISK_NEUTRAL, "present_value_per_share", "standard_error"),
        Column("Worth over its last price", "percent", classes.over_price, RISK_NEUTRAL),
        *(
            Column(each.title, "percent", lambda item, read=each.read: read(of(item, gaps)), RISK_NEUTRAL)  # type: ignore[misc]
            for each in beside(
                "Headline over worth", "percent", RISK_NEUTRAL, "overvaluation", "overvaluation_standard_error"
            )
        ),
    )
    lead = [
        classes.lead(summary),
        "At the start, before any closing; what later closings do to it stands on the sheets Tranches and Ownership.",
    ]
    return Sheet.of("Cap table", "Share classes at the opening cap table", lead, columns, found)


def of(share: Any, gaps: Any) -> Any:
    """What is known of the gap of a class."""
    return gaps.get(share["name"], {})
