"""One document over another: mappings are merged key by key, and one's own keys win.

What is one statement is never mixed from two: a number with its source, a citation, an entry that says anew what it is.
"""

from collections.abc import Mapping
from typing import Any

import valsim.scenario.model  # noqa: F401 - with it every family of kinds is known
from valsim.core.block import Kind, nearest_help
from valsim.core.errors import Path, Problem, dotted
from valsim.core.parameter import is_number
from valsim.scenario.text.document import Placed, steps
from valsim.scenario.text.tree import TAKEN_AWAY, Tree

_WHOLE = {"sources": 2, "variants": 4}
"""How deep in these rooms each entry is one statement: a citation, and a change of a variant."""


def merged(parent: Tree, child: Tree, path: Path, problems: list[Placed]) -> Tree:
    """Give a child over its parent, both at a path; what does not fit is added to the problems.

    A list replaces the parent's; a mapping in the place of a list of named items changes those items by their names.
    ``null`` takes away what the parent has.
    """
    if not isinstance(child.value, dict):
        return child
    if _are_named(parent.value):
        return child._replace(value=_items(parent, child.value, path, problems))
    if not isinstance(parent.value, dict) or _is_one_statement(parent.value, child.value, path):
        return child
    return child._replace(value=_keys(parent.value, child.value, path, problems))


def _is_one_statement(parent: Mapping[str, Tree], child: Mapping[str, Tree], path: Path) -> bool:
    """Say whether a mapping replaces its parent's as a whole."""
    old, new = ({key: tree.value for key, tree in each.items()} for each in (parent, child))
    if not path:
        return False
    if len(path) == _WHOLE.get(str(path[0])):
        return True
    return is_number(old) or _says_anew(old, new, path) or (is_number(new) and not _tags() & old.keys())


def _says_anew(old: Mapping[str, Any], new: Mapping[str, Any], path: Path) -> bool:
    # An entry without a tag may be of the kind that it is called by, as exits are.
    said = {tag: new[tag] for tag in _tags() & new.keys() if isinstance(new[tag], str)}
    return any(tag != old.get(key, path[-1]) for key, tag in said.items())


def _tags() -> frozenset[str]:
    """Give the keys that say what an entry is: ``kind``, ``family``, ``multiple_of``, and ``like``."""
    return frozenset({"like", *(family.tag for family in Kind.__subclasses__())})


def _keys(parent: Mapping[str, Tree], child: Mapping[str, Tree], path: Path, problems: list[Placed]) -> dict[str, Tree]:
    there = {key: tree for key, tree in parent.items() if tree.value is not TAKEN_AWAY}
    found = dict(parent)
    for key, new in child.items():
        if new.value is None:
            problems += _nothing_to_take(key, new, there, path)
            found[key] = Tree(TAKEN_AWAY, new.spans)
        else:
            found[key] = merged(there[key], new, (*path, key), problems) if key in there else new
    return found


def _items(parent: Tree, child: Mapping[str, Tree], path: Path, problems: list[Placed]) -> list[Tree]:
    """Change named items of a list; a new one says its name inside too, so that a mistyped name adds nothing."""
    known = {str(name): int(index) for name, index in steps(parent.bare).items() if isinstance(name, str)}
    found, added = dict(enumerate(parent.value)), list[Tree]()
    for name, new in child.items():
        if new.value is None:
            problems += _nothing_to_take(name, new, known, path)
            found.pop(known.get(name, -1), None)
        elif name in known:
            index = known[name]
            found[index] = merged(parent.value[index], new, (*path, index), problems)
        elif isinstance(new.value, dict) and "name" in new.value:
            added.append(new)
        else:
            advice = nearest_help(name, known) or f"known are {', '.join(known)}; a new one says its name inside too"
            problems.append(_unknown(f"there is no '{name}' in {dotted(path)}", new, (*path, name), advice))
    return [*found.values(), *added]


def _nothing_to_take(key: str, new: Tree, there: Mapping[str, Any], path: Path) -> list[Placed]:
    if key in there:
        return []
    return [_unknown(f"there is no '{key}' to take away", new, (*path, key), nearest_help(key, there))]


def _unknown(message: str, new: Tree, path: Path, help: str) -> Placed:
    return Placed(Problem(path, message, help, "key", "extends"), new.spans.key or new.spans.value)


def _are_named(items: Any) -> bool:
    return isinstance(items, list) and bool(items) and all("name" in steps(item.bare) for item in items)
