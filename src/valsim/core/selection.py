"""Selecting rows: cut or repeat every row in a tree of blocks, dataclasses, mappings and tuples."""

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from functools import singledispatch
from operator import itemgetter
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
Change: TypeAlias = Callable[[npt.NDArray[Any]], Any]
"""What is made of a row."""


def select(tree: T, rows: Selected) -> T:
    """Give the same tree on a slice of its rows, as views, or on rows by their numbers; what all paths share stays a scalar.

    >>> select({"cash": np.array([1.0, 2.0, 3.0]), "debt": np.asarray(0.0)}, slice(0, 2))
    {'cash': array([1., 2.]), 'debt': array(0.)}
    """
    result: T = _with_rows(tree, itemgetter(rows))
    return result


def repeated(tree: T, copies: int) -> T:
    """Give the same tree with every row ``copies`` times, one copy after the other; what all paths share stays a scalar.

    >>> repeated({"cash": np.array([1.0, 2.0]), "debt": np.asarray(0.0)}, 2)
    {'cash': array([1., 2., 1., 2.]), 'debt': array(0.)}
    """
    result: T = tree if copies == 1 else _with_rows(tree, lambda row: np.concatenate((row,) * copies))
    return result


def _with_rows(tree: Any, change: Change) -> Any:
    return _WAYS[type(tree)](tree, change)


@singledispatch
def _changed(tree: Any, change: Change) -> Any:
    if is_dataclass(tree) and not isinstance(tree, type):
        return replace(tree, **{name: _with_rows(getattr(tree, name), change) for name in FIELD_NAMES[type(tree)]})
    return tree


@_changed.register(np.ndarray)
def _(tree: npt.NDArray[Any], change: Change) -> Any:
    return change(tree) if tree.ndim else tree


@_changed.register
def _(tree: Expression, change: Change) -> Any:
    del change
    return tree


@_changed.register
def _(tree: Block, change: Change) -> Any:
    differing = tree.differing
    return tree.but(**{name: _with_rows(part, change) for name, part in differing.items()}) if differing else tree


@_changed.register(Mapping)
def _(tree: Mapping[Any, Any], change: Change) -> Any:
    changed = {key: _with_rows(part, change) for key, part in tree.items()}
    return changed if any(changed[key] is not tree[key] for key in tree) else tree


@_changed.register(tuple)
def _(tree: tuple[Any, ...], change: Change) -> Any:
    changed = tuple(_with_rows(part, change) for part in tree)
    return changed if any(new is not old for new, old in zip(changed, tree, strict=True)) else tree


# Looking a type up is half of the time that cutting a short row takes.
_WAYS = EachType(_changed.dispatch)
