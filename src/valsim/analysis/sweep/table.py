"""A table of cases: a row a case, a column an input, each cell as ``--set`` would take it."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from valsim.core.errors import ValsimError

NAME = "case"
"""The column that names the cases, if there is one."""

OTHERS = {";": "semicolons", "\t": "tabs"}
"""What other programs put between values."""


@dataclass(frozen=True)
class Row:
    """A row of a table: what the case is called, and its values by path; an empty cell leaves what the scenario says."""

    name: str
    values: Mapping[str, str]

    @classmethod
    def of(cls, number: int, cells: Mapping[str, str | float]) -> "Row":
        """Give a row of cells by the head of their column; one without a name is counted."""
        texts = {head: str(cell).strip() for head, cell in cells.items()}
        name = texts.pop(NAME, "")
        return cls(name or f"row {number}", {path: text for path, text in texts.items() if text})


def read_table(path: Path) -> tuple[Row, ...]:
    """Read a file of values parted by commas, whose first line names the inputs.

    Raises:
        ValsimError: with the line of what is wrong.
    """
    try:
        lines = [*csv.reader(path.read_text("utf-8-sig").splitlines(), strict=True)]
    except OSError as error:
        raise ValsimError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError:
        raise ValsimError(f"{path} is no UTF-8 text: save it in the encoding UTF-8") from None
    except csv.Error as error:
        raise ValsimError(f"{path} is no table of values parted by commas: {error}") from None
    heads, *rows = [[cell.strip() for cell in line] for line in lines] or [[]]
    _expect_heads(path, heads)
    filled = [(number, row) for number, row in enumerate(rows, start=2) if any(row)]
    for number, row in filled:
        if len(row) != len(heads):
            raise ValsimError(
                f"{path}:{number} has {len(row)} values and {len(heads)} heads: quote a value that holds a comma"
            )
    if not filled:
        raise ValsimError(f"{path} has no rows: the first line names the inputs, each other line is a case")
    found = tuple(Row.of(number - 1, dict(zip(heads, row, strict=True))) for number, row in filled)
    names = Counter(row.name for row in found)
    twice = next(
        (f"{path}:{number}" for (number, _), row in zip(filled, found, strict=True) if names[row.name] > 1), ""
    )
    if twice:
        raise ValsimError(f"{twice} names a case as another line does: give each a name of its own")
    return found


def _expect_heads(path: Path, heads: Sequence[str]) -> None:
    other = next((name for mark, name in OTHERS.items() if len(heads) == 1 and mark in heads[0]), "")
    if other:
        raise ValsimError(f"{path}:1 parts its values by {other}: save it with commas between them")
    twice = [head for head, count in Counter(heads).items() if count > 1]
    if not any(head not in {"", NAME} for head in heads):
        raise ValsimError(f"{path} names no input: its first line holds paths such as company.cash")
    if "" in heads or twice:
        raise ValsimError(f"{path}:1 has {'a column without a name' if '' in heads else f'two columns {twice[0]}'}")
