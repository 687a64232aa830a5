"""Distributing proceeds inside a regime: to the classes, and from the payout of a class to each holder's lot."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from valsim.captable.curve import Curve, ratio, total
from valsim.captable.ledger import UNISSUED, Ledger, Lot
from valsim.captable.regime import Regime, as_agreed
from valsim.captable.waterfall import Payouts, waterfall
from valsim.core.rows import Row


class Payoff(NamedTuple):
    """What each class and each holder is paid at each of some exit values, shape ``(values,)``."""

    exit_values: Row
    by_class: Mapping[str, Row]
    by_holder: Mapping[str, Row]


def curves_of(ledger: Ledger, regime: Regime) -> dict[str, Curve]:
    """Give the payout curve of every series, its unissued shares left out."""
    return {name: regime.curve(name, security, ledger.outstanding(name)) for name, security in ledger.terms.items()}


def solved(ledger: Ledger, regime: Regime, proceeds: Row) -> Payouts:
    """Pay out proceeds to the classes in one regime, shape ``(n_paths,)`` or of any shape for one cap table.

    Raises ValueError for negative or unknown proceeds.
    """
    return waterfall(curves_of(ledger, regime), proceeds)


def payouts_by_lot(ledger: Ledger, proceeds: Row, regime: Regime) -> dict[Lot, Row]:
    """Pay out proceeds, shape ``(n_paths,)``, to every lot in one regime.

    Raises ValueError for negative or unknown proceeds.
    """
    return split(ledger, solved(ledger, regime, proceeds).payouts)


def split(ledger: Ledger, by_class: Mapping[str, Row]) -> dict[Lot, Row]:
    """Split the payout of each class by shares; unissued shares get nothing."""
    outstanding = {name: ledger.outstanding(name) for name in ledger.series}
    return {
        (holder, series): by_class[series] * (0.0 if holder == UNISSUED else ratio(shares, outstanding[series]))
        for (holder, series), shares in ledger.lots.items()
    }


def payoff(ledger: Ledger, exit_values: Row, regime: Regime = as_agreed) -> Payoff:
    """Give the payoff diagram of one cap table, such as ``ledger.at(0)``, over a grid of exit values."""
    exit_values = np.asarray(exit_values, dtype=float)
    by_class = solved(ledger, regime, exit_values).payouts
    lots = split(ledger, by_class)
    by_holder = {name: total(paid for (holder, _), paid in lots.items() if holder == name) for name in ledger.holders}
    return Payoff(exit_values, by_class, by_holder)
