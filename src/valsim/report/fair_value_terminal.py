"""The fair value of one cap table on a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from valsim.report.section import attribution
from valsim.report.section import fair_value as section
from valsim.report.terminal import Words, print_items
from valsim.report.waterfall_terminal import laid_out

Told = Mapping[str, Any]


def print_fair_value(told: Told, console: Console) -> None:
    """Print what each class is worth beside the headline; names are text, never markup."""
    print_items(_items(told), console)


def _items(told: Told) -> Iterator[Any]:
    yield Text(told["name"] or "Fair value", style="bold")
    yield Text(section.facts(told), style="dim")
    for warning in told["warnings"]:
        yield Words(warning, "! ", "yellow")
    yield ""
    yield Words(section.lead(told))
    for table in (section.class_table(told), *attribution.tables(told)):
        yield from ("", laid_out(table))
        yield from (Words(note, style="dim") for note in [table.note] if note)
    yield ""
    for head, text in section.remarks(told):
        yield Words(text, f"{head:9}")
