"""Chances per year: the key says whether it is a hazard or a probability."""

from collections.abc import Iterator
from typing import Any, Self

import numpy as np
from pydantic import Field, model_validator

from valsim.core.amount import ChanceBelowOne, HazardAmount, amount
from valsim.core.block import Block
from valsim.core.either import expect_one_of
from valsim.core.errors import Problem
from valsim.core.rows import Row, Rows

SURELY = 1 - 2.0**-53
"""The largest probability below 1: where a formula says more, the event is as sure as a number can tell."""


class Chance(Block):
    """Something that may happen at any time, with one of ``hazard`` and ``probability_per_year``.

    Either may be a formula, read at the start of what it decides. Where a formula is below zero, or has no value, there is no
    chance.
    """

    hazard: HazardAmount | None = None
    """The chance per unit of time, such as ``20% per year``: within dt it is ``1 - exp(-hazard dt)``."""
    probability_per_year: ChanceBelowOne | None = Field(default=None, examples=["6%"])
    """The probability that it happens within a year, below 100 %: what is certain has a date, not a chance."""

    def per_year(self, rows: Rows) -> Row:
        """Give the hazard per year now, shape ``(n_paths,)``: as stated, or ``-log(1 - probability_per_year)``."""
        if self.hazard is not None:
            return np.fmax(amount(self.hazard, rows), 0.0)
        probability = np.fmax(amount(self.probability_per_year, rows), 0.0)
        return -np.log1p(-np.minimum(probability, SURELY))

    @property
    def reads(self) -> frozenset[str]:
        """The rows that a formula of it reads."""
        stated = (self.hazard, self.probability_per_year)
        return frozenset().union(*(getattr(each, "names", ()) for each in stated))

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a formula that is no chance."""
        yield from super().problems(context)
        yield from context.amount(("hazard",), self.hazard, "1/year")
        yield from context.amount(("probability_per_year",), self.probability_per_year, "1")

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Self:
        expect_one_of(self, "hazard", "probability_per_year", code="chance", example="hazard: 20% per year")
        return self
