"""The waterfall of one contract on a terminal."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from rich.console import Console
from rich.text import Text

from valsim.report import labels
from valsim.report.section import readings
from valsim.report.section import waterfall as section
from valsim.report.section.parts import Cell, Column, Table
from valsim.report.terminal import Words, grid, print_items

Told = Mapping[str, Any]
COLUMNS = 5
"""How many values of the proceeds stand side by side."""


def print_waterfall(told: Told, console: Console) -> None:
    """Print who is paid what; names are text, never markup."""
    print_items(_items(told), console)


def _items(told: Told) -> Iterator[Any]:
    yield Text(told["name"] or "Waterfall", style="bold")
    yield Text(facts(told), style="dim")
    for warning in told["warnings"]:
        yield Words(warning, "! ", "yellow")
    at_exit = (section.payout_table(told), section.per_share_table(told), section.holder_table(told))
    for table in (*at_exit, *section.later_tables(told)):
        for part in _cut(table):
            yield from ("", part)
        if table.note:
            yield Words(table.note, style="dim")
    yield ""
    yield Words(_points(told["breakpoints"], told["currency"]), "Breakpoints  ")
    if told["discontinuities"]:
        yield Words(_points(told["discontinuities"], told["currency"]), "Jumps        ")
    if said := section.conversions(told):
        yield Words(said, "Decisions    ")
    for stretch in told["next_dollar"]:
        words = f"{section.stretch_words(stretch, told['currency'])}: {section.parts_words(stretch)}"
        yield Words(words, "Next dollar  ", "dim")
    if "readings" in told:
        yield from ("", Text("Readings", style="bold"))
        yield from (each for table in readings.tables(told) for each in ("", laid_out(table)))
        yield from (Words(remark) for remark in readings.remarks(told))


def facts(told: Told) -> str:
    """What kind of exit, and when."""
    day = f", on {told['on']}" if told["on"] else ""
    return f"{section.EXITS[told['exit']]}{day}"


def _cut(table: Table) -> Iterator[Any]:
    """Lay a table out in as many parts as its columns need, the first column in each."""
    for start in range(1, len(table.columns), COLUMNS):
        kept = [0, *range(start, min(start + COLUMNS, len(table.columns)))]
        rows = tuple(tuple(row[i] for i in kept) for row in table.rows)
        yield laid_out(replace(table, columns=tuple(table.columns[i] for i in kept), rows=rows))


def laid_out(table: Table) -> Any:
    """A table of a page as one of the terminal, notes below their numbers."""
    names, numbers = ([_head(each) for each in table.columns if each.number is right] for right in (False, True))
    shown = grid(table.caption, names, numbers)
    for row in table.rows:
        shown.add_row(*(_said(cell) for cell in row))
    return shown


def _said(cell: Cell) -> str:
    number = " ".join(filter(None, (cell.text, cell.error)))
    return "\n".join(filter(None, (number, cell.note)))


def _head(column: Column) -> str:
    return "\n".join(filter(None, (column.title, column.note)))


def _points(points: list[float], currency: str) -> str:
    return labels.listed([labels.money(each, currency) for each in points]) or "none"
