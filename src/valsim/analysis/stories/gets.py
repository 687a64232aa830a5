"""What the reader gets on each path: what stories are ranked by."""

from dataclasses import dataclass

import numpy as np

from valsim.core.rows import Bools, Row
from valsim.result import Result


@dataclass(frozen=True)
class Gets:
    """What paths are ranked by: the multiple of its money that a holder gets ``there``, where it invests, shape ``(paths,)``.

    Where there is no such ``holder`` it is what all shareholders get at the exit, in money, on every path.
    """

    holder: str | None
    there: Bools
    amount: Row


def gets(result: Result) -> Gets:
    """Give what the reader's first position that is ever bought gets; without any, what all shareholders get."""
    for name in result.scenario.positions:
        invested = result.outcomes["holder", name, "invested"]
        there = invested > 0
        if there.any():
            proceeds = result.outcomes["holder", name, "proceeds"]
            return Gets(name, there, np.where(there, proceeds / np.where(there, invested, 1.0), np.nan))
    proceeds = result.outcomes["proceeds",]
    return Gets(None, np.ones(proceeds.shape, dtype=np.bool_), proceeds)
