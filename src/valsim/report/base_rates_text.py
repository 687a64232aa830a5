"""The figures of a run beside usual values, on a terminal and as a table of Markdown."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from valsim.report.section.base_rates import NOTE, lead, table
from valsim.report.section.parts import Cell
from valsim.report.terminal import Words, grid, wrapped

Told = Mapping[str, Any]


def print_base_rates(summary: Told, console: Console) -> None:
    """Print the table; names are text, never markup."""
    scenario, run, told = summary["scenario"], summary["run"], summary["base_rates"]
    whole = table(told)
    laid = grid("", ["figure"], ["here", "usual"])
    for title in ("of", "verdict"):
        laid.add_column(title, no_wrap=True)
    for name, here, usual, of, grade, verdict, *_ in whole.rows:
        kind = " ".join(filter(None, (of.text, grade.text)))
        laid.add_row(name.text, "\n".join(filter(None, (here.text, here.error))), usual.text, kind, verdict.text)
    head = f"as of {scenario['as_of']}, {run['paths']:,} paths, seed {run['seed']}"
    parts = (
        Text(scenario["name"], style="bold"),
        Text(head, style="dim"),
        "",
        Words(lead(told)),
        "",
        laid,
        "",
        Words(NOTE, style="dim"),
    )
    for part in parts:
        console.print(wrapped(part, console.width) if isinstance(part, Words) else part, highlight=False, markup=False)


def as_markdown(summary: Told) -> str:
    """Write the table in Markdown, the standard errors behind the figures."""
    whole = table(summary["base_rates"])
    lines = [[column.title for column in whole.columns], ["---"] * len(whole.columns)]
    lines += [[_cell(cell) for cell in row] for row in whole.rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(cell: Cell) -> str:
    return f"{cell.text} ({cell.error})" if cell.error else cell.text
