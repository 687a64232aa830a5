"""Paying out an exit: from what a sale pays to every holder, through the three layers of a waterfall.

What grows with time is counted up to the day. What is senior to shareholders is paid. The charter chooses the regime, and in
it the waterfall pays the classes and their holders.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from valsim.captable.curve import Curve, ratio, total
from valsim.captable.ledger import Ledger, Lot
from valsim.captable.liquidity.charter import Solved, chosen
from valsim.captable.liquidity.distribute import Parted, parted
from valsim.captable.liquidity.senior.paid_first import NOBODY_FIRST, PaidFirst, Senior, paid_first
from valsim.captable.waterfall import CONVERTS, INDIFFERENT, KEEPS, SAME, Decision, calls_worth, checked
from valsim.core.liquidity import LiquidityKind, Treatment
from valsim.core.rows import NOWHERE, Bools, Row
from valsim.core.selection import select
from valsim.core.streams import Paths


class Liquidity(NamedTuple):
    """What turns shares into money: its kind, how preferred shares are treated, and its day, a proleptic ordinal."""

    kind: LiquidityKind
    treatment: Treatment
    day: Row


@dataclass(frozen=True)
class Table:
    """A cap table that is paid out: its ledger, and what is paid before it; rows of shape ``(n_paths,)`` or scalars."""

    ledger: Ledger
    senior: Senior = NOBODY_FIRST

    def at(self, paths: Paths) -> "Table":
        """Give the same cap table on some paths."""
        return Table(self.ledger.at(paths), select(self.senior, paths))


@dataclass(frozen=True)
class Settlement:
    """What is paid to whom, first and then by class and by (holder, series); rows of the shape of the proceeds."""

    ledger: Ledger
    solved: Solved
    first: PaidFirst
    parts: Parted

    @property
    def by_class(self) -> Mapping[str, Row]:
        """What each class is paid."""
        return self.parts.by_class(self.solved.paid.payouts)

    @property
    def payees(self) -> Mapping[str, Row]:
        """What everybody is paid, those first who are paid first: together, the proceeds."""
        first = {
            "transaction_costs": self.first.transaction_costs,
            **self.first.debt,
            "carve_out": self.first.carve_out,
        }
        return {**first, **self.by_class}

    @cached_property
    def by_lot(self) -> Mapping[Lot, Row]:
        """What each holder is paid for each series."""
        return self.parts.by_lot(self.solved.paid.payouts)

    @cached_property
    def by_holder(self) -> Mapping[str, Row]:
        """What each holder is paid for all it has."""
        return held_by(self.ledger, self.by_lot)

    @property
    def price(self) -> Row:
        """The price of one common share: at a listing the offer price."""
        return self.solved.paid.price

    @property
    def blocked(self) -> Bools:
        """Where a class stopped the listing and all are paid as in a sale."""
        return np.broadcast_to(self.solved.blocked, np.shape(self.price))

    @cached_property
    def converts(self) -> Mapping[str, Decision]:
        """Whether each class that can become common, or take shares for its money, does."""
        found = {name: self._decision(name) for name, security in self.ledger.series.items() if security.converts}
        found |= self.parts.decided(self.solved.paid.decided)
        forced = self.solved.became_common
        return {
            name: np.where(forced.get(name, NOWHERE), CONVERTS, choice).astype(np.int8)
            for name, choice in found.items()
        }

    def _decision(self, name: str) -> Decision:
        # Both payouts at the level that was solved: the fill of every rank, and the price of a common share.
        security, shares = self.ledger.terms[name], self.ledger.outstanding(name)
        kept, common, claimed = security.kept(shares), security.converted(shares), self.solved.paid.claimed[name]
        filled = ratio(claimed, _claims(kept))
        holding = claimed + calls_worth(kept.calls, self.price)
        converted = filled * _claims(common) + calls_worth(common.calls, self.price)
        apart = np.abs(converted - holding) > SAME * np.maximum(converted, holding)
        return np.where(apart, np.where(converted > holding, CONVERTS, KEEPS), INDIFFERENT).astype(np.int8)


def _claims(curve: Curve) -> Row:
    return total(claim.amount for claim in curve.claims)


def held_by(ledger: Ledger, lots: Mapping[Lot, Row]) -> dict[str, Row]:
    """Add up what lots are paid by holder."""
    return {name: total(paid for (holder, _), paid in lots.items() if holder == name) for name in ledger.holders}


def pay_out(table: Table, liquidity: Liquidity, proceeds: Row) -> Settlement:
    """Pay out the proceeds of an exit, money of shape ``(n_paths,)`` or of any shape for one cap table.

    Raises ValueError for negative or unknown proceeds.
    """
    ledger, proceeds = table.ledger.accrued_to(liquidity.day), checked(proceeds)
    rule, parts = chosen(liquidity.kind, liquidity.treatment), parted(ledger)
    first = _first(table, liquidity, parts, np.ravel(proceeds))
    paid = rule(parts.ledger, first.left)
    return Settlement(ledger, paid.reshaped(proceeds.shape), first.reshaped(proceeds.shape), parts)


def pay_first(table: Table, liquidity: Liquidity, proceeds: Row) -> PaidFirst:
    """Pay out proceeds to those alone who are paid before shareholders, money of any shape for one cap table."""
    proceeds, parts = checked(proceeds), parted(table.ledger.accrued_to(liquidity.day))
    return _first(table, liquidity, parts, np.ravel(proceeds)).reshaped(proceeds.shape)


def _first(table: Table, liquidity: Liquidity, parts: Parted, proceeds: Row) -> PaidFirst:
    rule = chosen(liquidity.kind, liquidity.treatment)

    def equity(left: Row, paths: Paths) -> dict[str, Row]:
        here = parts if paths.size == proceeds.size else Parted(parts.ledger.at(paths), parts.names)
        return held_by(table.ledger, here.by_lot(rule(here.ledger, left).paid.payouts))

    return paid_first(table.senior, liquidity.kind, liquidity.day, proceeds, equity)
