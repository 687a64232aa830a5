"""Payoff diagrams of a cap table: what each kind of exit pays to whom, on the day of the exit."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple, Self

import numpy as np

from valsim.captable.liquidity.breakpoints import ROUNDING, lines
from valsim.captable.liquidity.pay_out import Liquidity, Table
from valsim.core.liquidity import LiquidityKind
from valsim.core.rows import Row
from valsim.core.timeline import DAYS_A_YEAR

FAR = 1_000_000.0
"""A day in the year 2738, by which whatever grows with time has grown."""


class Diagram(NamedTuple):
    """What one kind of exit of one cap table pays, as straight lines with jumps between them.

    From ``starts[i]`` to the next start a payee is paid ``levels[payee][i] + slopes[payee][i] (proceeds - starts[i])``. All have
    shape ``(segments,)``; the first start is 0 and the last line goes on for ever. The payees are costs, lenders, a carve-out
    and the classes: together they are paid the proceeds.
    """

    starts: Row
    levels: Mapping[str, Row]
    slopes: Mapping[str, Row]

    def paid(self, proceeds: Row) -> dict[str, Row]:
        """Give what everybody is paid out of proceeds of any shape; at a jump, what is paid above it.

        >>> diagram = Diagram(np.array([0.0, 5.0]), {"a": np.array([0.0, 5.0])}, {"a": np.array([1.0, 0.0])})
        >>> diagram.paid(np.array([2.0, 8.0]))["a"].tolist()
        [2.0, 5.0]
        """
        at = np.searchsorted(self.starts, proceeds, side="right") - 1
        beyond = proceeds - self.starts[at]
        return {name: level[at] + self.slopes[name][at] * beyond for name, level in self.levels.items()}

    @property
    def jumps(self) -> dict[str, Row]:
        """By how much each payout jumps at each start; what rounding alone makes of a bend is 0."""
        return {name: self._jumps(levels, self.slopes[name]) for name, levels in self.levels.items()}

    def _jumps(self, levels: Row, slopes: Row) -> Row:
        ends = levels[:-1] + slopes[:-1] * np.diff(self.starts)
        found = np.append(0.0, levels[1:] - ends)
        return np.where(np.abs(found) > ROUNDING * self.starts, found, 0.0)


@dataclass(frozen=True)
class Exits:
    """The exits that a cap table may have on a day, a proleptic ordinal; each diagram is drawn when it is first asked for.

    >>> from valsim.captable.ledger import Ledger
    >>> from valsim.captable.security.common import Common
    >>> exits = Exits(Table(Ledger({"common": Common()}, {("Ada", "common"): np.asarray(8e6)})), np.asarray(740000.0))
    >>> exits.diagram("acquisition").slopes["common"].tolist(), exits.grows
    ([1.0], False)
    """

    table: Table
    day: Row

    def diagram(self, kind: LiquidityKind) -> Diagram:
        """Give the payoff diagram of one kind of exit, the regime chosen by the charter."""
        if kind not in self._drawn:
            found = lines(self.table, Liquidity(kind, "by_charter", self.day))
            self._drawn[kind] = Diagram(found.starts, found.levels, found.slopes)
        return self._drawn[kind]

    def after(self, years: float) -> Self:
        """Give the exits of the same cap table some years later, what grows with time counted up to that day."""
        days = float(np.round(years * DAYS_A_YEAR))
        if not self.grows or days == 0:
            return self
        return self._later.setdefault(days, replace(self, day=self.day + days))

    @cached_property
    def grows(self) -> bool:
        """Whether what somebody is due grows with time, as with a cumulative dividend, a note or interest on a debt."""
        now, later = (self.table.ledger.accrued_to(np.asarray(day)).series for day in (self.day, FAR))
        owed = (self.table.senior.owed(day) for day in (self.day, FAR))
        return any(now[name] != later[name] for name in now) or len({float(each) for each in owed}) > 1

    @cached_property
    def _drawn(self) -> dict[LiquidityKind, Diagram]:
        return {}

    @cached_property
    def _later(self) -> dict[float, Self]:
        return {}
