"""A document as plain data, with the place of every key and value in the text it came from."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, singledispatch
from typing import Any, Literal, NamedTuple

from valsim.core.errors import Path, Problem

_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def lines(text: str) -> list[str]:
    """Split a text where YAML sees the end of a line."""
    return _LINE_END.split(text)


class Region(NamedTuple):
    """Characters of one source, from ``start`` up to ``end``; lines and columns count from 0."""

    source: int
    start: tuple[int, int]
    end: tuple[int, int]


class Spans(NamedTuple):
    """Where a value stands and, in a mapping, the key before it."""

    key: Region | None
    value: Region


class Placed(NamedTuple):
    """A problem and the characters to underline."""

    problem: Problem
    region: Region


@dataclass(frozen=True)
class Source:
    """A text that positions point into: the file, or one ``--set`` of the command line."""

    name: str
    text: str
    numbered: bool = True
    """Whether a person can go to a line of it."""
    shipped: bool = False
    """Whether it comes with valsim, and is no file of the person."""

    def place(self, start: tuple[int, int]) -> str:
        """Name a line and a column of it, ``deal.yaml:12:3``, where a person can go there."""
        return f"{self.name}:{start[0] + 1}:{start[1] + 1}" if self.numbered else self.name

    def line(self, number: int) -> str | None:
        """Give a line counted from 0, or nothing beyond the ends."""
        return self._lines[number] if 0 <= number < len(self._lines) else None

    @cached_property
    def _lines(self) -> list[str]:
        return lines(self.text)


@dataclass(frozen=True)
class Document:
    """A scenario before validation: plain mappings, lists, texts and numbers, and where each was written."""

    data: dict[str, Any]
    sources: tuple[Source, ...]
    spans: Mapping[Path, Spans] = field(repr=False)
    problems: tuple[Placed, ...] = ()
    """What is wrong with the text itself; the data hold what could be read beside it."""
    case: str = ""
    """The variant whose changes it holds; without a name it is the file as it is written."""
    base: Callable[[], Any] | None = field(default=None, repr=False, compare=False)
    """Gives the scenario of the file as it is written, with the same overrides, for a document that holds a variant."""

    @property
    def name(self) -> str:
        """The file name."""
        return self.sources[0].name

    @property
    def files(self) -> dict[str, str]:
        """The text of the file and of those of the person that it reads, by name."""
        return {source.name: source.text for source in self.sources if source.numbered and not source.shipped}

    def locate(self, path: Path, at: Literal["value", "key"] = "value", span: tuple[int, int] | None = None) -> Region:
        """Find what to underline for a path; what is not in the text falls back to its nearest parent.

        An inherited key falls back to the ``like`` that brought it in. ``span`` narrows a plain value down to some of its
        characters.
        """
        spans = self.spans.get(path)
        if spans is None:
            return self._parent(path)
        if at == "key" and spans.key:
            return spans.key
        return self.narrowed(spans.value, span) if span and self._is_scalar(path) else spans.value

    def place(self, problem: Problem) -> Placed:
        """Put a problem beside what to underline."""
        return Placed(problem, self.locate(problem.path, problem.at, problem.span))

    def text(self, path: Path) -> str:
        """Give a plain value as it was written: a number by its characters, a text without its quotes; else nothing."""
        if path not in self.spans or not self._is_scalar(path):
            return ""
        value = self._at(path)
        if isinstance(value, str):
            return value
        source, (line, start), (last, end) = self.spans[path].value
        return (self.sources[source].line(line) or "")[start:end] if line == last else ""

    def inherited(self, path: Path) -> Path | None:
        """Give the part of a path that an entry took over by ``like``; nothing where the entry says it itself."""
        entries = [path[:i] for i in range(len(path)) if (*path[:i], "like") in self.spans]
        taken = (path[len(entry) :] for entry in entries if path[: len(entry) + 1] not in self.spans)
        return next(taken, None)

    def _parent(self, path: Path) -> Region:
        while path:
            path = path[:-1]
            if (*path, "like") in self.spans:
                return self.spans[*path, "like"].value
            if path in self.spans and self._is_scalar(path):
                return self.spans[path].value  # a short form, such as "* 0.8" for a factor
            if path in self.spans:
                return self.spans[path].key or _first_character(self.spans[path].value)
        return Region(0, (0, 0), (0, 1))

    def _is_scalar(self, path: Path) -> bool:
        return not isinstance(self._at(path), dict | list)

    def _at(self, path: Path) -> Any:
        value: Any = self.data
        for part in path:
            value = value[part] if part in steps(value) else {}  # what was taken away still has its place
        return value

    def narrowed(self, region: Region, span: tuple[int, int]) -> Region:
        """Narrow the region of a text on one line down to some of its characters."""
        (line, first), (last_line, last) = region.start, region.end
        if line != last_line:
            return region
        raw = (self.sources[region.source].line(line) or "")[first:last]
        shift = first + (raw[:1] in {"'", '"'})
        start, end = shift + span[0], min(shift + span[1], last)
        return Region(region.source, (line, start), (line, end)) if start < end else region


def _first_character(region: Region) -> Region:
    line, column = region.start
    return Region(region.source, region.start, (line, column + 1))


@singledispatch
def steps(place: Any) -> dict[str | int, str | int]:
    """Map what a path may say at a place of the data to the key or index it means; a list item answers to its name too."""
    del place
    return {}


@steps.register
def _(place: dict) -> dict[str | int, str | int]:  # type: ignore[type-arg]
    return {key: key for key in place}


@steps.register
def _(place: list) -> dict[str | int, str | int]:  # type: ignore[type-arg]
    known: dict[str | int, str | int] = {index: index for index in range(len(place))}
    return known | {str(item["name"]): i for i, item in enumerate(place) if isinstance(item, dict) and "name" in item}
