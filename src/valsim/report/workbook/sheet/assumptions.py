"""Every number that went in: its value, unit, source, and what sources say otherwise."""

from typing import Any

from valsim.report.section import assumptions as section
from valsim.report.section import choice
from valsim.report.workbook.parts import Column, Kind, Sheet, Shown, Summary, key, kind_of

ORIGINS = ("sources disagree", "sourced", "assumption")


def sheet(summary: Summary) -> Sheet | None:
    """A row a number, in the order of the document."""
    found, currency = summary.get("assumptions"), choice.currency(summary)
    if not found:
        return None
    sources = summary.get("sources") or {}

    def middle(name: str) -> Any:
        return lambda each: Shown(plain(each.get(name)), kind(each, currency))

    columns = (
        Column("Number", "text", key("path")),
        Column("Value, or its median", "number", middle("value")),
        Column("10th percentile", "number", middle("p10")),
        Column("90th percentile", "number", middle("p90")),
        Column("Unit", "text", key("unit")),
        Column("As written", "text", key("given")),
        Column("Origin", "text", lambda each: ORIGINS[section.rank(each)]),
        Column(
            "Source", "text", lambda each: section.citation(each["source"], sources) if section.sourced(each) else None
        ),
        Column("Note", "text", key("note")),
        Column(
            "What sources say",
            "text",
            lambda each: "\n".join(section.conflict_text(one, sources) for one in each.get("conflict") or []) or None,
        ),
    )
    return Sheet.of("Assumptions", "Assumptions", [section.lead(found)], columns, found)


def plain(value: Any) -> float | None:
    """A number; a distribution that has none is described in words beside."""
    return value if isinstance(value, int | float) else None


def kind(assumption: Any, currency: str) -> Kind:
    """How a number of the document is written."""
    written = str(assumption.get("given") or "")
    return (
        "percent"
        if "%" in written
        else kind_of(str(assumption.get("unit") or ""), currency, plain(assumption.get("value")) or 0.0)
    )
