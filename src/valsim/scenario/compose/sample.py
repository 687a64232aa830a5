"""``{family: empirical, file: history.csv, column: growth}``: a sample read from a CSV file beside the scenario.

The values take the place of the file in the document, each knowing its cell, so that a scenario travels as its document.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import Any, NamedTuple, Self

from valsim.core.block import nearest_help
from valsim.core.errors import Path, Problem
from valsim.scenario.text.beside import ElsewhereError, beside, reason
from valsim.scenario.text.document import Document, Placed, Region, Source, Spans, lines, steps
from valsim.scenario.text.reading import read_text
from valsim.scenario.text.syntax import UnreadableError
from valsim.scenario.text.tree import Tree, document_of, tree_of

MOST_ROWS = 20_000
"""The most rows that a sample may have."""

_CELL = re.compile(r'"(?:[^"]|"")*"|[^,]*')
_OF_THE_FILE = ("file", "column", "unit")


class Cell(NamedTuple):
    """A cell of a table, and where it stands."""

    text: str
    region: Region


class SampleError(Exception):
    """A sample cannot be read: what is wrong with which key of the number, or at which place of the table."""

    def __init__(self, message: str, help: str = "", key: str = "file", region: Region | None = None) -> None:
        self.message, self.help, self.key, self.region = message, help, key, region
        super().__init__(message)


@dataclass
class Shelf:
    """The documents' sources and every table that was read, each once."""

    sources: tuple[Source, ...]
    tables: dict[FilePath, int] = field(default_factory=dict)

    def table(self, given: Any, by: int) -> int:
        """Find the index of the source of the table that the source ``by`` names."""
        try:
            file = beside(given, self._namer(by), self.sources[0].name, "history.csv")
            if file not in self.tables:
                self.tables[file] = self._added(read_text(file, str(file), len(self.sources)))
        except ElsewhereError as error:
            raise SampleError(error.message, error.help) from None
        except OSError as error:
            raise SampleError(reason(given, error)) from None
        except UnreadableError as error:
            self._added(*error.sources)
            (placed,) = error.placed
            raise SampleError(placed.problem.message, region=placed.region) from None
        return self.tables[file]

    def _added(self, source: Source) -> int:
        self.sources = (*self.sources, source)
        return len(self.sources) - 1

    def _namer(self, by: int) -> str:
        return self.sources[by if self.sources[by].numbered else 0].name


def sampled(document: Document) -> Document:
    """Give the document with every sample read from its file; what is wrong with one is added to its problems."""
    found = [*_numbers(document.data, ())]
    if not found:
        return document
    tree, shelf, problems = tree_of(document), Shelf(document.sources), list(document.problems)
    for path in found:
        number = tree.at(path)
        try:
            tree = tree.put(path, _filled(number, shelf))
        except SampleError as error:
            problem = Problem(path, error.message, error.help, code="sample")
            named = number.value.get(error.key, number)
            problems.append(Placed(problem, error.region or named.spans.value))
    return replace(document_of(tree, shelf.sources, document), problems=tuple(problems))


def _numbers(place: Any, path: Path) -> Iterator[Path]:
    """Find every empirical number that names a file."""
    if isinstance(place, dict) and place.get("family") == "empirical" and "file" in place:
        yield path
    for step in dict.fromkeys(steps(place).values()):
        yield from _numbers(place[step], (*path, step))


def _filled(number: Tree, shelf: Shelf) -> Tree:
    """Give an empirical number with values instead of a file."""
    body: dict[str, Tree] = number.value
    if "values" in body:
        raise SampleError("a sample is given by its values or by a file, not both", key="values")
    file = body["file"]
    index = shelf.table(file.value, file.spans.value.source)
    name, unit = (body[key].value if key in body else "" for key in ("column", "unit"))
    column = Column.of(shelf.sources[index], index, name)
    values = [Tree(f"{cell.text} {unit}".rstrip(), Spans(None, cell.region)) for cell in column.cells]
    told = {"values": Tree(values, file.spans), "sample": Tree(f"{name} in {FilePath(file.value).name}", file.spans)}
    kept = {key: value for key, value in body.items() if key not in _OF_THE_FILE}
    return number._replace(value={"family": kept["family"], **told, **kept})


@dataclass(frozen=True)
class Column:
    """The cells of one column of a table."""

    cells: tuple[Cell, ...]

    @classmethod
    def of(cls, source: Source, index: int, name: Any) -> Self:
        """Find a column by its name in the header; raise :class:`SampleError` with the place of what is wrong."""
        header, *rows = [*_rows(source, index)] or [[]]
        names = [cell.text for cell in header]
        if names.count(name) != 1:
            raise _no_column(source, name, names)
        for row in rows:
            if len(row) != len(header):
                message = f"expected {_cells(len(header))} as in the header, got {len(row)}"
                raise SampleError(message, region=row[0].region)
        return cls(tuple(row[names.index(name)] for row in rows))


def _no_column(source: Source, name: Any, names: list[str]) -> SampleError:
    file, known = FilePath(source.name).name, f"known are {', '.join(names)}"
    if not name:
        return SampleError(f"a sample names its column of {file}", known)
    found = f"{names.count(name)} columns are" if name in names else "no column is"
    return SampleError(f"{found} called '{name}' in {file}", nearest_help(str(name), names) or known, "column")


def _cells(count: int) -> str:
    return f"{count} cell{'' if count == 1 else 's'}"


def _rows(source: Source, index: int) -> Iterator[list[Cell]]:
    """Read the rows of a table, empty lines left out."""
    written = lines(source.text)
    reader, start, count = csv.reader(written, strict=True), 0, 0
    try:
        for texts in reader:
            line = start
            start, count = reader.line_num, count + bool(texts)
            if count > MOST_ROWS + 1:
                raise SampleError(f"expected at most {MOST_ROWS:,} rows", region=_at(index, line, (0, 1)))
            if texts:
                yield [
                    Cell(text.strip(), where) for text, where in zip(texts, _places(written, index, line), strict=False)
                ]
    except csv.Error as error:
        message = f"not a table of cells parted by commas: {error}"
        raise SampleError(message, region=_at(index, start, (0, 1))) from None


def _places(written: list[str], index: int, line: int) -> Iterator[Region]:
    """Give the place of each cell that starts in a line, and then for ever its end."""
    text, column = written[line], 0
    while True:
        end = found.end() if (found := _CELL.match(text, column)) else column
        yield _at(index, line, (column, max(end, column + 1)))
        column = min(end + 1, len(text))


def _at(index: int, line: int, columns: tuple[int, int]) -> Region:
    start, end = columns
    return Region(index, (line, start), (line, end))
