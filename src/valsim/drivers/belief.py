"""Beliefs: how likely the world holds something to be that it does not know."""

from typing import Self

import numpy as np

from valsim.core.amount import ChanceAmount
from valsim.core.rows import Row, Rows
from valsim.drivers.process import Process


class Belief(Process):
    """The probability that a signal is really true, given what is known; a formula may read it, and it may be one.

    No document names it as a driver: every signal has one, the row ``NAME.belief``.
    """

    shocks = 0
    level_field = "probability"

    probability: ChanceAmount
    """The probability; a formula below zero or without a value counts as 0, and one above 1 as 1."""

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Stay: only what is learned moves a belief."""
        del dt, shock, rows
        return self

    def level(self, rows: Rows) -> Row:
        """Give the probability now, from 0 to 1, shape ``(n_paths,)``."""
        if not callable(self.probability):
            return np.asarray(self.probability)
        return np.asarray(np.minimum(np.fmax(self.probability(rows), 0.0), 1.0))

    @property
    def needs(self) -> frozenset[str]:
        """The names in the formula, if it is one."""
        return getattr(self.probability, "names", frozenset())
