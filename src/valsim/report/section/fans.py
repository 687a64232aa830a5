"""What the sections with fan charts share: title, finding and table of a series."""

from collections.abc import Mapping, Sequence
from typing import Any

from valsim.report import labels
from valsim.report.section.parts import REAL_WORLD, Cell, Chart, Control, Table, numbers, words

Series = Mapping[str, Any]
MOST_ROWS = 12
MEASURE = f"{REAL_WORLD}, companies still private"


def label(name: str, series: Series) -> str:
    """The series' own label, or its field in words."""
    return str(series.get("label") or labels.name(name))


def title(name: str, series: Series, currency: str) -> str:
    """Label and unit."""
    unit = str(series.get("unit") or "")
    shown = unit.removeprefix("1/" if unit.startswith("1/") else "").replace("/", " per ")
    shown = f"per {shown}" if unit.startswith("1/") else shown
    return (
        f"{label(name, series)}, {shown}"
        if unit not in ("", "1", "%", "users", "user") or unit == currency
        else label(name, series)
    )


def finding(series: Series, currency: str) -> str:
    """The median at both ends, and the range at the last date."""

    def show(value: float | None) -> str:
        return labels.quantity(value, str(series.get("unit") or ""), currency)

    rows = series["quantiles"]
    if series["dates"] and rows["0.05"] == rows["0.95"] and len(set(rows["0.5"])) == 1:
        return f"{show(rows['0.5'][0])} throughout."
    end = max((place for place, middle in enumerate(rows["0.5"]) if middle is not None), default=0)
    first, last = rows["0.5"][0], rows["0.5"][end]
    ends = f"{show(rows['0.05'][end])} to {show(rows['0.95'][end])} on nine paths in ten"
    return f"Median {show(first)} at the start, {show(last)} by {series['dates'][end][:4]}; {ends}."


def table(name: str, series: Series, currency: str) -> Table:
    """Every date of the fan, with the mean and its error."""
    from valsim.report.figures.fan import thinned

    kept = series.get("kept_paths")
    few = thinned(series, MOST_ROWS)
    note = f"From the first {labels.paths(kept)}." if isinstance(kept, int) else ""
    columns = (*words("Date"), *numbers("Still private", "5 %", "25 %", "Median", "75 %", "95 %", "Mean"))
    rows = tuple(row(few, index, currency) for index in range(len(few["dates"])))
    return Table(title(name, series, currency), columns, rows, MEASURE, note)


def row(series: Series, index: int, currency: str) -> tuple[Cell, ...]:
    """One date."""
    unit = str(series.get("unit") or "")
    spread = [series["quantiles"][level][index] for level in ("0.05", "0.25", "0.5", "0.75", "0.95")]
    shown = [Cell(labels.quantity(value, short_unit(unit, currency), currency)) for value in spread]
    mean, error = series["mean"][index], series["standard_error"][index]
    return (
        Cell(series["dates"][index]),
        Cell(labels.percent(series["alive"][index])),
        *shown,
        mean_cell(mean, error, unit, currency),
    )


def mean_cell(mean: float | None, error: float | None, unit: str, currency: str) -> Cell:
    """The mean with its error, in the scale of the mean."""
    if unit == "%":
        return Cell(*labels.percent_with_error(mean, error))
    if unit.startswith(currency):
        return Cell(*labels.with_error(mean, error, currency))
    return Cell(*(text.strip() for text in labels.with_error(mean, error, "")))


def short_unit(unit: str, currency: str) -> str:
    """In a table the title has the unit; only the sign of the currency and a percent sign stay."""
    return currency if unit.startswith(currency) else "%" if unit == "%" else ""


def slider(name: str, title: str, charts: Sequence[Chart], more: Sequence[Chart] = ()) -> Control:
    """A slider over the dates of fan charts, and a table of what each says on a date, half-way before it is moved.

    ``more`` are those that are folded away; the page folds their table away too.
    """
    from valsim.report.figures.style import INK

    first = _median(charts[0])
    last = len(first["x"]) - 1
    form = {
        "last": last,
        "place": last // 2,
        "date": first["x"][last // 2],
        "private": first["customdata"][last // 2][-1],
        "title": title,
        "rows": [_then(chart, last // 2) for chart in charts],
        "measure": MEASURE,
    }
    data = {"more": [chart.name for chart in more], "colour": INK}
    return Control(name, "date", data, form=form)


def _median(chart: Chart) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(trace for trace in chart.figure["data"] if trace.get("name") == "median")
    return found


def _then(chart: Chart, place: int) -> tuple[str, str, list[str]]:
    """What a chart says on a date, in the words of its hover: the median, half of paths and nine in ten."""
    low, lower, middle, upper, high, _ = _median(chart)["customdata"][place]
    return chart.name, chart.title, [middle, f"{lower} to {upper}", f"{low} to {high}"]
