"""The values of the proceeds that draw a payoff diagram."""

import numpy as np

from valsim.contract.waterfall import Waterfall
from valsim.core.rows import Row

EVEN = 120
"""How many values stand evenly between nothing and the largest, for whoever points at the diagram."""
BESIDE = 1e-9
"""How far, relatively, before a jump its lower side is drawn."""
BEYOND = 1.25
"""How far the diagram goes beyond the last breakpoint and the largest value that was asked for."""


def payoff_grid(paid: Waterfall) -> Row:
    """Give values of the proceeds from nothing to beyond everything that happens, every bend and both sides of every jump."""
    bends, jumps = np.array(paid.breakpoints), np.array(paid.discontinuities)
    top = BEYOND * max([*bends, *jumps, *np.ravel(paid.proceeds)], default=0.0) or 1.0
    return np.unique(np.concatenate([np.linspace(0.0, top, EVEN + 1), bends, jumps, jumps * (1 - BESIDE)]))
