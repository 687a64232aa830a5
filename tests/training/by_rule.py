"""A policy that is a function of the rows, for problems that are played here and not sent to other processes."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from valsim.core.policy import Decision
from valsim.core.rows import Row, Rows


@dataclass(frozen=True)
class ByRule:
    """Takes what its rule gives, the place of an alternative."""

    rule: Callable[[Decision, Rows], Row]
    notes: tuple[str, ...] = ()

    def decides(self, decision):
        del decision
        return True

    def __call__(self, decision, rows, where):
        return np.broadcast_to(self.rule(decision, rows), where.shape)


FIRST = ByRule(lambda _decision, _rows: np.zeros(()))
"""The first alternative always."""
COIN = ByRule(lambda _decision, rows: rows["coin"] < 0.5)
"""One of two alternatives by a coin."""
