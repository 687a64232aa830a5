"""Recurring revenue, customers or users: what is sold, what is kept of it and what is lost."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, Self, TypeAlias

import numpy as np
from pydantic import PrivateAttr

from valsim.core.block import Block
from valsim.core.choose import choose
from valsim.core.errors import Path, Problem
from valsim.core.expression import Expression
from valsim.core.parameter import Factor, Fraction, PositiveLevel, Retention, Volatility
from valsim.core.rows import Row, Rows
from valsim.core.unit import Unit
from valsim.drivers.process.base import Process, lognormal_factor, mean_left


class FirstYear(Block):
    """What is kept of a sale over its first year, where that is not what is kept over later ones."""

    example = "{gross_retention: 40%, net_retention: 48%, part_of_start: 60%}"

    gross_retention: Retention
    """The part of a sale that is still there after a year, before what its customers add, a fraction above 0."""
    net_retention: Factor | None = None
    """The same with what its customers add; without it they add nothing."""
    part_of_start: Fraction
    """The part of the opening level that was sold within the year before, evenly over it."""


class CohortRetention(Process):
    """Recurring revenue, customers or users, by what is sold, kept and lost.

    ``dS = new dt + log(net_retention) S dt + volatility S dW``: of what there is, ``-log(gross_retention) S`` is lost a year
    (``churned``) and ``log(net_retention / gross_retention) S`` comes from those who stay (``expanded``), so that
    ``new - churned + expanded`` is what the level rises by. Net retention is gross retention with expansion, so it is at least
    as high; where it is drawn below, as much is lost as net retention says. With ``first_year`` a sale is kept at the
    first year's rates until it is a year old, and at the others from then on. Over a step ``new`` is steady and the
    cohorts are followed exactly, whatever the step; then comes the shock, of mean 1. With steady sales and volatility 0 the level
    tends to ``new / -log(net_retention)``.
    """

    example = "{kind: cohort_retention, start: 40M USD/year, new: sales, gross_retention: 88%, net_retention: 104%, volatility: 10%}"

    carries = ("_young",)

    kind: Literal["cohort_retention"]
    """Names this process."""
    start: PositiveLevel
    """The level at the start."""
    new: Expression
    """What is sold per year to new customers, a formula of drivers in the unit of the level per year."""
    gross_retention: Retention
    """What is left after a year of what there was, before what customers add, a fraction above 0: cancelled and reduced
    contracts count, new ones and larger ones do not."""
    net_retention: Factor | None = None
    """What has become after a year of what there was, with what its customers add; above 100% they add more than others take
    away. Without it they add nothing."""
    first_year: FirstYear | None = None
    """What is kept over the first year of a sale; without it as much as later."""
    volatility: Volatility
    """Standard deviation of the logarithm per square root of a year."""

    _young: tuple["Young", ...] = PrivateAttr(default=())

    def begun(self, start: date) -> Self:
        """Give the level with what was sold within the year before."""
        del start
        if self.first_year is None:
            return self
        return self.but(_young=(Young(0.0, 1.0, self.first_year.part_of_start),))

    @property
    def reads(self) -> frozenset[str]:
        """The drivers in ``new``."""
        return self.new.names

    @property
    def readings(self) -> Mapping[str, Unit]:
        """What is lost and what customers add, per year."""
        return dict.fromkeys(("churned", "expanded"), self.level_unit / Unit.of("year"))

    @property
    def churned(self) -> Row:
        """What is lost per year now: ``-log(gross_retention) S``, by age where the first year differs."""
        return self._per_year(_loss)

    @property
    def expanded(self) -> Row:
        """What customers who stay add per year now: ``log(net_retention / gross_retention) S``."""
        return self._per_year(lambda kept: _loss(kept) - _decline(kept))

    def _per_year(self, rate: Callable[["Kept"], Row]) -> Row:
        young = sum((each.part for each in self._young), NONE)
        return self.start * (young * rate(self.first_year or self) + (1 - young) * rate(self))

    def advance(self, dt: float, shock: Row, rows: Rows) -> Self:
        """Keep, lose and sell for one step."""
        sold = np.maximum(self.new(rows), 0.0)
        step = self._sold_alike if self.first_year is None else self._sold_by_age
        level, young = step(dt, sold)
        return self.but(start=level * lognormal_factor(self.volatility, dt, shock), _young=young)

    def _sold_alike(self, dt: float, sold: Row) -> tuple[Row, tuple["Young", ...]]:
        late = _decline(self)
        return self.start * np.exp(-late * dt) + sold * _left(late, 0.0, dt), ()

    def _sold_by_age(self, dt: float, sold: Row) -> tuple[Row, tuple["Young", ...]]:
        """Follow every cohort below a year of age by itself; all above it are one."""
        early, late = _decline(self.first_year or self), _decline(self)
        aged = [each.later(dt, early, late) for each in self._young]
        old = self.start * (1 - sum((each.part for each in self._young), NONE)) * np.exp(-late * dt)
        old = old + self.start * sum((matured for _, matured in aged), NONE)
        old = old + sold * np.exp(-early) * _left(late, 0.0, max(dt - 1.0, 0.0))
        young = [replace(each, part=each.part * self.start) for each, _ in aged if each.youngest < each.oldest]
        young += [Young(0.0, min(dt, 1.0), sold * _left(early, 0.0, min(dt, 1.0)))] if dt > 0 else []
        level = sum((each.part for each in young), old)
        whole = choose(level == 0, 1.0, level)
        return level, tuple(replace(each, part=each.part / whole) for each in young)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report sales that are not the level's unit per year, and a net retention below the gross one."""
        yield from super().problems(context)
        yield from context.formula(("new",), self.new, str(self.level_unit / Unit.of("year")))
        yield from _contradictions((), self)
        if self.first_year is not None:
            yield from _contradictions(("first_year",), self.first_year)


Kept: TypeAlias = FirstYear | CohortRetention
"""What says how much is kept."""
NONE: Row = np.zeros(())


@dataclass(frozen=True)
class Young:
    """What was sold over a time that is less than a year ago: its ages in years, and its part of the level."""

    youngest: float
    oldest: float
    part: Row

    def later(self, dt: float, early: Row, late: Row) -> tuple["Young", Row]:
        """Give what is left of it after ``dt`` years, as parts of the level before: what is below a year of age, and what is above.

        Of a steady sale ``exp(-early age)`` is left at each age, so a cohort that comes to a year of age within the step is parted
        exactly.
        """
        parting = min(max(1.0 - dt, self.youngest), self.oldest)
        whole = _left(early, self.youngest, self.oldest)
        kept = self.part * np.exp(-early * dt) * _left(early, self.youngest, parting) / whole
        matured = self.part * np.exp(-early - late * (dt - 1.0)) * _left(late, parting, self.oldest) / whole
        return Young(self.youngest + dt, parting + dt, kept), matured


def _left(rate: Row, youngest: float, oldest: float) -> Row:
    """Give what is left of a steady sale of one a year, between two ages: ``int exp(-rate age) d age``."""
    length = rate * (oldest - youngest)
    return np.exp(-rate * youngest) * (oldest - youngest) * mean_left(length)


def _decline(kept: Kept) -> Row:
    """Give the rate at which a level falls by itself; below zero where its customers add more than others take away."""
    return -np.log(kept.gross_retention if kept.net_retention is None else kept.net_retention)


def _loss(kept: Kept) -> Row:
    return np.maximum(-np.log(kept.gross_retention), _decline(kept))


def _contradictions(path: Path, kept: Kept) -> Iterator[Problem]:
    """Report a net retention below the gross one at the medians, and warn of one where both are equally low or high."""
    gross: Any = kept.gross_retention
    net: Any = kept.net_retention
    below = [] if net is None else [u for u in (0.5, 0.1, 0.9) if _at(net, u) < _at(gross, u)]
    if not below:
        return
    message = f"net retention is gross retention with what customers add, yet {net.given} is below {gross.given}"
    advice = "raise net_retention, or lower gross_retention"
    if below[0] == 0.5:
        yield Problem((*path, "net_retention"), message, advice, code="retention")
    else:
        where = f"{message} where both are {'low' if below[0] < 0.5 else 'high'}"
        yield Problem((*path, "net_retention"), where, advice, code="retention", severity="warning")


def _at(value: Any, u: float) -> float:
    return float(value.at(np.asarray(u)))
