"""What a round adds to the option pool."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from valsim.captable.conversion import Line
from valsim.captable.curve import ZERO
from valsim.core.rows import Row, cut


@dataclass(frozen=True)
class PoolTerms:
    """What a round adds to the pool: a number of shares, or what brings it to a part of all shares, if that is given.

    ``unissued`` is the pool that nobody was granted so far. Rows of shape ``(n_paths,)`` or scalars.
    """

    part: Row | None
    increase: Row
    unissued: Row

    def at(self, paths: npt.NDArray[np.intp]) -> "PoolTerms":
        """Give the same pool on some paths."""
        part = None if self.part is None else cut(self.part, paths)
        return PoolTerms(part, cut(self.increase, paths), cut(self.unissued, paths))

    def top_up(self, others: Row) -> Row:
        """Give the shares that are added, where ``others`` count the unissued pool so far."""
        if self.part is None:
            return self.increase
        # unissued + top-up = part (others + top-up)
        return np.maximum((self.part * others - self.unissued) / (1 - self.part), 0.0)

    def lines(self, issued: Row) -> tuple[Line, ...]:
        """Give the lines of which the top-up is the largest, where so many shares are issued besides the capitalisation."""
        if self.part is None:
            return (Line(self.increase, ZERO),)
        start = (self.part * issued - self.unissued) / (1 - self.part)
        return Line(ZERO, ZERO), Line(start, self.part / (1 - self.part))
