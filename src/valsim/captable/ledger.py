"""The ledger: who holds how many shares of which series, on every path."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

import numpy as np

from valsim.captable.curve import ZERO, ratio, total
from valsim.captable.security import Security
from valsim.captable.term.anti_dilution import FirstClosing
from valsim.core.replace import replace
from valsim.core.rows import Row, cut
from valsim.core.selection import Selected, select

UNISSUED = "unissued pool"
"""The holder of pool shares that nobody was granted: counted in the fully diluted total, paid nothing."""
OTHERS = "other holders"
"""The holder of the shares that no position names."""
ROUNDING = 1e-9
"""How far, relatively, shares may differ before they count as different: percentages are rarely written to more digits."""

Lot = tuple[str, str]
"""A holder and a series."""


@dataclass(frozen=True)
class Ledger:
    """Positions by path: ``series`` names the terms, ``lots`` the shares of each (holder, series), shape ``(n_paths,)``.

    Every change gives a new ledger that shares all rows it does not change.

    >>> from valsim.captable.security.common import Common
    >>> ledger = Ledger({}, {}).issue("common", Common(), {"Ada": np.array(6e6), "Bo": np.array(2e6)})
    >>> {holder: float(part) for holder, part in ledger.ownership().items()}
    {'Ada': 0.75, 'Bo': 0.25}
    """

    series: Mapping[str, Security]
    lots: Mapping[Lot, Row]
    first_closings: Mapping[tuple[str, str], FirstClosing] = field(default_factory=dict)
    """What is remembered of the first closing of a round, by round and class, where its closings count as one issue."""

    @cached_property
    def holders(self) -> tuple[str, ...]:
        """Everyone who holds a lot, in the order of their first one."""
        return tuple(dict.fromkeys(holder for holder, _ in self.lots))

    @cached_property
    def terms(self) -> Mapping[str, Security]:
        """The terms of every series, what they take from other series filled in."""
        return {name: security.related(self.series) for name, security in self.series.items()}

    def held(self, holder: str, series: str) -> Row:
        """Give a holder's shares of a series; none are zero."""
        return self.lots.get((holder, series), ZERO)

    def shares(self, series: str) -> Row:
        """Give all shares of a series, unissued ones included."""
        return total(shares for (_, name), shares in self.lots.items() if name == series)

    def outstanding(self, series: str) -> Row:
        """Give the shares of a series that somebody holds."""
        return total(shares for (holder, name), shares in self.lots.items() if name == series and holder != UNISSUED)

    def as_converted(self) -> Mapping[Lot, Row]:
        """Give the common shares that each lot counts as."""
        return self._as_converted

    @cached_property
    def _as_converted(self) -> Mapping[Lot, Row]:
        return {lot: self.terms[lot[1]].as_converted(shares) for lot, shares in self.lots.items()}

    def fully_diluted(self) -> Row:
        """Give the common shares that everything counts as together, the unissued pool included."""
        return self._fully_diluted

    @cached_property
    def _fully_diluted(self) -> Row:
        return total(self.as_converted().values())

    @cached_property
    def issued_as_converted(self) -> Mapping[str, Row]:
        """The common shares that what somebody holds of each series counts as."""
        found = dict.fromkeys(self.series, ZERO)
        for (holder, series), shares in self.as_converted().items():
            if holder != UNISSUED:
                found[series] = found[series] + shares
        return found

    def ownership(self) -> Mapping[str, Row]:
        """Give each holder's part of the fully diluted shares; they sum to 1 on every path."""
        return self._ownership

    @cached_property
    def _ownership(self) -> Mapping[str, Row]:
        lots = self.as_converted()
        everything = total(lots.values())
        mine = {name: total(shares for (holder, _), shares in lots.items() if holder == name) for name in self.holders}
        return {name: ratio(shares, everything) for name, shares in mine.items()}

    def issue(self, series: str, security: Security, shares: Mapping[str, Row]) -> Self:
        """Issue shares to holders; a series that exists keeps its own terms, its adjusted conversion price included.

        Raises ValueError for a negative number of shares.
        """
        if any(np.any(np.asarray(number) < 0) for number in shares.values()):
            raise ValueError(f"cannot issue a negative number of {series}")
        added = {(holder, series): self.held(holder, series) + number for holder, number in shares.items()}
        return self._with({**self.series, series: self.series.get(series, security.settled())}, {**self.lots, **added})

    def transfer(self, series: str, seller: str, buyer: str, shares: Row) -> Self:
        """Move shares from one holder to another.

        Raises ValueError where the seller has fewer, or for a negative number.
        """
        held = self.held(seller, series)
        if np.any((np.asarray(shares) < 0) | (np.asarray(shares) > held * (1 + ROUNDING))):
            raise ValueError(f"{seller} cannot sell more {series} than it has")
        moved = np.minimum(shares, held)
        lots = {**self.lots, (seller, series): held - moved}
        lots[buyer, series] = lots.get((buyer, series), ZERO) + moved
        return self._with(self.series, lots)

    def cancel(self, series: str, part: Row) -> Self:
        """Cancel a part of the shares of a series, the same of every holder's, such as what was bought back."""
        left = {lot: shares * (1 - part) if lot[1] == series else shares for lot, shares in self.lots.items()}
        return self._with(self.series, left)

    def retired(self, holder: str, series: str, shares: Row) -> Self:
        """Cancel some of a holder's shares, such as those that the company bought from it."""
        return self._with(self.series, {**self.lots, (holder, series): self.held(holder, series) - shares})

    def exchange(self, holder: str, series: str, shares: Row, into: str, gained: Row) -> Self:
        """Turn some of a holder's shares of a series into so many shares of another."""
        lots = {**self.lots, (holder, series): self.held(holder, series) - shares}
        return self._with(self.series, lots | {(holder, into): self.held(holder, into) + gained})

    def split(self, factor: float) -> Self:
        """Give the ledger after each share became ``factor`` shares; SAFEs and notes, which are money, stay as they are."""
        series = {name: security.split(factor) for name, security in self.series.items()}
        lots = {lot: held if series[lot[1]].is_convertible else held * factor for lot, held in self.lots.items()}
        first = {key: rows.split(factor) for key, rows in self.first_closings.items()}
        return replace(self._with(series, lots), first_closings=first)

    @property
    def common(self) -> str:
        """The name of the first series of common shares, which others convert into.

        Raises ValueError for a cap table without any.
        """
        for name, security in self.series.items():
            if security.is_common:
                return name
        raise ValueError("the cap table has no common shares to convert into")

    def with_terms(self, series: str, **rows: Any) -> Self:
        """Give a series other terms, such as ``conversion_price``."""
        return replace(self, series={**self.series, series: self.series[series].but(**rows)})

    def accrued_to(self, day: Row | float) -> Self:
        """Give the same ledger with what grows with time counted up to a day, a proleptic ordinal."""
        terms = self.series.items()
        grown = {name: now for name, each in terms if (now := each.accrued_to(day)) is not each}
        return replace(self, series={**self.series, **grown}) if grown else self

    def joined(self, series: str, new: Row, day: Row | float) -> Self:
        """Give the ledger before new shares of a series join the others on a day, with the terms that all then have."""
        terms = self.series[series].joined(self.shares(series), new, day)
        return replace(self, series={**self.series, series: terms})

    def remembering(self, issue: str, first_closings: Mapping[str, FirstClosing]) -> Self:
        """Give the ledger that knows of the first closing of a round, by class."""
        added = {(issue, series): rows for series, rows in first_closings.items()}
        return replace(self, first_closings={**self.first_closings, **added}) if added else self

    def at(self, paths: Selected) -> Self:
        """Give the same ledger on some paths only (a slice, an index, or a mask); what all paths share stays a scalar."""
        series = {name: select(security, paths) for name, security in self.series.items()}
        first = {key: rows.each(lambda row: cut(row, paths)) for key, rows in self.first_closings.items()}
        lots = {lot: cut(shares, paths) for lot, shares in self.lots.items()}
        return replace(self._with(series, lots), first_closings=first)

    def _with(self, series: Mapping[str, Security], lots: Mapping[Lot, Row]) -> Self:
        # Sums add in the order of the names, whatever happened in which order: the same bits on every path.
        return replace(self, series=series, lots=dict(sorted(lots.items())))
