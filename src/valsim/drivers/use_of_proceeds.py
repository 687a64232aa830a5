"""Use of proceeds: what money that was raised is spent on, and what that does to the drivers after a while."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Self

import numpy as np
from pydantic import Field, model_validator

from valsim.core.block import Block, custom_error
from valsim.core.choose import choose
from valsim.core.errors import Problem
from valsim.core.parameter import Duration, Elasticity, Fraction, PositiveDuration, PositiveMoney
from valsim.core.replace import replace
from valsim.core.rows import Bools, Row, cut
from valsim.core.streams import Paths
from valsim.core.unit import Unit

YEAR = Unit.of("year")
ROUNDING = 1e-9
"""A rest that is smaller than this part of what a step spends is spent with it."""


class Response(Block):
    """What spending does to a row: the row is multiplied by ``(1 + effective / reference)^elasticity``.

    ``effective`` is the part of the money that works by now. This is the constant elasticity of a stock of knowledge (Griliches
    1979, Bell Journal of Economics 10, section 2): the first money moves most, and twice the stock moves the row by
    ``2^elasticity`` wherever it stands.

    >>> from valsim.core.parameter import at_medians
    >>> halved = at_medians(Response(elasticity=-1, reference="50M USD"))
    >>> float(np.exp(halved.log_factor(np.asarray(50e6))))
    0.5
    """

    example = "{elasticity: -0.2, reference: 40M USD}"

    elasticity: Elasticity
    """By how many percent the row moves where the stock of such spending grows by one percent, a plain number: below 0 it falls."""
    reference: PositiveMoney = Field(examples=["40M USD"])
    """The stock that the new money adds to: what such work has cost until the start, or would cost to repeat."""

    def log_factor(self, effective: Row) -> Row:
        """Give the logarithm of the factor on the row, shape ``(n_paths,)``."""
        return self.elasticity * np.log1p(effective / self.reference)


class Use(Block):
    """One use of the money that closings bring in.

    Its part of the money is spent evenly; where more comes before all is spent, what is left is spread anew together with it.
    The spending is burn, on top of the formula of ``cash_flow``: that formula leaves it out. What was spent works after a while:

        effective' = (spent - effective) / lag

    solved exactly within a step. A use without ``spent_over`` keeps its part in cash.
    """

    example = (
        "{share: 30%, spent_over: 18 months, lag: 9 months, moves: {arr.growth: {elasticity: 0.2, reference: 20M USD}}}"
    )

    share: Fraction
    """The part of the money that a closing brings in, where that closing has no split of its own; all shares add up to 100 %."""
    spent_over: PositiveDuration | None = Field(default=None, examples=["18 months"])
    """The time over which it is spent, evenly; without it, the money stays in cash."""
    lag: Duration | None = Field(default=None, examples=["9 months"])
    """How long spending takes to work, on average: after this time 63 % of what was spent does, after three times 95 %."""
    moves: Mapping[str, Response] = Field(
        default={}, examples=["{cost_per_inference: {elasticity: -0.2, reference: 40M USD}}"]
    )
    """What it does, by row: drivers, their parameters (``arr.growth``) or the multiple."""

    @model_validator(mode="after")
    def _works_only_when_spent(self) -> Self:
        if self.spent_over is None and (self.moves or self.lag is not None):
            message = "money that is never spent moves nothing"
            raise custom_error("use", message, "say how long spending it takes, e.g. spent_over: 18 months")
        if bool(self.moves) != (self.lag is not None):
            message = "what it moves, and after which lag, are said together"
            raise custom_error("use", message, "e.g. lag: 9 months; 0 months works at once")
        return self

    @property
    def is_spent(self) -> bool:
        """Whether it is ever spent, and does not stay in cash."""
        return self.spent_over is not None

    @property
    def lasts(self) -> Row:
        """The time over which it is spent, in years; endless where it stays in cash."""
        return np.asarray(np.inf) if self.spent_over is None else np.asarray(self.spent_over)

    @property
    def waits(self) -> Row:
        """The lag, in years; none where it moves nothing."""
        return np.asarray(0.0) if self.lag is None else np.asarray(self.lag)

    def factors(self, effective: Row) -> dict[str, Row]:
        """Give the logarithms of the factors on the rows that it moves, shape ``(n_paths,)``."""
        return {target: response.log_factor(effective) for target, response in self.moves.items()}

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report rows that do not exist or cannot be moved."""
        for target in self.moves:
            yield from context.target(("moves", target), target)


@dataclass(frozen=True)
class Budget:
    """Money that was raised for one use, rows of shape ``(n_paths,)``.

    What is ``unspent`` goes at ``per_year``; of what was ``spent`` a part is ``effective`` by now. ``cut`` says where cash did
    not last for what was due.
    """

    unspent: Row
    per_year: Row
    spent: Row
    effective: Row
    cut: Bools

    @classmethod
    def nothing(cls, paths: int) -> Self:
        """Give the budget of a use that no money was raised for."""
        zero = np.zeros(paths)
        return cls(zero, zero, zero, zero, np.zeros(paths, dtype=bool))

    @cached_property
    def spending(self) -> Row:
        """Money per year that is being spent now."""
        return choose(self.unspent > 0, self.per_year, 0.0)

    def raised(self, money: Row, spent_over: Row, paths: Paths) -> Self:
        """Give the budget with more money on some paths, spread with what is left over the time from now."""
        there = np.flatnonzero(money)
        if not there.size:
            return self
        here, more = paths[there], money[there]
        unspent, per_year = self.unspent.copy(), self.per_year.copy()
        unspent[here] += more
        paid = here[more > 0]
        per_year[paid] = unspent[paid] / cut(spent_over, paid)
        return replace(self, unspent=unspent, per_year=per_year)

    def due(self, dt: float) -> Row:
        """Give what is to be spent within ``dt`` years."""
        evenly = self.per_year * dt
        return choose(evenly < self.unspent * (1 - ROUNDING), evenly, self.unspent)

    def later(self, paid: Row, due: Row, lag: Row, dt: float) -> Self:
        """Give the budget ``dt`` years later, ``paid`` of what was ``due`` having been spent evenly for as long as it lasts.

        With ``gap = spent - effective`` and spending that lasts ``tau <= dt``:
        ``gap' = gap e^(-dt / lag) + paid (1 - e^(-tau / lag)) / (tau / lag) e^(-(dt - tau) / lag)``.
        """
        pace = 1 / choose(lag > 0, lag, 1.0)
        spends = self.per_year > 0
        lasts = choose(spends, due / choose(spends, self.per_year, 1.0), 0.0)
        worked = choose(lasts > 0, lasts * pace, 1.0)
        waiting = paid * (-np.expm1(-worked) / worked) * np.exp(-np.maximum(dt - lasts, 0.0) * pace)
        gap = choose(lag > 0, (self.spent - self.effective) * np.exp(-dt * pace) + waiting, 0.0)
        spent = self.spent + paid
        unspent, cut = self.unspent - paid, self.cut | (paid < due)
        return replace(self, unspent=unspent, spent=spent, effective=spent - gap, cut=cut)

    def working_where(self, alive: Bools, before: "Budget") -> Self:
        """Give the budget of which no more works on other paths than did before, where nothing is spent either."""
        return replace(self, effective=choose(alive, self.effective, before.effective))


def budget_rows(budgets: Mapping[str, Budget]) -> dict[str, Callable[[], Row]]:
    """Give what works out what formulas read of budgets, by row: in all, and for each use; nothing without any."""
    rows: dict[str, Callable[[], Row]] = {"spending": partial(_spending, budgets)} if budgets else {}
    for name, budget in budgets.items():
        rows |= {f"{what}.{name}": partial(getattr, budget, what) for what in ("spending", "spent", "effective")}
    return rows


def _spending(budgets: Mapping[str, Budget]) -> Row:
    return sum((budget.spending for budget in budgets.values()), np.asarray(0.0))


def budget_units(uses: Iterable[str], money: Unit) -> dict[str, Unit]:
    """Give the units of :func:`budget_rows` for some uses, money being counted in a currency."""
    units: dict[str, Unit] = {}
    for name in uses:
        units |= {"spending": money / YEAR, f"spending.{name}": money / YEAR}
        units |= {f"spent.{name}": money, f"effective.{name}": money}
    return units
