"""Who owns how much of the company by date."""

from collections.abc import Iterator
from typing import Any

from valsim.report import labels
from valsim.report.figures.style import SERIES
from valsim.report.section.parts import REAL_WORLD
from valsim.report.workbook.parts import STANDARD_ERROR, Chart, Column, Line, Sheet, Summary, key


def sheet(summary: Summary) -> Sheet | None:
    """A row a date, a column for each holder that is told of, and for the others together."""
    told = summary.get("ownership") or {}
    if not told.get("groups"):
        return None
    heads = [head(each) for each in told["groups"]]
    columns = (
        Column("Date", "date", key("date")),
        Column("Still private", "percent", key("alive"), REAL_WORLD),
        *(Column(text, "percent", key(text), REAL_WORLD) for name in heads for text in (name, error(name))),
    )
    lead = [
        "Mean parts of the fully diluted shares, among the paths on which the company is still private on the date."
    ]
    return Sheet.of("Ownership by date", "Who owns the company", lead, columns, rows(told), [chart(told, heads)])


def head(group: Any) -> str:
    """The heading of a group, which no other column has."""
    return f"Owned by {labels.name(group['name'])}"


def error(name: str) -> str:
    """The heading of its standard error."""
    return f"{name}, {STANDARD_ERROR}"


def rows(told: Any) -> Iterator[dict[str, Any]]:
    """The parts on each date."""
    for place, date in enumerate(told["dates"]):
        row = {"date": date, "alive": told["alive"][place]}
        for each in told["groups"]:
            row |= {head(each): each["mean"][place], error(head(each)): each["standard_error"][place]}
        yield row


def chart(told: Any, heads: list[str]) -> Chart:
    """The whole company, shared out."""
    largest = max(told["groups"], key=lambda each: each["mean"][-1] or 0)
    lines = [Line(name, SERIES[place % len(SERIES)]) for place, name in enumerate(heads)]
    return Chart(
        "Who owns the company by date",
        "areas",
        "Date",
        lines,
        f"{labels.name(largest['name'])} has most by {told['dates'][-1]}: {labels.percent(largest['mean'][-1])} on average.",
        "Date",
        "Part of all shares, real-world mean",
        "date",
        "percent",
    )
