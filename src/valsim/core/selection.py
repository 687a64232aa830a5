"""Selecting paths: cut every row in a tree of blocks, dataclasses, mappings and tuples to some of its paths."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import singledispatch
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from valsim.core.block import Block
from valsim.core.expression import Expression
from valsim.core.streams import Paths, Streams

T = TypeVar("T")


def select(tree: T, paths: Paths) -> T:
    """Give the same tree on some paths only; what all paths share stays a scalar.

    >>> select({"cash": np.array([1.0, 2.0, 3.0]), "debt": np.asarray(0.0)}, np.array([0, 2]))
    {'cash': array([1., 3.]), 'debt': array(0.)}
    """
    result: T = _selected(tree, paths)
    return result


@singledispatch
def _selected(tree: Any, paths: Paths) -> Any:
    if is_dataclass(tree) and not isinstance(tree, type):
        parts = {field.name: getattr(tree, field.name) for field in fields(tree) if field.init}
        return replace(tree, **{name: _selected(part, paths) for name, part in parts.items()})
    return tree


@_selected.register(np.ndarray)
def _(tree: npt.NDArray[Any], paths: Paths) -> Any:
    return tree[paths] if tree.ndim else tree


@_selected.register
def _(tree: Streams, paths: Paths) -> Any:
    return tree.only(paths)


@_selected.register
def _(tree: Expression, paths: Paths) -> Any:
    del paths
    return tree


@_selected.register
def _(tree: Block, paths: Paths) -> Any:
    parts = {name: getattr(tree, name) for name in type(tree).model_fields} | (tree.__pydantic_private__ or {})
    changed = {name: new for name, part in parts.items() if (new := _selected(part, paths)) is not part}
    return tree.but(**changed) if changed else tree


@_selected.register(Mapping)
def _(tree: Mapping[Any, Any], paths: Paths) -> Any:
    changed = {key: _selected(part, paths) for key, part in tree.items()}
    return changed if any(changed[key] is not tree[key] for key in tree) else tree


@_selected.register(tuple)
def _(tree: tuple[Any, ...], paths: Paths) -> Any:
    return tuple(_selected(part, paths) for part in tree)
