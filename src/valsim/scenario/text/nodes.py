"""From YAML nodes to plain data with the place of every key and value.

Every key is a text. Anchors, aliases and merge keys work, within limits that a bomb runs into.
"""

from collections.abc import Callable, Iterator
from typing import Any

import yaml

from valsim.core.errors import Path, Problem
from valsim.core.quantity import QuantityError
from valsim.scenario.text.document import Placed, Region, Spans
from valsim.scenario.text.scalar import resolve
from valsim.scenario.text.syntax import (
    CONTROL,
    DEEPEST,
    MOST_NODES,
    PLAIN,
    UnreadableError,
    region_of,
    too_deep,
    too_many,
)

_STANDARD = {"!", PLAIN, *(f"tag:yaml.org,2002:{kind}" for kind in ("str", "map", "seq"))}


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
        self._expect_visible(node, path)
        try:
            return resolve(node.value) if node.tag == PLAIN else node.value
        except QuantityError as error:
            self._complain(path, error.message, self._region(node), error.help, "number")

    def _sequence(self, node: yaml.SequenceNode, path: Path) -> list[Any]:
        return [self.build(item, (*path, index)) for index, item in enumerate(node.value)]

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        first: dict[str, yaml.Node] = {}
        pairs: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key, value in self._own(node, path):
            if key.value in first:
                self._duplicate((*path, key.value), self._region(first[key.value]), self._region(key))
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
                self._expect_visible(key, path)
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

    def _expect_visible(self, node: yaml.ScalarNode, path: Path) -> None:
        for character in CONTROL.findall(node.value)[:1]:
            message = f"a text cannot contain the control character {ord(character):#04x}"
            self._complain(path, message, self._region(node), "leave it out", "character")

    def _duplicate(self, path: Path, first: Region, second: Region) -> None:
        line, column = first.start
        message = f"duplicate key '{path[-1]}', first given on line {line + 1}, column {column + 1}"
        self.problems.append(Placed(Problem(path, message, "keep one of the two", "key", "duplicate_key"), second))

    def _complain(self, path: Path, message: str, region: Region, help: str = "", code: str = "invalid") -> None:
        self.problems.append(Placed(Problem(path, message, help, code=code), region))

    def _count(self, path: Path, region: Region) -> None:
        self._nodes += 1
        if len(path) > DEEPEST:
            raise UnreadableError(*self.problems, too_deep(path[:3], region))
        if self._nodes > MOST_NODES:
            raise UnreadableError(*self.problems, too_many(path[:3], region))

    def _region(self, node: yaml.Node) -> Region:
        return region_of(self._source, node)


def _merges(key: yaml.Node) -> bool:
    return bool(key.tag == PLAIN and key.value == "<<")
