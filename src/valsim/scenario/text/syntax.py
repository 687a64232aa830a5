"""From text to YAML nodes: PyYAML's parser behind limits."""

import re
from typing import Any

import yaml

from valsim.core.errors import Path, Problem
from valsim.scenario.text.document import Placed, Region, Source, lines
from valsim.scenario.text.syntax_problem import syntax_problem

DEEPEST = 64
MOST_NODES = 200_000

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What would command a terminal or turn what stands around it, where a name is shown."""

PLAIN = "plain"
"""The tag of a scalar without quotes and without a tag of its own."""


class UnreadableError(Exception):
    """A text cannot be turned into data; ``placed`` holds every problem found so far, ``sources`` the texts it points into."""

    def __init__(self, *placed: Placed, sources: tuple[Source, ...] = ()) -> None:
        self.placed, self.sources = placed, sources
        super().__init__(placed[0].problem.message)


class _Loader(yaml.CSafeLoader):
    """Marks every scalar without quotes, and decides nothing about it."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (PyYAML's own way)


_Loader.add_implicit_resolver(PLAIN, re.compile(r"", re.DOTALL), None)


def compose(text: str, source: int) -> yaml.Node | None:
    """Parse a text into nodes; raise :class:`UnreadableError` for what is not YAML or too large."""
    try:
        _limit(text, source)
        node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise UnreadableError(syntax_problem(error, text, source)) from None
    except yaml.reader.ReaderError as error:
        raise UnreadableError(_bad_character(error.position, text, source)) from None
    except UnicodeEncodeError as error:
        raise UnreadableError(_bad_character(error.start, text, source)) from None
    return node


def _limit(text: str, source: int) -> None:
    # The composer recurses in C, so depth is measured on the flat stream of events before.
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_Loader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise UnreadableError(too_deep((), region_of(source, event)))
        if count > 2 * MOST_NODES:
            raise UnreadableError(too_many((), region_of(source, event)))


def region_of(source: int, marked: Any) -> Region:
    """Give the region of a node or an event."""
    start, end = marked.start_mark, marked.end_mark
    return Region(source, (start.line, start.column), (end.line, end.column))


def too_deep(path: Path, region: Region) -> Placed:
    """Say that lists and mappings are nested too deep."""
    message = f"expected at most {DEEPEST} levels of nesting"
    return Placed(Problem(path, message, "is there a bracket that never closes?", code="too_deep"), region)


def too_many(path: Path, region: Region) -> Placed:
    """Say that there are too many values."""
    message = f"expected at most {MOST_NODES:,} values, aliases written out"
    return Placed(Problem(path, message, "anchors that repeat each other grow fast", code="too_large"), region)


def _bad_character(position: int, text: str, source: int) -> Placed:
    before = lines(text[:position])
    line, column = len(before) - 1, len(before[-1])
    message = f"a text file cannot contain the control character {ord(text[position : position + 1] or ' '):#04x}"
    return Placed(Problem((), message, code="syntax"), Region(source, (line, column), (line, column + 1)))
