"""The parts of plain data that can be read, where the data as a whole cannot."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from valsim.core.block import Block, Kind
from valsim.core.errors import Path, Problem
from valsim.core.parameter import plain_amounts
from valsim.core.walk import parts


def told_by_blocks(block: type[Block], data: Mapping[str, Any]) -> list[Problem]:
    """Give what the readable blocks inside plain data report by themselves, of a block that asks nothing about the rest."""
    return [
        problem.under(place)
        for path, value in readable(block, data)
        for place, part in asked(value, path)
        for problem in part.problems(None)
        if problem.severity == "error"
    ]


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
