"""A method of valuation as plain data: its kind, its numbers, and which of them nobody stated."""

from collections.abc import Iterator, Mapping
from functools import singledispatch
from typing import Any

import numpy as np

from valsim.core.block import Block
from valsim.core.errors import dotted
from valsim.core.walk import walk
from valsim.value.fair_value.method.base import Method


def method_as_data(method: Method) -> dict[str, Any]:
    """Give the method with its numbers, and which of them nobody stated."""
    numbers = {name: as_numbers(getattr(method, name)) for name in type(method).model_fields if name != method.tag}
    return {"method": getattr(method, method.tag), "parameters": numbers, "assumed": list(_assumed(method))}


def _assumed(method: Method) -> Iterator[str]:
    """List the numbers that nobody stated, also of methods inside a method, as a person writes their places."""
    for path, each in walk(method):
        if isinstance(each, Method):
            left_out = type(each).model_fields.keys() - each.model_fields_set - {each.tag}
            names = (name for name in type(each).model_fields if name in left_out)
            yield from (dotted((*path, name)) for name in names if getattr(each, name) is not None)


@singledispatch
def as_numbers(value: Any) -> Any:
    """Give what a field of a method holds as plain data."""
    return value


@as_numbers.register(np.ndarray)
def _(value: Any) -> Any:
    return value.tolist()


@as_numbers.register
def _(value: tuple) -> Any:  # type: ignore[type-arg]
    return [as_numbers(each) for each in value]


@as_numbers.register(Mapping)
def _(value: Mapping[str, Any]) -> Any:
    return {name: as_numbers(each) for name, each in value.items()}


@as_numbers.register
def _(value: Block) -> Any:
    return {name: as_numbers(getattr(value, name)) for name in type(value).model_fields}
