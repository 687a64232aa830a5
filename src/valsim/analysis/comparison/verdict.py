"""Whether a difference between two cases is told apart from the noise, and how many paths would tell it."""

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from valsim.analysis.measured import Measured
from valsim.analysis.spread import Plain, number

TELLS = 2.0
"""A difference of fewer standard errors than this is not told apart from none."""
Paths: TypeAlias = int | None


@dataclass(frozen=True)
class Verdict:
    """A difference of paired runs, and what may be said of it.

    >>> told = Verdict(Measured.mean(np.array([1.0, -1.0, 2.0, 0.0])))
    >>> told.is_told_apart, told.paths_to_tell
    (False, 27)
    """

    difference: Measured

    @property
    def is_known(self) -> bool:
        """Whether the difference exists, with its error."""
        return bool(np.isfinite(self.difference.value) and np.isfinite(self.difference.standard_error))

    @property
    def is_none(self) -> bool:
        """Whether no path differs at all."""
        return self.difference.value == 0 and self.difference.standard_error == 0

    @property
    def is_told_apart(self) -> bool:
        """Whether the difference is at least two standard errors; where it is not, the two are not ranked."""
        value, error = self.difference.value, self.difference.standard_error
        return self.is_known and value != 0 and abs(value) >= TELLS * error

    @property
    def paths_to_tell(self) -> Paths:
        """How many paths would tell it apart if it is as large as it looks, in two digits, rounded up; nothing where none is needed or would do."""
        value, error = self.difference.value, self.difference.standard_error
        if not self.is_known or self.is_told_apart or value == 0:
            return None
        exact = self.difference.influence.size * (TELLS * error / abs(value)) ** 2
        step = int(10 ** max(math.floor(math.log10(exact)) - 1, 0))
        return math.ceil(exact / step) * step

    def as_dict(self) -> Plain:
        """Give it as plain data."""
        return {
            **plain(self.difference),
            "told_apart": self.is_told_apart if self.is_known else None,
            "paths_to_tell": self.paths_to_tell,
        }


def plain(found: Measured | None) -> Plain:
    """Give a measured number as plain data; what does not exist is nothing."""
    if found is None:
        return {"mean": None, "standard_error": None}
    return {"mean": number(found.value), "standard_error": number(found.standard_error)}
