"""What draws a payoff diagram: values of the proceeds, and what is paid at each and between them."""

from typing import Any

import numpy as np

from valsim.captable.liquidity.pay_out import Liquidity
from valsim.captable.liquidity.payoff_lines import payoff_lines
from valsim.contract.contract import Contract
from valsim.contract.waterfall import Waterfall, waterfall_of
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


def payoff_curve(contract: Contract, paid: Waterfall) -> dict[str, Any]:
    """Give the waterfalls that draw the diagram of one that was paid, as plain data, with the lines between them."""
    curve = waterfall_of(contract, payoff_grid(paid), paid.exit, paid.on)
    liquidity = Liquidity(paid.exit, "by_charter", contract.day(paid.on))
    return {**curve.as_dict(), **payoff_lines(contract.table, liquidity)}
