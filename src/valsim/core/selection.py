"""Selecting rows: cut every row in a tree of blocks, dataclasses, mappings and tuples to some of its entries."""

from collections.abc import Mapping
from dataclasses import is_dataclass
from functools import singledispatch
from typing import Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from valsim.core.block import Block
from valsim.core.each_type import EachType
from valsim.core.expression import Expression
from valsim.core.replace import FIELD_NAMES, replace

T = TypeVar("T")
Selected: TypeAlias = slice | int | npt.NDArray[Any]
"""A slice of rows, rows by their numbers or a mask, or one row."""


def select(tree: T, rows: Selected) -> T:
    """Give the same tree on a slice of its rows, as views, or on rows by their numbers; what all paths share stays a scalar.

    >>> select({"cash": np.array([1.0, 2.0, 3.0]), "debt": np.asarray(0.0)}, slice(0, 2))
    {'cash': array([1., 2.]), 'debt': array(0.)}
    """
    result: T = _WAYS[type(tree)](tree, rows)
    return result


@singledispatch
def _selected(tree: Any, rows: Selected) -> Any:
    if is_dataclass(tree) and not isinstance(tree, type):
        return replace(tree, **{name: select(getattr(tree, name), rows) for name in FIELD_NAMES[type(tree)]})
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
    return tree.but(**{name: select(part, rows) for name, part in differing.items()}) if differing else tree


@_selected.register(Mapping)
def _(tree: Mapping[Any, Any], rows: Selected) -> Any:
    changed = {key: select(part, rows) for key, part in tree.items()}
    return changed if any(changed[key] is not tree[key] for key in tree) else tree


@_selected.register(tuple)
def _(tree: tuple[Any, ...], rows: Selected) -> Any:
    changed = tuple(select(part, rows) for part in tree)
    return changed if any(new is not old for new, old in zip(changed, tree, strict=True)) else tree


# Looking a type up is half of the time that cutting a short row takes.
_WAYS = EachType(_selected.dispatch)
