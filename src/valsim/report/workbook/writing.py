"""Sheets into a spreadsheet file: cells, widths, filters, print set-up and charts."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from valsim.report.figures.style import BLUE, INK, LINE, MUTED, PAPER
from valsim.report.workbook.formats import cut, day, guarded, number_formats
from valsim.report.workbook.parts import Chart, Column, Sheet, Shown

CHARTS = "Charts"
WIDE, HIGH, ROWS_A_CHART, COLUMNS_A_CHART, COLUMNS_OF_TITLE = 760, 400, 24, 13, 9
NARROWEST, WIDEST, NUMBER = 10, 60, 16
LINE_HEIGHT = 15
A4, A_PAGE = 9, 180
"""The size of paper, and how many characters of a table are still read on one page of it."""
SCALE = 46
"""Percent of its size at which two charts side by side fit on a page, and two below each other."""
FOOTER = 200
"""So many characters of a footer are ours; a spreadsheet takes 255."""


class Writer:
    """Writes sheets to a workbook, each style made once."""

    def __init__(self, book: Any, currency: str, footer: str) -> None:
        self._book, self._formats, self._footer = book, number_formats(currency), footer
        self._styles: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._heads: dict[str, int] = {}

    def style(self, **look: Any) -> Any:
        """A style of cells."""
        key = tuple(sorted(look.items()))
        if key not in self._styles:
            self._styles[key] = self._book.add_format({"valign": "top", **look})
        return self._styles[key]

    def write(self, sheet: Sheet) -> None:
        """Write a sheet: title, sentences, the measure of each column, headings, rows."""
        page, head = self._book.add_worksheet(sheet.name), len(sheet.lead) + 3
        self._heads[sheet.name] = head
        self._title(page, sheet.title, sheet.lead)
        widths = [width(column, [row[index] for row in sheet.rows]) for index, column in enumerate(sheet.columns)]
        tallest = max(
            math.ceil(len(column.title) / (wide - 3)) for column, wide in zip(sheet.columns, widths, strict=True)
        )
        heading = {"bold": True, "font_color": PAPER, "bg_color": BLUE, "text_wrap": True, "align": "left", "indent": 1}
        for index, column in enumerate(sheet.columns):
            if column.measure:
                self._text(page, head - 1, index, column.measure, italic=True, font_color=MUTED)
            self._text(page, head, index, column.title, **heading)
            page.set_column(index, index, widths[index])
        for down, row in enumerate(sheet.rows, head + 1):
            for index, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
                self._cell(page, down, index, value if isinstance(value, Shown) else Shown(value, column.kind))
        page.freeze_panes(head + 1, 1)
        page.set_row(head, LINE_HEIGHT * tallest)
        page.autofilter(head, 0, head + max(len(sheet.rows), 1), len(sheet.columns) - 1)
        page.repeat_rows(head)
        page.repeat_columns(0)
        self._printed(page, max(1, round(sum(widths) / A_PAGE)))

    def _title(self, page: Any, title: str, lead: Sequence[str]) -> None:
        self._text(page, 0, 0, title, bold=True, font_size=14, font_color=INK)
        for down, text in enumerate(lead, 1):
            self._text(page, down, 0, text, font_color=MUTED)

    def _text(self, page: Any, down: int, across: int, text: str, **look: Any) -> None:
        """Write what is text and stays text, also where somebody edits the cell."""
        guard = {"quote_prefix": True} if guarded(text) else {}
        page.write_string(down, across, cut(text), self.style(**look, **guard))

    def _printed(self, page: Any, pages: int = 1) -> None:
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(pages, 0)
        page.set_footer(f"&L{self._footer[:FOOTER].replace('&', '&&')}&R&P / &N")

    def _cell(self, page: Any, down: int, across: int, shown: Shown) -> None:
        value, kind = shown
        look = {"num_format": self._formats[kind], "border": 4, "border_color": LINE}
        date = day(value) if kind == "date" else None
        if date is not None:
            page.write_datetime(down, across, date, self.style(**look))
        elif isinstance(value, str):
            self._text(page, down, across, value, **look, text_wrap=True, align="left", indent=1)
        elif value is None or not math.isfinite(value):
            page.write_blank(down, across, None, self.style(**look))
        else:
            page.write_number(down, across, value, self.style(**look))

    def chart_sheet(self) -> Any:
        """Begin the sheet of all charts, here in their order."""
        page = self._book.add_worksheet(CHARTS)
        page.hide_gridlines(2)
        return page

    def draw(self, page: Any, sheets: Sequence[Sheet]) -> None:
        """Put the charts of all sheets on one, two side by side; what each shows in words is its alternative text."""
        self._title(page, CHARTS, ["The numbers of each chart stand on the sheet that it names."])
        self._printed(page)
        page.set_print_scale(SCALE)
        drawn = [(sheet, chart) for sheet in sheets for chart in sheet.charts]
        for index, (sheet, chart) in enumerate(drawn):
            down, across = 3 + index // 2 * ROWS_A_CHART, index % 2 * COLUMNS_A_CHART
            self._text(page, down, across, chart.title, bold=True, font_color=INK)
            self._text(page, down, across + COLUMNS_OF_TITLE, f"numbers: {sheet.name}", font_color=MUTED)
            about = {"description": f"{chart.title}. {chart.finding}", "object_position": 3}
            built = self._chart(sheet, chart)
            # By its cell, for a title that is given as text may be read as a reference.
            built.set_title({"name": [CHARTS, down, across], "name_font": {"color": INK, "size": 12}})
            page.insert_chart(down + 1, across, built, about)
        page.set_h_pagebreaks(range(3 + 2 * ROWS_A_CHART, 3 + (len(drawn) + 1) // 2 * ROWS_A_CHART, 2 * ROWS_A_CHART))

    def _chart(self, sheet: Sheet, chart: Chart) -> Any:
        drawn = self._book.add_chart(KINDS[chart.shape])
        titles = [column.title for column in sheet.columns]
        head = self._heads[sheet.name]
        rows = head + 1 + chart.first, head + len(sheet.rows) if chart.last is None else head + 1 + chart.last
        across = titles.index(chart.across)
        for line in chart.lines:
            column = titles.index(line.column)
            drawn.add_series(
                {
                    "name": [sheet.name, head, column],
                    "categories": [sheet.name, rows[0], across, rows[1], across],
                    "values": [sheet.name, rows[0], column, rows[1], column],
                    **look(chart, line.color, "dash" if line.dashed else "solid"),
                }
            )
        self._axes(drawn, chart)
        return drawn

    def _axes(self, drawn: Any, chart: Chart) -> None:
        text = {"color": MUTED, "size": 9}
        along = {"name": chart.x_title, "num_format": self._formats[chart.x_kind], **AXES[chart.shape]}
        up = {"name": chart.y_title, "num_format": self._formats[chart.y_kind], **GRID, **BOUNDS.get(chart.shape, {})}
        if chart.shape in BARS:  # their names stand on the left, and what they count runs along the bottom
            along, up = {**up, "label_position": "next_to"}, along
        drawn.set_x_axis({"name_font": text, "num_font": text, **along})
        drawn.set_y_axis({"name_font": text, "num_font": text, **up})
        drawn.set_legend({"position": "bottom", "font": text} if len(chart.lines) > 1 else {"none": True})
        drawn.set_size({"width": WIDE, "height": HIGH})


KINDS: Mapping[str, Mapping[str, str]] = {
    "areas": {"type": "area", "subtype": "stacked"},
    "bars": {"type": "bar"},
    "columns": {"type": "column"},
    "stacked": {"type": "bar", "subtype": "stacked"},
    "line": {"type": "line"},
    "scatter": {"type": "scatter", "subtype": "straight"},
}
GAPS: Mapping[str, int] = {"areas": 0, "bars": 60, "stacked": 60, "columns": 10}
"""What is filled, and how far apart it stands in percent of its width."""
BARS = frozenset({"bars", "stacked"})
DOWNWARDS = {"reverse": True, "crossing": "max", "major_gridlines": {"visible": False}}
BY_YEAR = {"date_axis": True, "major_unit": 1, "major_unit_type": "years", "num_format": "yyyy"}
AXES: Mapping[str, Mapping[str, Any]] = {
    "bars": DOWNWARDS,
    "stacked": DOWNWARDS,
    "columns": {},
    "areas": BY_YEAR,
    "line": BY_YEAR,
    "scatter": {"min": 0},
}
BOUNDS: Mapping[str, Mapping[str, Any]] = {"areas": {"max": 1.0}, "stacked": {"max": 1.0}}
"""What is stacked are parts of a whole."""
GRID = {"major_gridlines": {"visible": True, "line": {"color": LINE}}, "label_position": "low"}


def look(chart: Chart, color: str, dash: str) -> dict[str, Any]:
    """How a line or a bar is drawn."""
    if chart.shape in GAPS:
        return {"fill": {"color": color}, "gap": GAPS[chart.shape]}
    return {"line": {"color": color, "width": 2, "dash_type": dash}, "marker": {"type": "none"}}


def width(column: Column, values: Sequence[Any]) -> float:
    """How wide a column is: as its longest text, within bounds; a number needs no more than its format."""
    texts = [max(map(len, value.splitlines()), default=0) for value in values if isinstance(value, str)]
    if column.kind not in {"text", "date"}:
        return NUMBER
    return min(max(NARROWEST, len(column.title), *texts, 0) + 2, WIDEST)
