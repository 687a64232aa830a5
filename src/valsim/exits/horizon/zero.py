"""A company still private at the horizon counts as worthless."""

from typing import Literal

import numpy as np

from valsim.core.rows import Row, Rows
from valsim.exits.horizon.base import AtHorizon


class Zero(AtHorizon):
    """A company still private at the horizon counts as worthless: what was realised by then is all."""

    example = "{kind: zero}"

    kind: Literal["zero"]
    """Names this rule."""

    def proceeds(self, rows: Rows) -> Row:
        """Give nothing."""
        return np.zeros_like(rows["enterprise_value"])
