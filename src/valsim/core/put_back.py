"""Putting rows back: what was selected of a tree and has changed goes where it was taken from."""

from collections.abc import Mapping
from dataclasses import is_dataclass
from functools import singledispatch
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from valsim.core.each_type import EachType
from valsim.core.replace import FIELD_NAMES, replace

T = TypeVar("T")


class Where(NamedTuple):
    """Some rows by their numbers, of so many in all."""

    rows: npt.NDArray[Any]
    size: int


def put_back(whole: T, before: T, after: T, where: Where) -> T:
    """Give a tree of dataclasses, mappings and rows with what has changed on some rows.

    ``before`` is what :func:`~valsim.core.selection.select` gave for them, and ``after`` what became of it. What is the very same
    object in both stays as it is in the whole, and is not copied; what is new is zero on the other rows.

    >>> cash, where = np.array([1.0, 2.0, 3.0]), Where(np.array([0, 2]), 3)
    >>> put_back({"cash": cash}, {"cash": cash[where.rows]}, {"cash": np.array([5.0, 7.0])}, where)
    {'cash': array([5., 2., 7.])}
    """
    result: T = whole if after is before else _WAYS[type(after)](after, before, whole, where)
    return result


@singledispatch
def _put_back(after: Any, before: Any, whole: Any, where: Where) -> Any:
    if not is_dataclass(after) or isinstance(after, type):
        return after
    parts = ((name, getattr(after, name), getattr(before, name, None)) for name in FIELD_NAMES[type(after)])
    changed = {
        name: put_back(getattr(whole, name, None), then, now, where) for name, now, then in parts if now is not then
    }
    return replace(after if whole is None else whole, **changed)


@_put_back.register(np.ndarray)
def _(after: npt.NDArray[Any], before: Any, whole: Any, where: Where) -> Any:
    del before
    row = np.empty(where.size, after.dtype)
    row[:] = 0 if whole is None else whole
    row[where.rows] = after
    return row


@_put_back.register(Mapping)
def _(after: Mapping[Any, Any], before: Any, whole: Any, where: Where) -> Any:
    then, old = before or {}, whole or {}
    changed = {key: part for key, part in after.items() if part is not then.get(key)}
    return {**old, **{key: put_back(old.get(key), then.get(key), part, where) for key, part in changed.items()}}


_WAYS = EachType(_put_back.dispatch)
