"""The arrays that travel through one step: a row holds one number for each path."""

from collections.abc import Mapping
from typing import Any, TypeAlias

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
