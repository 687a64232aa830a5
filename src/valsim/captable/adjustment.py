"""Adjusting what a class paid: by its conversion price, or by common shares of the founders."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

import numpy as np

from valsim.captable.curve import ratio, total
from valsim.captable.ledger import UNISSUED, Ledger, Lot
from valsim.captable.term.valuation_adjustment import ValuationAdjustment
from valsim.core.rows import Row

Remedy: TypeAlias = Callable[[Ledger, str, ValuationAdjustment, Row], tuple[Ledger, Row]]
"""Makes up for a factor on the valuation of a class: gives the ledger after it, and the common shares that founders gave."""


def made_up(ledger: Ledger, series: str, term: ValuationAdjustment, factor: Row) -> tuple[Ledger, Row]:
    """Give the ledger in which the valuation that a class paid is multiplied by a factor, and the shares of founders that moved.

    ``factor`` has shape ``(n_paths,)`` and is 1 where nothing is adjusted.
    """
    return REMEDIES[term.by](ledger, series, term, factor)


def _by_conversion_price(ledger: Ledger, series: str, term: ValuationAdjustment, factor: Row) -> tuple[Ledger, Row]:
    del term
    price = ledger.series[series].conversion_price * factor  # type: ignore[attr-defined]
    return ledger.with_terms(series, conversion_price=price), np.zeros(np.shape(factor))


def _by_founder_shares(ledger: Ledger, series: str, term: ValuationAdjustment, factor: Row) -> tuple[Ledger, Row]:
    given = dict(_common_of(ledger, term.founders))
    left_out = {*term.founders, UNISSUED}
    gaining = {
        holder: held for (holder, name), held in ledger.lots.items() if name == series and holder not in left_out
    }
    available, everything = total(given.values()), total(gaining.values())
    counted = ledger.accrued_to(term.at.toordinal()).series[series]
    wanted = counted.as_converted(everything) * (1 / factor - 1)
    part = ratio(np.minimum(wanted, available), available)
    for (founder, common), held in given.items():
        for holder, shares in gaining.items():
            ledger = ledger.transfer(common, founder, holder, held * part * ratio(shares, everything))
    return ledger, available * part


def _common_of(ledger: Ledger, founders: tuple[str, ...]) -> Iterator[tuple[Lot, Row]]:
    lots = ((lot, held) for lot, held in ledger.lots.items() if lot[0] in founders)
    return ((lot, held) for lot, held in lots if ledger.series[lot[1]].is_common)


REMEDIES: Mapping[str, Remedy] = {"conversion_price": _by_conversion_price, "founder_shares": _by_founder_shares}
"""The ways to make up for a missed number, by their word in the document."""
