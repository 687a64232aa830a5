"""The arrays that travel through one step: a row holds one number for each path."""

from collections.abc import Mapping
from typing import Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

Row: TypeAlias = npt.NDArray[np.float64]
"""One number a path, shape ``(n_paths,)``; a scalar where every path agrees. It must broadcast."""

Bools: TypeAlias = npt.NDArray[np.bool_]
"""One truth a path, shape ``(n_paths,)``."""

Rows: TypeAlias = Mapping[str, Any]
"""All that an expression may read: name to :data:`Row` (or :data:`Bools` for a signal)."""

EVERYWHERE: Bools = np.ones((), dtype=bool)
"""True on every path."""

NOWHERE: Bools = np.zeros((), dtype=bool)
"""True on no path."""

Kind = TypeVar("Kind", bound=np.generic)


def cut(row: npt.NDArray[Kind], paths: Any) -> npt.NDArray[Kind]:
    """Give a row on some paths (their numbers, a mask or one number); what all paths share stays a scalar.

    >>> cut(np.array([5.0, 6.0, 7.0]), [0, 2]).tolist(), cut(np.asarray(5.0), [0, 2]).tolist()
    ([5.0, 7.0], 5.0)
    """
    return row[paths] if getattr(row, "ndim", 0) else row
