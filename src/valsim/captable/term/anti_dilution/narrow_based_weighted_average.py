"""The narrow-based weighted average."""

from typing import Literal

from pydantic import Field

from valsim.captable.term.anti_dilution.base import Before
from valsim.captable.term.anti_dilution.weighted_average import WeightedAverage
from valsim.core.block import READING
from valsim.core.rows import Row


class NarrowBasedWeightedAverage(WeightedAverage):
    """A cheaper issue lowers the conversion price by its weight: ``CP2 = CP1 (A + B) / (A + C)``.

    ``A`` = the shares outstanding before, without options and the pool, so that a new share weighs more than in the broad-based
    average. ``B`` = shares that the new money would have bought at ``CP1``, ``C`` = new shares.

    >>> import numpy as np
    >>> from valsim.captable.term.anti_dilution.base import Issue
    >>> before, issue = Before(np.array(14e6), common=np.array(8e6), preferred=np.array(4e6)), Issue(np.array(1.25), np.array(4e6))
    >>> term = NarrowBasedWeightedAverage(base="common_and_preferred")
    >>> round(float(term.adjusted(np.array(2.5), [issue], before)), 6)
    2.1875
    """

    example = "{kind: narrow_based_weighted_average, base: common_and_preferred}"

    kind: Literal["narrow_based_weighted_average"] = "narrow_based_weighted_average"
    """Names this kind."""
    base: Literal["common", "common_and_preferred"] = Field(json_schema_extra={READING: True})
    """Which shares ``A`` counts: ``common`` alone, or ``common_and_preferred`` with the preferred shares as converted. Neither
    counts options, warrants, SAFEs, notes or the pool."""

    def shares_before(self, before: Before) -> Row:
        """Give the outstanding shares that are counted."""
        return before.common + (before.preferred if self.base == "common_and_preferred" else 0.0)
