"""What the functions that find events share."""

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np

from valsim.analysis.spread import Plain, number
from valsim.analysis.stories.replay import Moment
from valsim.core.rows import Bools, Row

Happened: TypeAlias = Iterator[tuple[int, Plain]]
"""What happened, each with the place of its path among those that are played."""


def places(where: Bools, moment: Moment) -> list[int]:
    """Give the places of the paths where something holds; it may be one truth for all of them."""
    return np.flatnonzero(np.broadcast_to(where, moment.after.cash.shape)).tolist()


def at(row: Row, place: int) -> float | None:
    """Give the number of one path out of a row, which may be one number for all; nothing where it is none."""
    return number(row[place] if np.ndim(row) else row)
