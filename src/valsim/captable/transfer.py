"""Money that changes hands: dated flows of holders."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from valsim.captable.purchase import Purchase
from valsim.core.rows import Row


@dataclass(frozen=True)
class Flow:
    """Money that a holder receives (above zero) or pays (below), at a time in years from the start."""

    holder: str
    time: float
    amount: Row


def paid_in(payments: Mapping[str, Row], purchases: Mapping[str, Purchase], time: float) -> tuple[Flow, ...]:
    """Give the flows of investors who pay for new shares, the fees of their vehicles on top."""
    costs = {
        name: -money * (1 + purchases[name].fees if name in purchases else 1.0) for name, money in payments.items()
    }
    return flows(costs, time)


def flows(money: Mapping[str, Row], time: float) -> tuple[Flow, ...]:
    """Give the flows of one instant; holders to whom nothing happens have none."""
    return tuple(Flow(name, time, row) for name, row in money.items() if np.any(row))
