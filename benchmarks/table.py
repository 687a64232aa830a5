"""Tables of figures: what every measurement gives, printed for a terminal and a page alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Cell: TypeAlias = str | int | float | None
"""A word, a count, a figure, or nothing where there is none."""


@dataclass(frozen=True)
class Table:
    """Figures under headings that say their units, and what has to be said about them."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Give the table for a file: one mapping a row, from heading to figure."""
        rows = [dict(zip(self.columns, row, strict=True)) for row in self.rows]
        return {"title": self.title, "rows": rows, "notes": list(self.notes)}

    def __str__(self) -> str:
        """Write it in Markdown, its columns aligned."""
        written = [self.columns, *([shown(cell) for cell in row] for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*written, strict=True)]
        numbers = [all(not isinstance(row[i], str) for row in self.rows) for i in range(len(widths))]
        rule = ["-" * (width - 1) + (":" if number else "-") for width, number in zip(widths, numbers, strict=True)]
        lines = [_line(written[0], widths, numbers), f"| {' | '.join(rule)} |"]
        lines += [_line(row, widths, numbers) for row in written[1:]]
        return "\n".join([f"{self.title}:", "", *lines, *(f"\n{note}" for note in self.notes)])


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], *notes: str) -> Table:
    """Make a table of rows as they come."""
    return Table(title, tuple(columns), tuple(tuple(row) for row in rows), notes)


def shown(cell: Cell) -> str:
    """Write a cell: figures to three digits, counts in full.

    >>> [shown(cell) for cell in (0.012345, 123.4, 5, 1_000_000, "block", None)]
    ['0.0123', '123', '5', '1,000,000', 'block', '']
    """
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.3g}"
    return cell if isinstance(cell, str) else f"{cell:,}"


def _line(cells: Sequence[str], widths: Sequence[int], numbers: Sequence[bool]) -> str:
    padded = (cell.rjust(w) if n else cell.ljust(w) for cell, w, n in zip(cells, widths, numbers, strict=True))
    return f"| {' | '.join(padded)} |"
