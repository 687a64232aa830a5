"""How values are written in a workbook: formats of numbers as spreadsheets know them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from valsim.report import labels
from valsim.report.workbook.parts import Kind

LONGEST = 32_767
"""So many characters a cell holds."""
GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Text that begins with one of these would be a formula where somebody edits the cell or writes the sheet as CSV."""


def number_formats(currency: str) -> Mapping[Kind, str]:
    """Give the formats of numbers; large amounts are shown in millions and billions and are whole in the cell.

    >>> number_formats("USD")["money"]
    '[>=1000000000]"$"#,##0.00,,,"B";[>=1000000]"$"#,##0.0,,"M";"$"#,##0'
    """
    sign = '"' + labels.symbol(currency).replace('"', "") + '"'
    return {
        "date": "yyyy-mm-dd",
        "money": f'[>=1000000000]{sign}#,##0.00,,,"B";[>=1000000]{sign}#,##0.0,,"M";{sign}#,##0',
        "price": f"[<1]{sign}0.0000;{sign}#,##0.00",
        "percent": "0.0%",
        "multiple": '0.00"x"',
        "years": "0.0",
        "number": '[>=1000000000]#,##0.00,,,"B";[>=1000000]#,##0.0,,"M";General',
        "whole": "#,##0",
        "plain": "0",
        "text": "@",
    }


def day(value: Any) -> date | None:
    """Read a day as the summary writes it; nothing where it is another text, or before spreadsheets count.

    >>> day("2026-02-20"), day("2026"), day("1850-01-01")
    (datetime.date(2026, 2, 20), None, None)
    """
    try:
        found = date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return found if found.year > 1900 else None


def guarded(text: str) -> bool:
    """Say whether a text could be taken for a formula."""
    return text.startswith(GUARDED)


def cut(text: str) -> str:
    """Cut a text to what a cell holds."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
