"""Paying out an exit: from what a sale pays to every holder, through the three layers of a waterfall.

What grows with time is counted up to the day. What is senior to shareholders is paid. The charter chooses the regime, and in
it the waterfall pays the classes and their holders.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from valsim.captable.distribute import payouts_by_lot
from valsim.captable.ledger import Ledger, Lot
from valsim.captable.regime import Regime, all_converted, as_agreed
from valsim.core.liquidity import LiquidityKind, Treatment
from valsim.core.rows import Row
from valsim.core.streams import Paths


class Liquidity(NamedTuple):
    """What turns shares into money: its kind, how preferred shares are treated, and its day, a proleptic ordinal."""

    kind: LiquidityKind
    treatment: Treatment
    day: Row


@dataclass(frozen=True)
class Table:
    """A cap table that is paid out: its ledger; rows of shape ``(n_paths,)`` or scalars."""

    ledger: Ledger

    def at(self, paths: Paths) -> "Table":
        """Give the same cap table on some paths."""
        return Table(self.ledger.at(paths))


@dataclass(frozen=True)
class Settlement:
    """What is paid to whom, by (holder, series); rows of the shape of the proceeds."""

    by_lot: Mapping[Lot, Row]


_REGIMES: Mapping[Treatment, Regime] = {"as_agreed": as_agreed, "all_converted": all_converted}


def pay_out(table: Table, liquidity: Liquidity, proceeds: Row) -> Settlement:
    """Pay out the proceeds of an exit, money of shape ``(n_paths,)`` or of any shape for one cap table.

    Raises ValueError for negative or unknown proceeds.
    """
    ledger = table.ledger.accrued_to(liquidity.day)
    return Settlement(payouts_by_lot(ledger, proceeds, _REGIMES[liquidity.treatment]))
