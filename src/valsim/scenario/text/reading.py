"""One file: from bytes to plain data with positions, within limits."""

from pathlib import Path as FilePath

from valsim.core.errors import Problem
from valsim.scenario.text.document import Document, Placed, Region, Source, lines
from valsim.scenario.text.nodes import Builder
from valsim.scenario.text.syntax import UnreadableError, compose

LARGEST = 4_000_000
"""The most bytes a scenario file may have."""


def read_text(file: FilePath, name: str, index: int) -> Source:
    """Read a file as a source; its places will say that it is the one with this index.

    Raises :class:`OSError` where it cannot be read, :class:`UnreadableError` where it is too large or not UTF-8.
    """
    with file.open("rb") as opened:
        raw = opened.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise UnreadableError(_too_large(index), sources=(Source(name, ""),))
    try:
        return Source(name, raw.decode("utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        before = lines(raw[: error.start].decode("utf-8"))
        line, column = len(before) - 1, len(before[-1])
        placed = Placed(
            Problem((), "expected UTF-8 text", "save the file in the encoding UTF-8", code="encoding"),
            Region(index, (line, column), (line, column + 1)),
        )
        raise UnreadableError(placed, sources=(Source(name, raw.decode("utf-8", errors="replace")),)) from None


def parsed(source: Source, index: int) -> Document:
    """Give the data of a source, whose places say that it is the one with this index.

    Raises :class:`UnreadableError` where it is no mapping in YAML.
    """
    try:
        return _read(source, index)
    except UnreadableError as error:
        raise UnreadableError(*error.placed, sources=(source,)) from None


def _read(source: Source, index: int) -> Document:
    if len(source.text.encode(errors="replace")) > LARGEST:
        raise UnreadableError(_too_large(index))
    node, builder = compose(source.text, index), Builder(index)
    data = builder.build(node) if node else None
    if not isinstance(data, dict):
        raise UnreadableError(*builder.problems, _no_mapping(data, index))
    return Document(data, (source,), builder.spans, tuple(builder.problems))


def first_character(index: int) -> Region:
    """Give the region of the first character of a source."""
    return Region(index, (0, 0), (0, 1))


def _too_large(index: int) -> Placed:
    return Placed(Problem((), f"expected at most {LARGEST:,} bytes", code="too_large"), first_character(index))


def _no_mapping(data: object, index: int) -> Placed:
    message = "the file is empty" if data is None else "expected a mapping of keys such as name and as_of"
    return Placed(Problem((), message, code="empty" if data is None else "shape"), first_character(index))
