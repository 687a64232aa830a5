"""Everything in a tree of blocks, with its place in the document."""

from collections.abc import Iterator, Mapping
from functools import singledispatch
from typing import Any

from valsim.core.block import Block
from valsim.core.errors import Path


def walk(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """List a value and all that is inside it, each with its place, in the order of the document."""
    yield path, value
    for key, part in parts(value):
        yield from walk(part, (*path, key))


@singledispatch
def parts(value: Any) -> Iterator[tuple[str | int, Any]]:
    """List the fields of a block, the items of a mapping or of a list, each with its key.

    >>> dict(parts(("a", "b")))
    {0: 'a', 1: 'b'}
    """
    del value
    return iter(())


@parts.register
def _(value: Block) -> Iterator[tuple[str | int, Any]]:
    return ((name, getattr(value, name)) for name in type(value).model_fields)


@parts.register(Mapping)
def _(value: Mapping[str, Any]) -> Iterator[tuple[str | int, Any]]:
    return iter(value.items())


@parts.register
def _(value: tuple) -> Iterator[tuple[str | int, Any]]:  # type: ignore[type-arg]
    return iter(enumerate(value))
