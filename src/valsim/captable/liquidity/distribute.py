"""Distributing proceeds inside a regime: to the classes, and from the payout of a class to each holder's lot."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from valsim.captable.conversion import conversions
from valsim.captable.curve import ratio, total
from valsim.captable.ledger import UNISSUED, Ledger, Lot
from valsim.captable.liquidity.converting import solved
from valsim.captable.liquidity.exit_curves import curves_of
from valsim.captable.liquidity.regime import Regime
from valsim.captable.waterfall import CONVERTS, Decision
from valsim.core.replace import replace
from valsim.core.rows import Row

__all__ = ["curves_of", "payouts_by_lot", "solved", "split"]


class Parted(NamedTuple):
    """A ledger in which whoever decides alone has a series of its own, and the class that each of these was."""

    ledger: Ledger
    names: Mapping[str, str]

    def by_class(self, payouts: Mapping[str, Row]) -> Mapping[str, Row]:
        """Add up what the series of each class are paid."""
        return (
            {
                name: total(row for part, row in payouts.items() if self.names.get(part, part) == name)
                for name in dict.fromkeys(self.names.get(part, part) for part in payouts)
            }
            if self.names
            else payouts
        )

    def decided(self, decisions: Mapping[str, Decision]) -> dict[str, Decision]:
        """Say what each class does: where its holders decide each alone, it converts if one of them does."""
        found: dict[str, Decision] = {}
        for part, decision in decisions.items():
            name = self.names.get(part, part)
            earlier = found.get(name, decision)
            found[name] = np.where(
                (earlier == CONVERTS) | (decision == CONVERTS), CONVERTS, np.maximum(earlier, decision)
            )
        return found

    def by_lot(self, payouts: Mapping[str, Row]) -> dict[Lot, Row]:
        """Split what each series is paid among its holders, by class."""
        lots = split(self.ledger, payouts)
        return {(holder, self.names.get(part, part)): row for (holder, part), row in lots.items()}


def parted(ledger: Ledger) -> Parted:
    """Give each holder of a class whose holders decide each alone a series of its own."""
    alone = {name for name, terms in conversions(ledger).items() if terms.converting == "per_holder"}
    own = {(holder, name): f"{name}, {holder}" for holder, name in ledger.lots if name in alone}
    if not own:
        return Parted(ledger, {})
    series = {
        part: security
        for name, security in ledger.series.items()
        for part in ([part for (_, of), part in own.items() if of == name] or [name])
    }
    lots = {(holder, own.get((holder, name), name)): held for (holder, name), held in ledger.lots.items()}
    return Parted(replace(ledger, series=series, lots=lots), {part: name for (_, name), part in own.items()})


def payouts_by_lot(ledger: Ledger, proceeds: Row, regime: Regime) -> dict[Lot, Row]:
    """Pay out proceeds, shape ``(n_paths,)``, to every lot in one regime.

    Raises ValueError for negative or unknown proceeds.
    """
    parts = parted(ledger)
    return parts.by_lot(solved(parts.ledger, regime, proceeds).payouts)


def split(ledger: Ledger, by_class: Mapping[str, Row]) -> dict[Lot, Row]:
    """Split the payout of each class by shares; unissued shares get nothing."""
    outstanding = {name: ledger.outstanding(name) for name in ledger.series}
    return {
        (holder, series): by_class[series] * (0.0 if holder == UNISSUED else ratio(shares, outstanding[series]))
        for (holder, series), shares in ledger.lots.items()
    }
