"""The parts of plain data that can be read, where the data as a whole cannot."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from itertools import takewhile
from typing import Annotated, Any, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from valsim.core.block import Block, Kind
from valsim.core.errors import Path, Problem
from valsim.core.parameter import plain_amounts
from valsim.core.walk import parts


class UnsureError(Exception):
    """A block asked about something that could not be read."""


class HalfListed(dict[str, Any]):
    """The classes before one of a half-read cap table; asking for one that could not be read raises :class:`UnsureError`."""

    def get(self, name: str, default: Any = None) -> Any:
        """Give a class, or what stands for none."""
        if super().get(name, default) is UNREAD:
            raise UnsureError(name)
        return super().get(name, default)

    def __getattr__(self, name: str) -> Any:
        raise UnsureError(name)  # a part of a class may ask about the rest of the document


UNREAD = object()
"""What stands for a class that is there and could not be read."""


def listed_before(place: Path, data: Any, blocks: Mapping[Path, Block]) -> HalfListed:
    """Give the classes that plain data lists before the one at a place."""
    for part in place[:-1]:
        data = data[part]
    names = takewhile(lambda name: name != place[-1], data)
    return HalfListed({name: blocks.get((*place[:-1], name), UNREAD) for name in names})


def holders_beside(place: Path, data: Any) -> HalfListed:
    """Give the holders that plain data lists beside the carve-out at a place."""
    for part in place[:-1]:
        data = data[part]
    positions = data.get("positions")
    return HalfListed(positions if isinstance(positions, dict) else {})


def beside(place: Path, data: Any, blocks: Mapping[Path, Block]) -> HalfListed:
    """Give what a block of a cap table may ask about: the holders, or the classes before it."""
    return holders_beside(place, data) if place[-1] == "carve_out" else listed_before(place, data, blocks)


def told_by_blocks(block: type[Block], data: Mapping[str, Any]) -> list[Problem]:
    """Give what the readable blocks inside plain data report, where the data as a whole cannot be read as a block."""
    blocks = dict(found for path, value in readable(block, data) for found in asked(value, path))
    return [each for place, part in blocks.items() for each in told(part, place, beside(place, data, blocks))]


def told(block: Block, path: Path, context: Any) -> Iterator[Problem]:
    """Report what is wrong with a block, as far as all that it asks about is known."""
    with suppress(UnsureError):
        for problem in block.problems(context):
            if problem.severity == "error":
                yield problem.under(path)


def readable(kind: Any, raw: Any) -> list[tuple[Path, Any]]:
    """List the largest parts inside plain data that can be read, with their places."""
    with plain_amounts():  # where they may not be plain, reading the whole has said so
        return [found for key, inner in _inside(kind, raw) for found in _readable(inner, raw[key], (key,))]


def _readable(kind: Any, raw: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    try:
        yield path, _adapter(kind).validate_python(raw)
    except (ValidationError, PydanticCustomError):
        for key, inner in _inside(kind, raw):
            yield from _readable(inner, raw[key], (*path, key))


@lru_cache(maxsize=512)
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _inside(kind: Any, raw: Any) -> Iterator[tuple[Any, Any]]:
    """Give the keys of plain data and the kind of what belongs there, for a mapping, a list or the fields of a block."""
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if isinstance(raw, list) and get_origin(kind) is tuple:
        return ((index, get_args(kind)[0]) for index in range(len(raw)))
    if not isinstance(raw, dict):
        return iter(())
    if get_origin(kind) is Mapping:
        return ((key, get_args(kind)[1]) for key in raw)
    return _fields(kind, raw)


def _fields(kind: Any, raw: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    if isinstance(kind, type) and issubclass(kind, Kind):
        with suppress(PydanticCustomError):
            kind = kind.named(raw)
    fields = getattr(kind, "model_fields", {})
    for key in raw.keys() & fields.keys():
        yield (
            key,
            Annotated[(fields[key].annotation, *fields[key].metadata)]
            if fields[key].metadata
            else fields[key].annotation,
        )


def asked(value: Any, path: Path) -> Iterator[tuple[Path, Block]]:
    """List the blocks that report problems of their own; each speaks for the blocks inside it."""
    if isinstance(value, Block) and type(value).problems is not Block.problems:
        yield path, value
        return
    for key, part in parts(value):
        yield from asked(part, (*path, key))
