"""Who gets the next dollar: between two breakpoints every payout is a straight line."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from valsim.captable.distribute import curves_of
from valsim.captable.pay_out import Liquidity, Table, pay_out
from valsim.captable.regime import all_listed, as_agreed
from valsim.captable.waterfall import breakpoints
from valsim.core.rows import Row

DIGITS = 9
"""How many digits of a part of a dollar are more than rounding."""


class Breaks(NamedTuple):
    """The proceeds at which some class's part of the next dollar changes, and those at which payouts jump."""

    breakpoints: tuple[float, ...]
    discontinuities: tuple[float, ...]


@dataclass(frozen=True)
class Stretch:
    """Proceeds between which the parts of the next dollar stay the same; ``to`` is infinite for the last."""

    start: float
    to: float
    classes: Mapping[str, float]

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain data; the last has no end."""
        return {"from": self.start, "to": self.to if np.isfinite(self.to) else None, "classes": dict(self.classes)}


def breaks(table: Table, liquidity: Liquidity) -> Breaks:
    """Give where the payouts of a cap table bend and where they jump."""
    ledger = table.ledger.accrued_to(liquidity.day)
    regime = all_listed if liquidity.kind == "ipo" else as_agreed
    bends = breakpoints(curves_of(ledger, regime))
    return Breaks(tuple(map(float, bends)), ())


def next_dollar(table: Table, liquidity: Liquidity, breaks: Breaks) -> tuple[Stretch, ...]:
    """Give each class's part of the next dollar between the breaks of a cap table."""
    ends = [0.0, *sorted({*breaks.breakpoints, *breaks.discontinuities} - {0.0})]
    starts, stops = np.array(ends), np.array([*ends[1:], 2 * ends[-1] or 1.0])
    low, high = starts + (stops - starts) / 3, stops - (stops - starts) / 3
    below, above = (pay_out(table, liquidity, at).by_class for at in (low, high))
    parts = {name: np.round((above[name] - row) / (high - low), DIGITS) + 0.0 for name, row in below.items()}
    return tuple(Stretch(start, to, _at(parts, i)) for i, (start, to) in enumerate(pairwise([*ends, np.inf])))


def _at(parts: Mapping[str, Row], index: int) -> dict[str, float]:
    return {name: float(row[index]) for name, row in parts.items() if row[index] != 0}
