"""``like: series_b``: take over the keys of another entry, one's own keys winning."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from valsim.core.block import nearest_help
from valsim.core.errors import Path, Problem, ScenarioError
from valsim.scenario.report_problems import scenario_error
from valsim.scenario.text.document import Document, steps

AMOUNTS = frozenset(
    {
        "issued", "shares", "new_money", "post_money_valuation", "original_issue_price", "conversion_price", "source", "note",
    }
)  # fmt: skip
"""What a class never hands on: how much of it was sold, at which price, and who says so.

Two classes share the terms of a charter. The amounts belong to one sale; taken over, they would count its money twice or
give a new share the preference of an old price.
"""
IN_DIVIDENDS = frozenset({"accrues_from", "accrued", "declared_unpaid"})
"""What a dividend of a class never hands on: what its own shares are owed already, and since when."""

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Pool:
    """Entries that may be taken over, by name, and the keys that stay with their owner."""

    entries: Mapping[str, Any]
    path: Path
    kept: frozenset[str] = _NOTHING
    problems: dict[Path, Problem] = field(default_factory=dict)

    def expand(self, entry: Any, path: Path, seen: tuple[str, ...] = ()) -> Any:
        """Give an entry with the keys that its ``like`` brings in."""
        if not isinstance(entry, dict) or "like" not in entry:
            return entry
        own = {key: value for key, value in entry.items() if key != "like"}
        name = entry["like"]
        if not self._follows(name, path, seen):
            return own
        parent = self.expand(self.entries[name], (*self.path, name), (*seen, name))
        return (_handed_on(parent, self.kept) if isinstance(parent, dict) else {}) | own

    def _follows(self, name: Any, path: Path, seen: tuple[str, ...]) -> bool:
        place = (*path, "like")
        if not isinstance(name, str) or name not in self.entries:
            known = f"known are {', '.join(self.entries)}" if self.entries else ""
            message = (
                f"expected the name of another entry, got {name!r}"
                if not isinstance(name, str)
                else f"there is no '{name}'"
            )
            self.problems[place] = Problem(place, message, nearest_help(str(name), self.entries) or known, code="like")
        elif name in seen:
            circle = " is like ".join((*seen, name))
            self.problems[place] = Problem(place, f"expected an end, got a circle: {circle}", code="like")
        return place not in self.problems


def _handed_on(parent: dict[str, Any], kept: frozenset[str]) -> dict[str, Any]:
    owed = IN_DIVIDENDS if kept else _NOTHING
    return {key: _without(value, owed) for key, value in parent.items() if key not in kept}


def _without(value: Any, keys: frozenset[str]) -> Any:
    return {key: item for key, item in value.items() if key not in keys} if isinstance(value, dict) and keys else value


def inherit(document: Document) -> Document:
    """Give the document with every ``like`` followed; raise :class:`ScenarioError` with places."""
    try:
        return replace(document, data=expand_like(document.data))
    except ScenarioError as error:
        raise scenario_error(error.problems, document) from None


def inherit_terms(document: Document, classes: Mapping[str, Any]) -> Document:
    """Give the document of a round alone, whose series may be like a class of a cap table; raise :class:`ScenarioError`."""
    pool = _Pool(classes, ("classes",), AMOUNTS)
    data = document.data
    if "series" in data:
        data = data | {"series": pool.expand(data["series"], ("series",))}
    if pool.problems:
        raise scenario_error(tuple(pool.problems.values()), document)
    return replace(document, data=data)


def expand_like(data: dict[str, Any]) -> dict[str, Any]:
    """Follow ``like`` in classes (of a scenario, or of a cap table alone), drivers, risks, exits and the series of rounds; the given data stay as they are.

    >>> expand_like({"drivers": {"a": {"kind": "constant", "value": 1}, "b": {"like": "a", "value": 2}}})["drivers"]["b"]
    {'kind': 'constant', 'value': 2}

    Raises :class:`ScenarioError` for unknown names and circles.
    """
    problems: dict[Path, Problem] = {}
    classes, alone = _entries(data, ("captable", "classes"), AMOUNTS), _entries(data, ("classes",), AMOUNTS)
    expanded: dict[str, Any] = data
    for house in (classes, alone, *(_entries(data, (name,)) for name in ("drivers", "risks", "exits"))):
        expanded = _at(expanded, house.path, partial(_expanded, house))
        problems |= house.problems
    expanded = _at(expanded, ("rounds",), partial(_rounds, classes))
    problems |= classes.problems
    if problems:
        raise ScenarioError(tuple(problems.values()))
    return expanded


def _entries(data: Any, path: Path, kept: frozenset[str] = _NOTHING) -> _Pool:
    content = data
    for key in path:
        content = content.get(key) if isinstance(content, dict) else None
    named = {name: content[step] for name, step in steps(content).items() if isinstance(name, str)}
    return _Pool(named, path, kept)


def _expanded(house: _Pool, content: Any) -> Any:
    names = {step: str(name) for name, step in steps(content).items()}
    new = {step: house.expand(content[step], (*house.path, step), (name,)) for step, name in names.items()}
    return [*new.values()] if isinstance(content, list) else new


def _rounds(classes: _Pool, rounds: Any) -> Any:
    return [_round(classes, item, index) for index, item in enumerate(rounds)] if isinstance(rounds, list) else rounds


def _round(classes: _Pool, item: Any, index: int) -> Any:
    if not isinstance(item, dict) or "series" not in item:
        return item
    return item | {"series": classes.expand(item["series"], ("rounds", index, "series"))}


def _at(data: Any, path: Path, change: Callable[[Any], Any]) -> Any:
    """Give a copy of the data with the mapping or list at ``path`` changed, if there is one."""
    if not path:
        return change(data) if isinstance(data, dict | list) else data
    if not isinstance(data, dict) or path[0] not in data:
        return data
    return data | {str(path[0]): _at(data[path[0]], path[1:], change)}
