"""A sweep as a table of values parted by commas: a row a case, in the order of the grid."""

import csv
import re
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

from valsim.report.workbook.formats import guarded

QUANTITY = re.compile(r"[-+]?[\d.,_]+(e[-+]?\d+)? ?[A-Za-z%]*( ?[A-Za-z/]+)?")
"""A number with its unit, which a spreadsheet shows as it is."""
Told = Mapping[str, Any]


def csv_text(told: Told) -> str:
    """Give the whole table as text: the case and its inputs, then each measure with its errors and its difference to the base.

    Numbers stand in full; what does not exist is an empty cell. A text that a spreadsheet would take for a formula begins with an
    apostrophe, but for a plain quantity such as ``-5%``.
    """
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in (_heads(told), *(_cells(told, case) for case in told["cases"])):
        writer.writerow(map(_harmless, row))
    return text.getvalue()


def _heads(told: Told) -> list[str]:
    inputs = [each["path"] for each in told["inputs"]]
    measures = [head for each in told["measures"] for head in _of_measure(each["formula"])]
    return [
        "number",
        "case",
        "source",
        "variant",
        *inputs,
        *measures,
        "anchor_scale",
        "anchor_standard_error",
        "input_hash",
        "failed",
    ]


def _of_measure(formula: str) -> Iterator[str]:
    yield from (formula, f"{formula} standard_error", f"{formula} difference", f"{formula} difference_standard_error")


def _cells(told: Told, case: Told) -> Iterator[Any]:
    yield from (case["number"], case["name"], case["source"], case["variant"])
    yield from (case["values"].get(each["path"], "") for each in told["inputs"])
    for measure in told["measures"]:
        found = case["measures"].get(measure["formula"], {})
        for numbers in (found, found.get("difference") or {}):
            yield from (_full(numbers.get(name)) for name in ("mean", "standard_error"))
    yield from (_full(case["anchor_scale"]), _full(case["anchor_standard_error"]), case["input_hash"], case["failed"])


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and guarded(cell) and not QUANTITY.fullmatch(cell) else cell


def _full(number: float | None) -> str:
    return "" if number is None else repr(number)
