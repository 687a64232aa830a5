"""The broad-based weighted average."""

from typing import Literal

from pydantic import Field

from valsim.captable.term.anti_dilution.base import Before
from valsim.captable.term.anti_dilution.weighted_average import WeightedAverage
from valsim.core.block import READING
from valsim.core.rows import Row


class BroadBasedWeightedAverage(WeightedAverage):
    """A cheaper issue lowers the conversion price by its weight: ``CP2 = CP1 (A + B) / (A + C)``.

    ``A`` = fully diluted shares before, ``B`` = shares that the new money would have bought at ``CP1``, ``C`` = new shares.

    >>> import numpy as np
    >>> from valsim.captable.term.anti_dilution.base import Issue
    >>> before, issue = Before(np.array(14e6)), Issue(np.array(1.25), np.array(4e6))
    >>> round(float(BroadBasedWeightedAverage().adjusted(np.array(2.5), [issue], before)), 6)
    2.222222
    """

    example = "{kind: broad_based_weighted_average, unissued_pool: left_out, exempt: [option_pool, convertibles], closings: one_issue, within: 90 days}"

    kind: Literal["broad_based_weighted_average"] = "broad_based_weighted_average"
    """Names this kind."""
    unissued_pool: Literal["counted", "left_out"] = Field(default="counted", json_schema_extra={READING: True})
    """Whether ``A`` counts the unissued pool: ``counted`` with all other fully diluted shares, or ``left_out``, so that only what is
    outstanding or granted counts. The bare word is ``counted``."""

    def shares_before(self, before: Before) -> Row:
        """Give the fully diluted shares."""
        return before.fully_diluted - (before.unissued if self.unissued_pool == "left_out" else 0.0)
