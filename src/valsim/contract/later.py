"""What a payment that comes after the closing adds for everybody: an escrow that is released, an earn-out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from valsim.captable.ledger import UNISSUED
from valsim.captable.liquidity.pay_out import Liquidity, Settlement, Table, pay_out
from valsim.core.rows import Row


@dataclass(frozen=True)
class Later:
    """Who gets how much of a later payment: ``W(V1 + V2) - W(V1)`` of the waterfall ``W``; arrays of the shape of the proceeds.

    ``payees`` are those who are paid before any class, then the classes; ``positions`` the holders.
    """

    amount: float
    payees: Mapping[str, Row]
    positions: Mapping[str, Row]

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain data."""
        each = {"payees": self.payees, "positions": self.positions}
        told = {what: {name: {"payout": row.tolist()} for name, row in rows.items()} for what, rows in each.items()}
        return {"amount": self.amount, **told}


def later_payments(
    table: Table, liquidity: Liquidity, proceeds: Row, settled: Settlement, amounts: Sequence[float]
) -> Iterator[Later]:
    """Pay out amounts one after the other on top of proceeds that are settled, under the contract on the day of the exit.

    Raises ValueError for an amount below zero.
    """
    for amount in amounts:
        if not amount >= 0:
            raise ValueError(f"what is paid later is nothing or more, got {amount:g}")
        before, proceeds = settled, proceeds + amount
        settled = pay_out(table, liquidity, proceeds)
        holders = (name for name in settled.ledger.holders if name != UNISSUED)
        yield Later(
            float(amount),
            {name: row - before.payees[name] for name, row in settled.payees.items()},
            {name: np.asarray(settled.by_holder[name] - before.by_holder[name]) for name in holders},
        )
