"""Selecting rows: cut every row in a tree of blocks, dataclasses, mappings and tuples to some of its entries."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import singledispatch
from typing import Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from valsim.core.block import Block
from valsim.core.expression import Expression

T = TypeVar("T")
Selected: TypeAlias = slice | int | npt.NDArray[Any]
"""A slice of rows, rows by their numbers or a mask, or one row."""


def select(tree: T, rows: Selected) -> T:
    """Give the same tree on a slice of its rows, as views, or on rows by their numbers; what all paths share stays a scalar.

    >>> select({"cash": np.array([1.0, 2.0, 3.0]), "debt": np.asarray(0.0)}, slice(0, 2))
    {'cash': array([1., 2.]), 'debt': array(0.)}
    """
    result: T = _selected(tree, rows)
    return result


@singledispatch
def _selected(tree: Any, rows: Selected) -> Any:
    if is_dataclass(tree) and not isinstance(tree, type):
        parts = {field.name: getattr(tree, field.name) for field in fields(tree) if field.init}
        return replace(tree, **{name: _selected(part, rows) for name, part in parts.items()})
    return tree


@_selected.register(np.ndarray)
def _(tree: npt.NDArray[Any], rows: Selected) -> Any:
    return tree[rows] if tree.ndim else tree


@_selected.register
def _(tree: Expression, rows: Selected) -> Any:
    del rows
    return tree


@_selected.register
def _(tree: Block, rows: Selected) -> Any:
    differing = tree.differing
    return tree.but(**{name: _selected(part, rows) for name, part in differing.items()}) if differing else tree


@_selected.register(Mapping)
def _(tree: Mapping[Any, Any], rows: Selected) -> Any:
    changed = {key: _selected(part, rows) for key, part in tree.items()}
    return changed if any(changed[key] is not tree[key] for key in tree) else tree


@_selected.register(tuple)
def _(tree: tuple[Any, ...], rows: Selected) -> Any:
    changed = tuple(_selected(part, rows) for part in tree)
    return changed if any(new is not old for new, old in zip(changed, tree, strict=True)) else tree
