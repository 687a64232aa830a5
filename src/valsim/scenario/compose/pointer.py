"""A path as a person writes it, such as ``rounds.follow_on.closings[1].new_money``, followed through a document."""

import re
from typing import Any, NamedTuple

from valsim.core.block import nearest_help
from valsim.core.errors import Path, dotted
from valsim.core.parameter import is_number
from valsim.scenario.text.document import steps
from valsim.scenario.text.tree import TAKEN_AWAY, Tree

SETTLED = {
    "extends": "another file is followed before anything is changed",
    "variants": "a change is made to the scenario that is played, and its variant is chosen before",
}
"""What a written path cannot lead to: it would change nothing."""

_SHOWN = 24
"""How many known names are listed where none is near."""

_PART = re.compile(r"(?P<name>[^.\[\]]+)|\[(?P<index>\d{1,6})\]")


class MisfitError(Exception):
    """A path does not fit the document; ``span`` counts the characters of it to underline."""

    def __init__(self, message: str, span: tuple[int, int], help: str = "", path: Path = ()) -> None:
        self.message, self.span, self.help, self.path = message, span, help, path
        super().__init__(message)


class _Part(NamedTuple):
    value: str | int
    start: int
    end: int


class Target(NamedTuple):
    """Where a written path leads, and the characters of its last part."""

    path: Path
    span: tuple[int, int]


def follow(data: Any, written: str) -> Target:
    """Give the path that is meant; a list item is named or counted, and the last part may be a new key of a mapping.

    >>> follow({"rounds": [{"name": "bridge", "at_most": 1}]}, "rounds.bridge.at_most").path
    ('rounds', 0, 'at_most')

    Raises :class:`MisfitError` where it leads nowhere.
    """
    parts = _parts(written)
    if parts[0].value in SETTLED:
        span = (parts[0].start, parts[0].end)
        raise MisfitError(f"{parts[0].value} cannot be changed here", span, SETTLED[str(parts[0].value)])
    place, path = data, list[str | int]()
    while parts:
        step, used = _step(steps(place), parts)
        if step is None:
            return _new_leaf(place, path, parts)
        path.append(step)
        span = parts[0].start, parts[used - 1].end
        place, parts = place[step], parts[used:]
    return Target(tuple(path), span)


def changed(tree: Tree, target: Target, new: Tree) -> Tree:
    """Give a tree with a new value where a path leads; ``null`` takes away what is there.

    Raises :class:`MisfitError` where nothing is, and for a plain value under a mistyped name of an entry, such as a driver.
    """
    *above, last = target.path
    beside = tree.at(tuple(above)).bare
    if last not in steps(beside):
        _expect_entry(beside, target, new)
    return tree.put(target.path, Tree(TAKEN_AWAY, new.spans) if new.value is None else new)


def _expect_entry(beside: Any, target: Target, new: Tree) -> None:
    *above, last = target.path
    near = nearest_help(str(last), beside)
    if new.value is None:
        raise MisfitError(f"there is no '{last}' to take away", target.span, near, target.path)
    if near and above and not isinstance(new.value, dict) and all(map(_is_entry, beside.values())):
        raise MisfitError(f"there is no '{last}' in {dotted((*above,))}", target.span, near, (*above,))


def _is_entry(value: Any) -> bool:
    return isinstance(value, dict) and not is_number(value)


def _parts(written: str) -> list[_Part]:
    parts = [_Part(m["name"] or int(m["index"]), *m.span()) for m in _PART.finditer(written)]
    if not parts or re.sub(_PART, "x", written).replace(".", "").strip("x"):
        raise MisfitError(
            f"expected a path, got '{written}'", (0, len(written)), "such as rounds[0].closings[1].new_money"
        )
    return parts


def _step(known: dict[str | int, str | int], parts: list[_Part]) -> tuple[str | int | None, int]:
    """Find the child that the first parts name; a name may itself contain dots, so the longest that is there is meant."""
    for used in range(len(parts), 1, -1):
        joined = ".".join(str(part.value) for part in parts[:used])
        if joined in known:
            return known[joined], used
    first = known.get(parts[0].value)
    return first, 0 if first is None else 1


def _new_leaf(place: Any, path: list[str | int], parts: list[_Part]) -> Target:
    part = parts[0]
    if len(parts) == 1 and isinstance(place, dict) and isinstance(part.value, str):
        return Target((*path, part.value), (part.start, part.end))
    where = f" in {dotted(tuple(path))}" if path else ""
    raise MisfitError(
        f"there is no '{part.value}'{where}", (part.start, part.end), _advice(place, path, parts), (*path,)
    )


def _advice(place: Any, path: list[str | int], parts: list[_Part]) -> str:
    if not isinstance(place, dict | list):
        return f"{dotted(tuple(path))} is {place!r}: set it as a whole"
    names = [name for name in steps(place) if isinstance(name, str)]
    meant = (str(parts[0].value), ".".join(str(part.value) for part in parts))
    near = (nearest_help(word, names) for word in meant)
    return next(filter(None, near), "") or (_listed(names, place) if names else "")


def _listed(names: list[str], place: Any) -> str:
    known = f"known are {', '.join(names[:_SHOWN])}{', …' if len(names) > _SHOWN else ''}"
    return f"{known}; a new one is set as a whole" if isinstance(place, dict) else known
