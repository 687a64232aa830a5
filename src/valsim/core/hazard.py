"""Chances per year: the key says whether it is a hazard or a probability."""

from typing import Self

import numpy as np
from pydantic import Field, model_validator

from valsim.core.block import Block, custom_error
from valsim.core.parameter import BelowOne, Hazard
from valsim.core.rows import Row


class Chance(Block):
    """Something that may happen at any time, with one of ``hazard`` and ``probability_per_year``."""

    hazard: Hazard | None = None
    """The chance per unit of time, such as ``20% per year``: within dt it is ``1 - exp(-hazard dt)``."""
    probability_per_year: BelowOne | None = Field(default=None, examples=["6%"])
    """The probability that it happens within a year, below 100 %: what is certain has a date, not a chance."""

    @property
    def per_year(self) -> Row:
        """The hazard per year: as stated, or ``-log(1 - probability_per_year)``."""
        if self.hazard is not None:
            return self.hazard
        return -np.log1p(-np.asarray(self.probability_per_year, dtype=np.float64))

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Self:
        if (self.hazard is None) == (self.probability_per_year is None):
            raise custom_error("chance", "expected one of hazard and probability_per_year", "e.g. hazard: 20% per year")
        return self
