"""Valuation adjustment: what holders get where the company misses a number that it promised."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from valsim.core.amount import NumberOrFormula, amount
from valsim.core.block import Block, custom_error, nearest_help
from valsim.core.day import Day
from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.parameter import FRACTION, Domain
from valsim.core.replace import replace
from valsim.core.rows import Bools, Row, Rows

_PART = Domain(FRACTION, above=0.0, at_most=1.0)


class ValuationAdjustment(Block):
    """What the holders of a class get at a date where the company missed a number that it promised.

    The valuation that they paid is multiplied by ``factor``, so that the class counts as ``1 / factor`` times the common shares.
    It gets the difference in one of two ways: by ``conversion_price``, which is multiplied by the factor and dilutes everybody
    else; or by ``founder_shares``, which the founders hand over for nothing and nobody else loses:

        conversion price      CP2 = CP1 x factor
        founder shares        common shares moved = as-converted shares x (1 / factor - 1)

    Founders give in proportion to the common shares that they hold, and never more than those; what they cannot give is not made
    up for. Holders of the class get them in proportion to their shares of it. A company that has ended adjusts nothing.
    """

    example = "{at: 2027-12-31, when: arr < 50M USD/year, factor: arr / 50M USD/year, factor_at_least: 60%, by: conversion_price}"

    at: Day
    """The date on which the number is looked at."""
    when: Expression
    """The condition under which the valuation is adjusted, such as ``arr < 50M USD/year``."""
    factor: Annotated[Any, NumberOrFormula(_PART)] = Field(examples=["80%"])
    """What the valuation is multiplied by: a fraction, or a formula such as what was reached over what was promised. Above 1 it
    counts as 1."""
    factor_at_least: Annotated[Row, _PART] | None = Field(default=None, examples=["60%"])
    """The lowest factor; a formula needs one. What is no number, such as zero over zero, counts as this."""
    by: Literal["conversion_price", "founder_shares"]
    """What makes up for it: a lower conversion price, or common shares of the founders."""
    founders: tuple[str, ...] = Field(default=(), strict=False, examples=["[Founder]"])
    """The holders who give common shares, by name."""

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if isinstance(self.factor, Expression) and self.factor_at_least is None:
            message = "a factor that is a formula may fall to nothing, and the shares grow without end"
            raise custom_error("valuation_adjustment", message, "state the lowest, e.g. factor_at_least: 60%")
        if (self.by == "founder_shares") != bool(self.founders):
            message = "names the founders who give shares" if self.by == "founder_shares" else "takes no founders"
            raise custom_error("valuation_adjustment", f"by: {self.by} {message}", "e.g. founders: [Founder]")
        return self

    def factors(self, rows: Rows) -> Row:
        """Give the factor of now, shape ``(n_paths,)``."""
        lowest = 0.0 if self.factor_at_least is None else self.factor_at_least
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.fmin(np.fmax(amount(self.factor, rows), lowest), 1.0)

    def awaits(self, start: date) -> date:
        """Give the date on which the number is looked at."""
        del start
        return self.at

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a date outside the run, formulas that do not fit, and founders who hold nothing."""
        yield from context.dated(("at",), self.at)
        yield from context.condition(("when",), self.when)
        yield from context.amount(("factor",), self.factor, "1")
        yield from self.unknown_founders(context.holders)

    def unknown_founders(self, holders: Collection[str]) -> Iterator[Problem]:
        """Report founders who are none of the holders."""
        for i, founder in enumerate(self.founders):
            if founder not in holders:
                message = f"nobody called {founder!r} holds shares at the start"
                help_text = nearest_help(founder, holders) or "name holders of captable.positions"
                yield Problem(("founders", i), message, help_text, code="unknown_name")


@dataclass(frozen=True)
class Adjusted:
    """What became of the adjustment of a class: where it struck, by which factor, and the common shares that founders gave.

    Rows of shape ``(n_paths,)``; where it did not strike the factor is 1.
    """

    struck: Bools
    factor: Row
    founder_shares: Row

    @classmethod
    def nowhere(cls, paths: int) -> "Adjusted":
        """Give the state in which nothing was adjusted."""
        return cls(np.zeros(paths, dtype=bool), np.ones(paths), np.zeros(paths))

    def split(self, factor: float) -> "Adjusted":
        """Give the same after one share became ``factor`` shares."""
        return replace(self, founder_shares=self.founder_shares * factor)

    def columns(self, series: str) -> dict[tuple[str, ...], Any]:
        """Give what is told of each path at its end."""
        return {("valuation adjustment", series, what.replace("_", " ")): row for what, row in vars(self).items()}
