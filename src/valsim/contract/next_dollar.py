"""Who gets the next dollar: between two breakpoints every payout is a straight line."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from valsim.captable.liquidity.breakpoints import Lines

DIGITS = 9
"""How many digits of a part of a dollar are more than rounding."""


@dataclass(frozen=True)
class Stretch:
    """Proceeds between which the parts of the next dollar stay the same; ``to`` is infinite for the last.

    ``classes`` holds who is paid before them too: ``transaction_costs``, debt by name, ``carve_out``.
    """

    start: float
    to: float
    classes: Mapping[str, float]

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain data; the last has no end."""
        return {"from": self.start, "to": self.to if np.isfinite(self.to) else None, "classes": dict(self.classes)}


def next_dollar(drawn: Lines[str]) -> tuple[Stretch, ...]:
    """Give everybody's part of the next dollar on each line of a payoff diagram."""
    parts = {name: np.round(slopes, DIGITS) + 0.0 for name, slopes in drawn.slopes.items()}
    ends = pairwise([*drawn.starts.tolist(), np.inf])
    return tuple(
        Stretch(start, to, {name: float(part[i]) for name, part in parts.items() if part[i] != 0})
        for i, (start, to) in enumerate(ends)
    )
