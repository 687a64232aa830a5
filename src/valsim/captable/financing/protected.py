"""The classes that anti-dilution terms protect: what they count as, and what a round has to know of them."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

import numpy as np
import numpy.typing as npt

from valsim.captable.curve import ZERO, stacked, total
from valsim.captable.ledger import UNISSUED, Ledger
from valsim.captable.term.anti_dilution import AntiDilution, Before, FirstClosing, Issue, Source
from valsim.core.replace import replace
from valsim.core.rows import Bools, Row


@dataclass(frozen=True)
class Protected:
    """Classes with the same anti-dilution term: the common shares they count as now and their conversion prices.

    Both of shape ``(classes, n_paths)``, or ``(classes, 1)`` where all paths agree; so is what is remembered of the round.
    """

    term: AntiDilution
    series: tuple[str, ...]
    common: Row
    conversion_price: Row
    first: FirstClosing | None

    def at(self, paths: npt.NDArray[np.intp]) -> "Protected":
        """Give the same classes on some paths."""
        common, price = (row if row.shape[1] == 1 else row[:, paths] for row in (self.common, self.conversion_price))
        first = self.first and self.first.each(lambda row: row if row.shape[1] == 1 else row[:, paths])
        return replace(self, common=common, conversion_price=price, first=first)

    def lowered(self, adjusted: Row, feasible: Bools) -> Iterator[tuple[str, Row]]:
        """Give the conversion prices that a round lowers on some path where it has a price, by class."""
        prices = np.where(feasible, adjusted, self.conversion_price)
        moved = np.any(prices != self.conversion_price, axis=1)
        for index in np.flatnonzero(moved):
            yield self.series[index], prices[index].reshape(feasible.shape)

    def split(self, first: FirstClosing, feasible: Bools) -> Iterator[tuple[str, FirstClosing]]:
        """Give what is remembered class by class; where there is no price, or nobody holds the class yet, nothing is."""
        shape = (len(self.series), feasible.size)
        counts = feasible & np.broadcast_to(self.common > 0, shape)
        whole = first.each(lambda row: np.where(counts, np.broadcast_to(row, shape), np.nan))
        for index, name in enumerate(self.series):
            yield name, whole.each(lambda row: row[index].reshape(feasible.shape))  # noqa: B023 - read at once


def shares_before(ledger: Ledger) -> Before:
    """Give the shares that anti-dilution terms may count, as converted."""
    issued, series = ledger.issued_as_converted, ledger.series
    return Before(
        np.asarray(ledger.fully_diluted()),
        total(row for (holder, _), row in ledger.as_converted().items() if holder == UNISSUED),
        total(row for name, row in issued.items() if series[name].is_common),
        total(row for name, row in issued.items() if series[name].converts),
    )


def protected_classes(ledger: Ledger, source: Source) -> Iterator[Protected]:
    """Put the protected classes with the same term together, so that each step works on all of them at once."""
    # In the order of their names: which series was issued first differs from path to path, and sums are in one order.
    found = {name: p for name, security in sorted(ledger.series.items()) if (p := security.protection()) is not None}
    common = dict.fromkeys(found, ZERO)
    for series, row in ledger.issued_as_converted.items():
        if (followed := ledger.series[series].follows(series)) in common:
            common[followed] = common[followed] + row
    # By equality: a term that holds an array has no hash.
    groups: list[tuple[AntiDilution, list[str]]] = []
    for name, protection in found.items():
        group = next((names for term, names in groups if term == protection.term), None)
        if group is None:
            groups.append((protection.term, [name]))
        else:
            group.append(name)
    for term, names in groups:
        prices = stacked(found[name].conversion_price for name in names)
        first = _together([ledger.first_closings.get((source.round, name)) for name in names])
        yield Protected(term, tuple(names), stacked(common[name] for name in names), prices, first)


def lowered(ledger: Ledger, issue: Issue) -> Ledger:
    """Give the ledger with the conversion prices that an issue at a known price leaves, every class adjusted from the same shares."""
    counted = ledger if issue.source.day is None else ledger.accrued_to(issue.source.day)
    before, after = shares_before(counted), ledger
    for protected in protected_classes(counted, issue.source):
        prices = protected.term.adjusted(protected.conversion_price, (issue,), before, protected.first)
        if np.any(prices != protected.conversion_price):
            for name, price in zip(protected.series, prices, strict=True):
                after = after.with_terms(name, conversion_price=price)
    return after


def _together(firsts: Sequence[FirstClosing | None]) -> FirstClosing | None:
    """Stack what is remembered of classes; where of none, nothing."""
    if not any(firsts):
        return None
    each = [first or FirstClosing.nothing() for first in firsts]
    return FirstClosing(*(stacked(rows) for rows in zip(*map(astuple, each), strict=True)))
