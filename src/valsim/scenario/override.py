"""Overrides from the command line: ``--set drivers.users.start=12M`` changes one value of a document."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from valsim.core.block import nearest_help
from valsim.core.errors import Path, Problem, dotted
from valsim.scenario.document import Document, Placed, Region, Source, Spans, steps
from valsim.scenario.nodes import Builder
from valsim.scenario.syntax import UnreadableError, compose

_PREFIX = "--set "
_PART = re.compile(r"(?P<name>[^.\[\]]+)|\[(?P<index>\d{1,6})\]")


class _Part(NamedTuple):
    value: str | int
    start: int
    end: int


def override(document: Document, settings: Sequence[str]) -> Document:
    """Give the document with each ``path=value`` put in; raise :class:`UnreadableError` with all that do not fit."""
    data, spans, sources = document.data, dict(document.spans), list(document.sources)
    problems = list(document.problems)
    for setting in (written.encode(errors="replace").decode() for written in settings):
        sources.append(Source("--set", _PREFIX + setting, numbered=False))
        try:
            path, new = _set(data, setting, len(sources) - 1)
        except UnreadableError as error:
            problems += error.placed
        else:
            spans = {place: span for place, span in spans.items() if place[: len(path)] != path} | new
    if len(problems) > len(document.problems):
        raise OverrideError(problems, tuple(sources))
    return Document(data, tuple(sources), spans, document.problems)


class OverrideError(UnreadableError):
    """Overrides do not fit the document; ``sources`` hold their texts."""

    def __init__(self, placed: Sequence[Placed], sources: tuple[Source, ...]) -> None:
        self.sources = sources
        super().__init__(*placed)


def _set(data: Any, setting: str, source: int) -> tuple[Path, dict[Path, Spans]]:
    """Put one value into ``data``; give its path and the spans of what was put there."""
    name, equals, _ = setting.partition("=")
    if not equals or not name.strip():
        whole = Region(source, (0, len(_PREFIX)), (0, len(_PREFIX) + max(1, len(setting))))
        raise _misfit(f"expected path=value, got '{setting}'", whole, "such as drivers.users.start=12M")
    path = _path(data, name, source)
    value, builder = _value(setting, len(name) + 1, path, source)
    container = data
    for part in path[:-1]:
        container = container[part]
    container[path[-1]] = value
    key = Region(source, (0, len(_PREFIX)), (0, len(_PREFIX) + len(name)))
    return path, builder.spans | {path: Spans(key, builder.spans[path].value)}


def _value(setting: str, start: int, path: Path, source: int) -> tuple[Any, Builder]:
    # Blanks in front keep the columns of the parsed value equal to those of the text that is shown.
    text = " " * (len(_PREFIX) + start) + setting[start:]
    node, builder = compose(text, source), Builder(source)
    if node is None:
        end = Region(source, (0, len(text) - 1), (0, len(text)))
        raise _misfit("expected a value behind =", end, "write null to take a value away", path)
    value = builder.build(node, path)
    if builder.problems:
        raise UnreadableError(*builder.problems)
    return value, builder


def _path(data: Any, name: str, source: int) -> Path:
    """Follow the written path through the data; its last part may be new in a mapping."""
    parts = _parts(name, source)
    place: Any = data
    path: list[str | int] = []
    while parts:
        known = steps(place)
        step, used = _step(known, parts)
        if step is None:
            return _new_leaf(place, path, parts, source)
        path.append(step)
        place, parts = place[step], parts[used:]
    return tuple(path)


def _parts(name: str, source: int) -> list[_Part]:
    parts = [_Part(m["name"] or int(m["index"]), *m.span()) for m in _PART.finditer(name)]
    if not parts or re.sub(_PART, "x", name).replace(".", "").strip("x"):
        whole = Region(source, (0, len(_PREFIX)), (0, len(_PREFIX) + len(name)))
        raise _misfit(f"expected a path, got '{name}'", whole, "such as rounds[0].closings[1].new_money")
    return parts


def _step(known: dict[str | int, str | int], parts: list[_Part]) -> tuple[str | int | None, int]:
    """Find the child that the first parts name; a name may itself contain dots, so longer ones are tried in turn."""
    if parts[0].value in known:
        return known[parts[0].value], 1
    for used in range(2, len(parts) + 1):
        joined = ".".join(str(part.value) for part in parts[:used])
        if joined in known:
            return known[joined], used
    return None, 0


def _new_leaf(place: Any, path: list[str | int], parts: list[_Part], source: int) -> Path:
    part = parts[0]
    if len(parts) == 1 and isinstance(place, dict) and isinstance(part.value, str):
        return (*path, part.value)
    where = f" in {dotted(tuple(path))}" if path else ""
    region = Region(source, (0, len(_PREFIX) + part.start), (0, len(_PREFIX) + part.end))
    names = _names(place)
    advice = nearest_help(str(part.value), names) or (f"known are {', '.join(names[:12])}" if names else "")
    raise _misfit(f"there is no '{part.value}'{where}", region, advice, tuple(path))


def _names(place: Any) -> list[str]:
    return [name for name in steps(place) if isinstance(name, str)]


def _misfit(message: str, region: Region, help: str = "", path: Path = ()) -> UnreadableError:
    return UnreadableError(Placed(Problem(path, message, help, code="override"), region))
