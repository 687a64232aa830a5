"""From YAML text to plain data: PyYAML's parser, with scalar rules that are safe for finance.

The rules are those of the YAML 1.2 core schema. ``1e9`` is a number, ``010`` is ten, ``no`` and ``2026-02-20`` are texts, every
key is a text, and an infinity is refused. Anchors, aliases and merge keys work, within limits that a bomb runs into.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from valsim.core.errors import Path, Problem
from valsim.core.quantity import QuantityError
from valsim.scenario.document import Placed, Region, Spans, lines

DEEPEST = 64
MOST_NODES = 200_000

_PLAIN = "plain"
_STANDARD = {"!", _PLAIN, *(f"tag:yaml.org,2002:{kind}" for kind in ("str", "map", "seq"))}
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {
    form: value for word, value in (("true", True), ("false", False)) for form in (word, word.title(), word.upper())
}
_INTEGER = re.compile(r"[-+]?(?:\d{1,3}(?:_\d{3})+|\d+)", re.ASCII)
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(?:\.\d+|(?:\d{1,3}(?:_\d{3})+|\d+)(?:\.\d*)?)(?:[eE][-+]?\d+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


class UnreadableError(Exception):
    """The text cannot be turned into data; ``placed`` holds every problem found so far."""

    def __init__(self, *placed: Placed) -> None:
        self.placed = placed
        super().__init__(placed[0].problem.message)


class _Loader(yaml.CSafeLoader):
    """Marks every scalar without quotes, and decides nothing about it."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (PyYAML's own way)


_Loader.add_implicit_resolver(_PLAIN, re.compile(r"", re.DOTALL), None)


def compose(text: str, source: int) -> yaml.Node | None:
    """Parse a text into nodes; raise :class:`UnreadableError` for what is not YAML or too large."""
    try:
        _limit(text, source)
        node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise UnreadableError(_syntax_problem(error, text, source)) from None
    except yaml.reader.ReaderError as error:
        raise UnreadableError(_bad_character(error, text, source)) from None
    return node


def _limit(text: str, source: int) -> None:
    # The composer recurses in C, so depth is measured on the flat stream of events before.
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_Loader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise UnreadableError(_too_deep((), _region(source, event)))
        if count > 2 * MOST_NODES:
            raise UnreadableError(_too_many((), _region(source, event)))


def resolve(text: str) -> Any:
    """Give what a scalar without quotes means: a number, a truth, nothing or the text itself.

    >>> resolve("1e9"), resolve("010"), resolve("no"), resolve("2026-02-20")
    (1000000000.0, 10, 'no', '2026-02-20')

    Raises :class:`QuantityError` for an infinity, a NaN or a number out of range.
    """
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) <= 300 else _out_of_range(text)
    if _OTHER_BASE.fullmatch(text):
        return int(text, 0) if len(text) <= 200 else _out_of_range(text)
    if _FLOAT.fullmatch(text):
        return _finite(text)
    if _NOT_FINITE.fullmatch(text):
        raise QuantityError(f"expected a finite number, got '{text}'")
    return text


def _finite(text: str) -> float:
    number = float(text)
    digits = re.split("[eE]", text, maxsplit=1)[0]
    if number in {float("inf"), float("-inf")} or (not number and re.search("[1-9]", digits)):
        return _out_of_range(text)
    return number


def _out_of_range(text: str) -> float:
    shown = text if len(text) <= 40 else text[:39] + "…"
    raise QuantityError(f"expected a number between 1e-308 and 1e308, got '{shown}'")


class Builder:
    """Turns the nodes of one source into data, and notes spans and problems on the way."""

    def __init__(self, source: int) -> None:
        self.spans: dict[Path, Spans] = {}
        self.problems: list[Placed] = []
        self._source, self._nodes = source, 0
        self._open: set[int] = set()
        self._kinds: dict[type[Any], Callable[[Any, Path], Any]] = {
            yaml.ScalarNode: self._scalar,
            yaml.SequenceNode: self._sequence,
            yaml.MappingNode: self._mapping,
        }

    def build(self, node: yaml.Node, path: Path = (), key: yaml.Node | None = None) -> Any:
        """Give the data of a node, with every alias expanded into a copy of its own."""
        region = self._region(node)
        self._count(path, region)
        if id(node) in self._open:
            raise UnreadableError(Placed(Problem(path, "an alias contains itself", code="alias"), region))
        self.spans[path] = Spans(self._region(key) if key else None, region)
        if node.tag not in _STANDARD:
            tag = node.tag.replace("tag:yaml.org,2002:", "!!")
            self._complain(path, f"expected no tag, got '{tag}'", region, "write the value itself", "tag")
        self._open.add(id(node))
        value = self._kinds[type(node)](node, path)
        self._open.discard(id(node))
        return value

    def _scalar(self, node: yaml.ScalarNode, path: Path) -> Any:
        try:
            return resolve(node.value) if node.tag == _PLAIN else node.value
        except QuantityError as error:
            self._complain(path, error.message, self._region(node), error.help, "number")

    def _sequence(self, node: yaml.SequenceNode, path: Path) -> list[Any]:
        return [self.build(item, (*path, index)) for index, item in enumerate(node.value)]

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        first: dict[str, yaml.Node] = {}
        pairs: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key, value in self._own(node, path):
            if key.value in first:
                self._duplicate((*path, key.value), first[key.value], key)
            first.setdefault(key.value, key)
            pairs.setdefault(key.value, (key, value))
        for key, value in self._merged(node, path):
            pairs.setdefault(key.value, (key, value))
        return {name: self.build(value, (*path, name), key) for name, (key, value) in pairs.items()}

    def _own(self, node: yaml.MappingNode, path: Path) -> Iterator[tuple[yaml.Node, yaml.Node]]:
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._complain(path, "expected a word as a key, got a list or mapping", self._region(key), code="key")
            elif not _merges(key):
                yield key, value

    def _merged(self, node: yaml.MappingNode, path: Path) -> Iterator[tuple[yaml.Node, yaml.Node]]:
        """List the pairs that ``<<`` brings in; earlier ones win."""
        for key, value in node.value:
            if _merges(key):
                for parent in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                    yield from self._inherited(parent, path)

    def _inherited(self, parent: yaml.Node, path: Path) -> Iterator[tuple[yaml.Node, yaml.Node]]:
        region = self._region(parent)
        if not isinstance(parent, yaml.MappingNode):
            self._complain(
                path, "expected a mapping behind <<", region, "write <<: *name of an anchored mapping", "merge"
            )
            return
        if id(parent) in self._open:
            raise UnreadableError(Placed(Problem(path, "an alias contains itself", code="alias"), region))
        self._open.add(id(parent))
        for pair in (*self._own(parent, path), *self._merged(parent, path)):
            self._count(path, region)
            yield pair
        self._open.discard(id(parent))

    def _duplicate(self, path: Path, first: yaml.Node, second: yaml.Node) -> None:
        for message, node in ((f"duplicate key '{path[-1]}'", second), ("first defined here", first)):
            problem = Problem(path, message, at="key", code="duplicate_key")
            self.problems.append(Placed(problem, self._region(node)))

    def _complain(self, path: Path, message: str, region: Region, help: str = "", code: str = "invalid") -> None:
        self.problems.append(Placed(Problem(path, message, help, code=code), region))

    def _count(self, path: Path, region: Region) -> None:
        self._nodes += 1
        if len(path) > DEEPEST:
            raise UnreadableError(*self.problems, _too_deep(path[:3], region))
        if self._nodes > MOST_NODES:
            raise UnreadableError(*self.problems, _too_many(path[:3], region))

    def _region(self, node: yaml.Node) -> Region:
        return _region(self._source, node)


def _merges(key: yaml.Node) -> bool:
    return bool(key.tag == _PLAIN and key.value == "<<")


def _region(source: int, marked: Any) -> Region:
    start, end = marked.start_mark, marked.end_mark
    return Region(source, (start.line, start.column), (end.line, end.column))


def _too_deep(path: Path, region: Region) -> Placed:
    return Placed(Problem(path, f"expected at most {DEEPEST} levels of nesting", code="too_deep"), region)


def _too_many(path: Path, region: Region) -> Placed:
    message = f"expected at most {MOST_NODES:,} values, aliases written out"
    return Placed(Problem(path, message, "anchors that repeat each other grow fast", code="too_large"), region)


_PLAINER = {
    "mapping values are not allowed in this context": (
        "a key and its value do not fit here",
        "quote a text that contains ': ', and check the indentation",
    ),
    "found undefined alias": ("this alias names no anchor", "define it before, as &name"),
    "second occurrence": ("an anchor of this name exists already", "give each anchor its own name"),
    "but found another document": ("a scenario is one document", "remove the line ---"),
    "found unexpected end of stream": ("a quote is never closed", ""),
}


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, source: int) -> Placed:
    mark = error.problem_mark or error.context_mark
    line, column = _inside(text, mark.line, mark.column) if mark else (0, 0)
    message, advice = _plainer(error, lines(text)[line][column : column + 1])
    return Placed(Problem((), message, advice, code="syntax"), Region(source, (line, column), (line, column + 1)))


def _inside(text: str, line: int, column: int) -> tuple[int, int]:
    """Move a place behind the end of the text back to its last line with words."""
    written = lines(text.rstrip())
    return (line, column) if line < len(written) else (len(written) - 1, len(written[-1]))


def _plainer(error: yaml.MarkedYAMLError, character: str) -> tuple[str, str]:
    if error.problem == "found character that cannot start any token":
        if character == "\t":
            return "a tab cannot indent", "indent with blanks"
        return f"a text cannot start with '{character}'", "put the text in quotes"
    since = f" {error.context} in line {error.context_mark.line + 1}" if error.context and error.context_mark else ""
    return _PLAINER.get(str(error.problem), (f"not valid YAML: {error.problem}{since}", ""))


def _bad_character(error: yaml.reader.ReaderError, text: str, source: int) -> Placed:
    before = lines(text[: error.position])
    line, column = len(before) - 1, len(before[-1])
    message = (
        f"a text file cannot contain the control character {ord(text[error.position : error.position + 1] or ' '):#04x}"
    )
    return Placed(Problem((), message, code="syntax"), Region(source, (line, column), (line, column + 1)))
