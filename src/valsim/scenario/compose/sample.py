"""``{family: empirical, file: history.csv, column: growth}``: a sample read from a CSV file beside the scenario.

Any kind that says which columns it reads is filled in this way. The values take the place of the file in the document, each knowing its cell, so that a scenario travels as its document.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import Any, NamedTuple, Self

import valsim.scenario.model  # noqa: F401 - with it every family of kinds is known
from valsim.core.block import Kind, nearest_help
from valsim.core.columns import Columns
from valsim.core.errors import Path, Problem
from valsim.scenario.text.beside import ElsewhereError, beside, reason
from valsim.scenario.text.document import Document, Placed, Region, Source, Spans, lines, steps
from valsim.scenario.text.reading import read_text
from valsim.scenario.text.syntax import UnreadableError
from valsim.scenario.text.tree import Tree, document_of, tree_of

MOST_ROWS = 20_000
"""The most rows that a sample may have."""

_CELL = re.compile(r'"(?:[^"]|"")*"|[^,]*')


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
    found = [*_places_to_fill(document.data, ())]
    if not found:
        return document
    tree, shelf, problems = tree_of(document), Shelf(document.sources), list(document.problems)
    for path, columns in found:
        sample = tree.at(path)
        try:
            tree = tree.put(path, _filled(sample, columns, shelf))
        except SampleError as error:
            problem = Problem(path, error.message, error.help, code="sample")
            named = sample.value.get(error.key, sample)
            problems.append(Placed(problem, error.region or named.spans.value))
    return replace(document_of(tree, shelf.sources, document), problems=tuple(problems))


def _places_to_fill(place: Any, path: Path) -> Iterator[tuple[Path, Columns]]:
    """Find every number and every process that names a file, with what it reads from it."""
    if isinstance(place, dict) and "file" in place and (columns := _columns(place)) is not None:
        yield path, columns
    for step in dict.fromkeys(steps(place).values()):
        yield from _places_to_fill(place[step], (*path, step))


def _columns(place: Mapping[str, Any]) -> Columns | None:
    """Give what the kind that a mapping names reads from a file, or nothing."""
    named = (family.kinds.get(str(place.get(family.tag))) for family in Kind.__subclasses__())
    return next((columns for kind in named if (columns := getattr(kind, "reads_columns", None))), None)


def _filled(sample: Tree, columns: Columns, shelf: Shelf) -> Tree:
    """Give a number or a process with the cells of its columns instead of a file."""
    body: dict[str, Tree] = sample.value
    both = next((field for key, field in columns.fields.items() if field in body and field != key), None)
    if both is not None:
        raise SampleError(f"a sample is given by its {both} or by a file, not both", key=both)
    file = body["file"]
    index = shelf.table(file.value, file.spans.value.source)
    unit = body[columns.unit].value if columns.unit in body else ""
    told = {field: _cells_of(shelf.sources[index], index, body, key, unit) for key, field in columns.fields.items()}
    name = body[next(iter(columns.fields))].value
    told["sample"] = Tree(f"{name} in {FilePath(file.value).name}", file.spans)
    read = {"file", columns.unit, *columns.fields}
    kept = {key: value for key, value in body.items() if key not in read}
    return sample._replace(value=dict([*kept.items()][:1]) | told | kept)


def _cells_of(source: Source, index: int, body: Mapping[str, Tree], key: str, unit: str) -> Tree:
    """Give the cells of the column that a key names, each with its place."""
    column = Column.of(source, index, body[key].value if key in body else "", key)
    values = [Tree(f"{cell.text} {unit}".rstrip(), Spans(None, cell.region)) for cell in column.cells]
    return Tree(values, body["file"].spans)


@dataclass(frozen=True)
class Column:
    """The cells of one column of a table."""

    cells: tuple[Cell, ...]

    @classmethod
    def of(cls, source: Source, index: int, name: Any, key: str) -> Self:
        """Find a column by its name in the header, which stands at a key; raise :class:`SampleError` with the place of what is wrong."""
        header, *rows = [*_rows(source, index)] or [[]]
        names = [cell.text for cell in header]
        if names.count(name) != 1:
            raise _no_column(source, name, names, key)
        for row in rows:
            if len(row) != len(header):
                message = f"expected {_cells(len(header))} as in the header, got {len(row)}"
                raise SampleError(message, region=row[0].region)
        return cls(tuple(row[names.index(name)] for row in rows))


def _no_column(source: Source, name: Any, names: list[str], key: str) -> SampleError:
    file, known = FilePath(source.name).name, f"known are {', '.join(names)}"
    if not name:
        return SampleError(f"a sample names its column of {file} as {key}", known)
    found = f"{names.count(name)} columns are" if name in names else "no column is"
    return SampleError(f"{found} called '{name}' in {file}", nearest_help(str(name), names) or known, key)


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
