"""The record: the figures of the last measurements, for other programs and for a reader."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.machine import in_words
from benchmarks.table import Table

FOLDER = Path(__file__).parent
JSON, PAGE = FOLDER / "RECORD.json", FOLDER / "RECORD.md"
HEAD = """# On record

Written by `python -m benchmarks --record`; a measurement that is named alone replaces its own part. Not to be edited by hand.
"""


def write(found: Mapping[str, Any]) -> None:
    """Put measurements on record in place of earlier ones of the same names."""
    before = json.loads(JSON.read_text("utf-8")) if JSON.exists() else {}
    kept = dict(sorted({**before, **found}.items()))
    JSON.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    PAGE.write_text(page(kept), "utf-8")


def page(kept: Mapping[str, Any]) -> str:
    """Write the page: every table, under what it was measured on."""
    return "\n".join([HEAD, *(_part(name, each) for name, each in kept.items())])


def _part(name: str, found: Mapping[str, Any]) -> str:
    tables = [str(_table(each)) for each in found["tables"]]
    effort = "" if found["effort"] == "usual" else f", with `--{found['effort']}`"
    return "\n\n".join(
        [f"## {name}", f"{in_words(found['machine'])}{effort}; in {found['seconds']:,.0f} seconds.", *tables, ""]
    )


def _table(found: Mapping[str, Any]) -> Table:
    rows = found["rows"]
    columns = tuple(rows[0]) if rows else ()
    return Table(found["title"], columns, tuple(tuple(row.values()) for row in rows), tuple(found["notes"]))
