"""The workbook of a summary: its sheets in their order, and the charts of all of them on one."""

import io
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from valsim.report.files import write_whole
from valsim.report.section import choice
from valsim.report.workbook.parts import Sheet, Summary
from valsim.report.workbook.sheet import (
    assumptions,
    cap_table,
    cash,
    distributions,
    exits,
    holders,
    ownership,
    ownership_by_date,
    paths,
    payoff,
    quality,
    reasons,
    reproduce,
    sources,
    tranches,
    values,
)
from valsim.report.workbook.sheet import summary as first
from valsim.report.workbook.writing import Writer

SHEETS: tuple[Callable[[Summary], Sheet | None], ...] = (
    first.sheet,
    cap_table.sheet,
    tranches.sheet,
    reasons.sheet,
    holders.sheet,
    ownership.sheet,
    ownership_by_date.sheet,
    cash.sheet,
    distributions.sheet,
    paths.sheet,
    values.sheet,
    payoff.sheet,
    exits.sheet,
    assumptions.sheet,
    sources.sheet,
    quality.sheet,
    reproduce.sheet,
)
"""The order of the workbook, that of the page. A sheet that has nothing to say gives None and is left out."""

SETTINGS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_xlsx(summary: Summary, path: str | os.PathLike[str]) -> None:
    """Write the workbook; the file appears whole or not at all.

    Raises:
        OSError: the folder does not exist or cannot be written to.
    """
    write_whole(Path(path), render(summary))


def render(summary: Summary) -> bytes:
    """The whole workbook as the bytes of its file; the same summary gives the same bytes."""
    import xlsxwriter  # type: ignore[import-untyped]

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, SETTINGS) as book:
        book.set_properties(_properties(summary))
        writer = Writer(book, choice.currency(summary), f"{choice.company(summary)}, {summary['scenario']['as_of']}")
        sheets = [sheet for sheet in (build(summary) for build in SHEETS) if sheet]
        writer.write(sheets[0])
        charts = writer.chart_sheet() if any(sheet.charts for sheet in sheets) else None
        for sheet in sheets[1:]:
            writer.write(sheet)
        if charts is not None:
            writer.draw(charts, sheets)
    return file.getvalue()


def _properties(summary: Summary) -> dict[str, Any]:
    scenario, run = summary["scenario"], summary["run"]
    return {
        "title": scenario["name"],
        "subject": f"{choice.company(summary)} as of {scenario['as_of']}",
        "author": f"valsim {summary['valsim']}",
        "comments": f"A simulation of stated assumptions on {run['paths']:,} paths, seed {run['seed']}; not advice.",
        "created": datetime.fromisoformat(scenario["as_of"]).replace(tzinfo=UTC),
    }
