"""Refreshing an option pool: more shares for it every year, and options granted out of it."""

from collections.abc import Iterator
from datetime import date
from itertools import count, takewhile
from typing import Any, NamedTuple, Self

from pydantic import Field, model_validator

from valsim.captable.measure import ExercisePrice, stated
from valsim.core.block import Block, custom_error
from valsim.core.day import Day
from valsim.core.errors import Problem
from valsim.core.parameter import BelowOne, Fraction
from valsim.core.rows import Row
from valsim.core.timeline import after


class PoolRefresh(Block):
    """More shares for the option pool every year, and options granted out of it.

    On its day each year the unissued pool gets ``by`` of the fully diluted shares, or what brings it ``to`` a fraction of them;
    then ``granted_per_year`` of the fully diluted shares of that moment is granted, as far as the unissued pool goes. The options
    of each year are a class of their own, called after the pool and the day, with the exercise price of then:

        by         added   = by x fully diluted before
        to         added   = max(to x fully diluted after - unissued, 0)
        granted    options = min(granted_per_year x fully diluted after, unissued)

    At an exit they are paid ``options x vested x max(p - exercise_price, 0)``. A company that has ended grants nothing.
    """

    example = "{by: 4%, granted_per_year: 3%, exercise_price_of_last_round: 30%, vested: 50%}"

    first: Day | None = None
    """The first day, then the same day every year; without it, a year after the start."""
    by: Fraction | None = Field(default=None, examples=["4%"])
    """What is added each year, a fraction of the fully diluted shares before."""
    to: BelowOne | None = Field(default=None, examples=["10%"])
    """What the unissued pool is topped up to each year, a fraction of the fully diluted shares after."""
    granted_per_year: Fraction | None = Field(default=None, examples=["3%"])
    """The options granted each year, a fraction of the fully diluted shares; without it, none."""
    exercise_price: ExercisePrice | None = Field(default=None, examples=["0.5 USD"])
    """What the holder of an option granted then pays for one common share."""
    exercise_price_of_last_round: Fraction | None = Field(default=None, examples=["30%"])
    """The exercise price as a fraction of the price per share of the last round before the grant."""
    vested: Fraction | None = Field(default=None, examples=["50%"])
    """The fraction of the options granted then that may be exercised at the exit."""

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if self.by is not None and self.to is not None:
            raise custom_error(
                "pool_refresh", "a pool grows by a fraction, or is topped up to one, not both", "leave one out"
            )
        prices = [self.exercise_price, self.exercise_price_of_last_round]
        stated = len(prices) - prices.count(None)
        if self.granted_per_year is None and (stated or self.vested is not None):
            raise custom_error(
                "pool_refresh",
                "nothing is granted, so there is no exercise price and nothing vests",
                "state granted_per_year",
            )
        if self.granted_per_year is not None and (stated != 1 or self.vested is None):
            message = "options that are granted have one exercise price, and a part of them vests"
            help_text = "e.g. exercise_price_of_last_round: 30%, vested: 50%"
            raise custom_error("pool_refresh", message, help_text)
        if self.by is self.to is self.granted_per_year is None:
            raise custom_error("pool_refresh", "a refresh adds to the pool or grants out of it", "e.g. by: 4%")
        return self

    def days(self, start: date, end: date) -> tuple[date, ...]:
        """Give the days of a run on which it happens."""
        first = self.awaits(start)
        return tuple(takewhile(lambda day: day <= end, (after(first, years) for years in count())))

    def awaits(self, start: date) -> date:
        """Give the first day on which it happens."""
        return self.first or after(start, 1)

    def price(self, last_round: Row) -> Row:
        """Give the exercise price of options granted now, where the last round was at a price per share."""
        if self.exercise_price is not None:
            return self.exercise_price
        return last_round * stated(self.exercise_price_of_last_round)

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a first day outside the run, and a price of the last round where there may be none."""
        if self.first is not None:
            yield from context.dated(("first",), self.first)
        if self.exercise_price_of_last_round is not None and not context.has_price:
            message = "no class of the cap table has a price per share to take a fraction of"
            yield Problem(("exercise_price_of_last_round",), message, "state exercise_price", "key")


class Refresh(NamedTuple):
    """One refresh of a pool: its series, its terms and its day."""

    pool: str
    terms: PoolRefresh
    day: date

    @property
    def series(self) -> str:
        """The class of the options that are granted then."""
        return f"{self.pool} {self.day}"
