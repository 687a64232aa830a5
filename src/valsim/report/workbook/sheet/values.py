"""Every quantity of the company by date, among the companies that are still private."""

from collections.abc import Iterator, Sequence
from typing import Any

from valsim.report import labels
from valsim.report.figures.style import BLUE, ORANGE, SKY
from valsim.report.section import choice
from valsim.report.section.parts import REAL_WORLD
from valsim.report.workbook.parts import STANDARD_ERROR, Chart, Column, Kind, Line, Sheet, Shown, Summary, key, kind_of

DRAWN = ("equity_value", "enterprise_value", "valued_revenue", "cash")
LEVELS = {
    "0.05": "5th percentile",
    "0.25": "25th percentile",
    "0.5": "Median",
    "0.75": "75th percentile",
    "0.95": "95th percentile",
}
LINES = (
    Line("95th percentile", SKY, dashed=True), Line("75th percentile", SKY), Line("Median", BLUE), Line("25th percentile", SKY),
    Line("5th percentile", SKY, dashed=True), Line("Mean", ORANGE),
)  # fmt: skip


def sheet(summary: Summary) -> Sheet | None:
    """A row for each quantity and date."""
    found = summary.get("values")
    if not found:
        return None
    currency = choice.currency(summary)
    rows = [row for name, series in found.items() for row in by_date(name, series, currency)]
    columns = (
        Column("Quantity", "text", key("quantity")),
        Column("Unit", "text", key("unit")),
        Column("Date", "date", key("date")),
        Column("Still private", "percent", key("alive"), REAL_WORLD),
        number("Mean"),
        number(STANDARD_ERROR.capitalize()),
        *map(number, LEVELS.values()),
    )
    lead = ["Among the paths on which the company is still private on the date."]
    return Sheet.of("Values by date", "Values and drivers by date", lead, columns, rows, charts(found, currency))


def number(title: str) -> Column:
    """A column whose numbers are written by the unit of the row."""
    return Column(title, "number", lambda row: Shown(row[title], row["kind"]), REAL_WORLD)


def by_date(name: str, series: Any, currency: str) -> Iterator[dict[str, Any]]:
    """The rows of one quantity."""
    common = {"quantity": label(name, series), "unit": series["unit"], "kind": kind(series, currency)}
    for index, date in enumerate(series["dates"]):
        levels = {title: series["quantiles"][level][index] for level, title in LEVELS.items()}
        own = {"Mean": series["mean"][index], STANDARD_ERROR.capitalize(): series["standard_error"][index]}
        yield {**common, "date": date, "alive": series["alive"][index], **own, **levels}


def kind(series: Any, currency: str) -> Kind:
    """How the numbers of a quantity are written."""
    return kind_of(series["unit"], currency, max((each for each in series["mean"] if each is not None), default=0.0))


def label(name: str, series: Any) -> str:
    """What a quantity is called."""
    return series.get("label") or labels.name(name)


def charts(found: Any, currency: str) -> Sequence[Chart]:
    """A fan of each of the main quantities."""
    firsts, row = {}, 0
    for name, series in found.items():
        firsts[name], row = row, row + len(series["dates"])
    return [fan(label(name, found[name]), found[name], firsts[name], currency) for name in DRAWN if name in found]


def fan(title: str, series: Any, first: int, currency: str) -> Chart:
    """Percentiles and mean of one quantity over time."""
    last = len(series["dates"]) - 1
    middle = [labels.quantity(series["quantiles"]["0.5"][index], series["unit"], currency) for index in (0, last)]
    finding = f"The median goes from {middle[0]} on {series['dates'][0]} to {middle[1]} on {series['dates'][last]}."
    return Chart(
        f"{title} by date",
        "line",
        "Date",
        LINES,
        finding,
        "Date",
        f"{title} ({series['unit']}), real-world",
        "date",
        kind(series, currency),
        first,
        first + last,
    )
