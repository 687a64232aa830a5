"""Risks: events that may happen at any time, and what they do."""

from collections.abc import Mapping

import numpy as np

from valsim.core.effect import Effect
from valsim.core.hazard import Chance
from valsim.core.rows import Bools, Row


class Risk(Chance):
    """An event that may happen in any step, again and again, with effects on rows.

    At most one event a step: its probability is ``1 - exp(-hazard dt)``. The size of an effect is one number a path.
    """

    effect: Mapping[str, Effect]
    """Effects by row."""

    def strikes(self, dt: float, uniform: Row) -> Bools:
        """Say on which paths it happens within a step, shape ``(n_paths,)``."""
        return uniform < -np.expm1(-self.per_year * dt)
