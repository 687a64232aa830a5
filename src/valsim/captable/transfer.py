"""Money that changes hands: dated flows of holders."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from valsim.captable.curve import ZERO
from valsim.captable.purchase import Purchase
from valsim.core.rows import Row


@dataclass(frozen=True)
class Flow:
    """Money that a holder receives (above zero) or pays (below), and when, in years from the start; ``(n_paths,)``."""

    holder: str
    time: Row
    amount: Row


@dataclass(frozen=True)
class PricePaid:
    """What the price of a purchase made the whole company worth, and the multiple that it is; rows of shape ``(n_paths,)``.

    ``multiple = (company_value - cash + debt) / revenue`` on the day, the money of the purchase in the cash; 0 where the company
    had no revenue, and both 0 where nothing was bought.
    """

    company_value: Row = field(default_factory=lambda: np.zeros(()))
    multiple: Row = field(default_factory=lambda: np.zeros(()))


Flows: TypeAlias = Mapping[tuple[str, str], Flow]
"""Flows by (cause, holder); a cause, such as a closing, moves a holder's money at most once on a path."""


def with_fees(payments: Mapping[str, Row], purchases: Mapping[str, Purchase]) -> dict[str, Row]:
    """Give what investors pay for new shares, below zero, the fees of their vehicles on top."""
    return {name: -money * (1 + purchases[name].fees if name in purchases else 1.0) for name, money in payments.items()}


def added(flows: Flows, cause: str, money: Mapping[str, Row], time: float) -> Flows:
    """Add what a cause moves at one instant; for a holder to whom nothing happens on any path nothing is added."""
    moved = {(cause, holder): row for holder, row in money.items() if np.any(row)}
    return {
        **flows,
        **{key: _joined(flows.get(key, Flow(key[1], ZERO, ZERO)), row, time) for key, row in moved.items()},
    }


def _joined(flow: Flow, row: Row, time: float) -> Flow:
    return Flow(flow.holder, np.where(row != 0, time, flow.time), flow.amount + row)
