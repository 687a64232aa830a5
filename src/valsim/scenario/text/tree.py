"""A document as a tree whose every value knows where it was written. Trees are put together, never changed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from valsim.core.errors import Path
from valsim.scenario.text.document import Document, Source, Spans

TAKEN_AWAY = object()
"""The value of a key that was there and is no longer; its place stays known, so that what then misses points at it."""


class Tree(NamedTuple):
    """A value and its place; the value of a mapping or list holds trees."""

    value: Any
    spans: Spans

    @property
    def bare(self) -> Any:
        """The plain data."""
        return self.flat[0]

    @property
    def flat(self) -> tuple[Any, dict[Path, Spans]]:
        """The plain data, and the place of every key and value by path."""
        spans: dict[Path, Spans] = {}
        return _felled(self, (), spans), spans

    def at(self, path: Path) -> "Tree":
        """Give the tree at a path that exists."""
        found = self
        for part in path:
            found = found.value[part]
        return found

    def put(self, path: Path, new: "Tree") -> "Tree":
        """Give the tree with another one at a path, whose last part may be a new key."""
        if not path:
            return new
        part, *rest = path
        inner = self.value[part].put(tuple(rest), new) if rest else new
        changed = {**dict(_items(self.value)), part: inner}
        if isinstance(self.value, list):
            return self._replace(value=[item for item in changed.values() if item.value is not TAKEN_AWAY])
        return self._replace(value=changed)


def tree_of(document: Document) -> Tree:
    """Give a document as a tree."""
    return planted(document.data, document.spans)


def planted(data: Any, spans: Mapping[Path, Spans], path: Path = ()) -> Tree:
    """Give plain data as a tree, with the place of each value."""
    if not isinstance(data, dict | list):
        return Tree(data, spans[path])
    grown = {key: planted(item, spans, (*path, key)) for key, item in _items(data)}
    return Tree(grown if isinstance(data, dict) else [*grown.values()], spans[path])


def document_of(tree: Tree, sources: tuple[Source, ...], document: Document) -> Document:
    """Give a tree as a document, with the sources that its places point into and all else of another one."""
    data, spans = tree.flat
    return replace(document, data=data, sources=sources, spans=spans)


def _items(place: Any) -> Iterator[tuple[Any, Any]]:
    return iter(place.items() if isinstance(place, dict) else enumerate(place))


def _felled(tree: Tree, path: Path, spans: dict[Path, Spans]) -> Any:
    spans[path] = tree.spans
    if not isinstance(tree.value, dict | list):
        return tree.value
    felled = {key: _felled(item, (*path, key), spans) for key, item in _items(tree.value)}
    if isinstance(tree.value, list):
        return [*felled.values()]
    return {key: value for key, value in felled.items() if value is not TAKEN_AWAY}
