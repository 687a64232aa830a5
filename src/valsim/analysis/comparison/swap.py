"""Scenarios between two others: with some inputs of the one and all else of the other."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from valsim.core.errors import Path, ScenarioError
from valsim.scenario.difference import Difference, differences
from valsim.scenario.dump import as_yaml, plain
from valsim.scenario.load import parse_document, scenario_of
from valsim.scenario.model import Scenario

UNPLAYED = frozenset({"name", "description", "sources", "simulation", "extends", "variants", "base_rates"})
"""What stands at the top of a document and moves no path."""
ASIDE = frozenset({"variants", "base_rates"})
"""What may speak of either scenario and is left out between them."""
REMARKS = frozenset({"note", "source"})
ANCHOR = ("valuation", "anchor")
"""What says where the scale of the opening multiple comes from: which scale is played is stated apart from the document."""
WHOLE = frozenset({"order", "kind"})
"""What cannot differ alone: with it all of what it stands in does."""
ABSENT = object()


@dataclass(frozen=True)
class Between:
    """Two scenarios; any part of what differs may be taken from either."""

    old: Scenario
    new: Scenario

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """What differs and may move a path, in the order of the document."""
        return tuple(each for each in differences(self.old, self.new) if _is_played(each))

    @cached_property
    def paths(self) -> tuple[Path, ...]:
        """Where it stands, each place once; an order of a list is that of the whole list, and another kind is another block."""
        found = [each.path[:-1] if each.path[-1] in WHOLE else each.path for each in self.differences]
        blocks = {each.path[:-1] for each in self.differences if each.path[-1] == "kind"}
        return tuple(dict.fromkeys(_first_within(path, blocks) for path in found if path != ANCHOR))

    @cached_property
    def _data(self) -> tuple[Any, Any]:
        return tuple(plain(each.anchored_by(None)) for each in (self.old, self.new))

    def taking(self, paths: Iterable[Path]) -> Scenario:
        """Give the old scenario with what stands at some paths taken from the new one; it knows the sources of both.

        Raises :class:`~valsim.core.errors.ScenarioError` where the two do not go together; its problems name the items of lists
        as the paths do.
        """
        data, new = self._data
        for path in paths:
            data = put(data, new, path)
        sources = {**new.get("sources", {}), **data.get("sources", {})}
        data = {key: value for key, value in data.items() if key not in ASIDE} | {"sources": sources}
        try:
            return scenario_of(parse_document(as_yaml(data), "a scenario between the two"))
        except ScenarioError as error:
            placed = (replace(each, path=by_name(data, each.path)) for each in error.problems)
            raise ScenarioError(tuple(placed), error.report) from None


def _first_within(path: Path, blocks: Collection[Path]) -> Path:
    return next((path[:depth] for depth in range(len(path)) if path[:depth] in blocks), path)


def _is_played(found: Difference) -> bool:
    return found.what != "provenance" and found.path[0] not in UNPLAYED and found.path[-1] not in REMARKS


def put(old: Any, new: Any, path: Sequence[str | int]) -> Any:
    """Give plain data with what stands at a path taken from other data; items of lists are found by their names.

    >>> put({"a": 1, "list": [{"name": "x", "b": 2}]}, {"list": [{"name": "x", "b": 3}]}, ("list", "x", "b"))
    {'a': 1, 'list': [{'name': 'x', 'b': 3}]}
    """
    if not path or type(old) is not type(new) or not isinstance(old, dict | list):
        return new
    before, after = _named(old), _named(new)
    if before is None or after is None or path[0] not in {**before, **after}:
        return new
    key, rest = path[0], path[1:]
    there, other = before.get(key, ABSENT), after.get(key, ABSENT)
    value = other if ABSENT in (there, other) else put(there, other, rest)
    merged = _with(before, after, key, value)
    return merged if isinstance(old, dict) else [*merged.values()]


def by_name(data: Any, path: Path) -> Path:
    """Give a path into plain data with the items of lists by their names, where they have any.

    >>> by_name({"list": [{"name": "x", "b": [1, 2]}]}, ("list", 0, "b", 1))
    ('list', 'x', 'b', 1)
    """
    items = _named(data) if isinstance(data, dict | list) else None
    if not path or items is None:
        return path
    name = [*items][path[0]] if isinstance(path[0], int) else path[0]
    return (name, *by_name(items.get(name), path[1:]))


def _named(data: Any) -> Mapping[Any, Any] | None:
    """Give a mapping as it is and the items of a list by their names; nothing for a list of what has none."""
    if isinstance(data, dict):
        return data
    named = {item["name"]: item for item in data if isinstance(item, dict) and "name" in item}
    return named if len(named) == len(data) else None


def _with(before: Mapping[Any, Any], after: Mapping[Any, Any], key: Any, value: Any) -> dict[Any, Any]:
    """Put one entry in or take it out; a new one goes behind those that it follows in the other data."""
    kept = {name: item for name, item in before.items() if name != key or value is not ABSENT}
    if value is ABSENT or key in before:
        return kept | ({} if value is ABSENT else {key: value})
    earlier = [*after][: [*after].index(key)]
    place = max((index for index, name in enumerate(kept, 1) if name in earlier), default=0)
    items = [*kept.items()]
    return dict([*items[:place], (key, value), *items[place:]])
