"""How paths end."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from valsim.core.choose import choose
from valsim.core.replace import replace
from valsim.core.rows import Bools, Row, Rows

STILL_PRIVATE = -1
"""The code of a path that has not ended; otherwise the index of its exit in the document."""


@dataclass(frozen=True)
class Ended:
    """How, when and for how much each path ended; rows of shape ``(n_paths,)``.

    ``proceeds`` is what shareholders get together, ``earned`` of it what was still to be earned at the exit, which is paid at
    ``earned_at``, infinite while that is open. ``raised`` is what the company itself raised by its exit.
    ``revenue``, as the multiple applies to it, and ``net_cash``, less the debt, are those of the day; of a wind-down nothing is told.
    """

    how: Any
    when: Row
    proceeds: Row
    raised: Row = field(default_factory=lambda: np.zeros(()))
    earned: Row = field(default_factory=lambda: np.zeros(()))
    earned_at: Row = field(default_factory=lambda: np.asarray(np.inf))
    revenue: Row = field(default_factory=lambda: np.zeros(()))
    net_cash: Row = field(default_factory=lambda: np.zeros(()))

    @classmethod
    def nowhere(cls, paths: int) -> "Ended":
        """Give the state in which no path has ended."""
        return cls(np.full(paths, STILL_PRIVATE, dtype=np.int8), np.zeros(paths), np.zeros(paths))

    def mark(self, where: Bools, how: int, when: float, proceeds: Row, raised: Row) -> "Ended":
        """End some paths."""
        return replace(
            self,
            how=choose(where, np.int8(how), self.how),
            when=choose(where, when, self.when),
            proceeds=choose(where, proceeds, self.proceeds),
            raised=choose(where, raised, self.raised) if np.any(raised) else self.raised,
        )

    def seen(self, where: Bools, rows: Rows) -> "Ended":
        """Remember the revenue and the net cash of companies that end now."""
        return replace(
            self,
            revenue=choose(where, rows["valued_revenue"], self.revenue),
            net_cash=choose(where, rows["cash"] - rows["debt"], self.net_cash),
        )

    def earning(self, where: Bools, amount: Row, when: Row) -> "Ended":
        """Add what shareholders of some paths earn after their exit, and when they are paid."""
        return replace(
            self,
            proceeds=self.proceeds + choose(where, amount, 0.0),
            earned=choose(where, amount, self.earned),
            earned_at=choose(where, when, self.earned_at),
        )
