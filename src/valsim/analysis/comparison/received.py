"""Who gets what: a holder's expected proceeds by what the company leaves to all its holders."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from valsim.analysis.spread import Plain, number
from valsim.core.rows import Row
from valsim.result import Result

LEVELS = np.linspace(0.0, 1.0, 21)
"""The company's proceeds are cut into twentieths of the paths on which there are any."""
LEAST = 20
"""A mean over fewer paths than this is not shown."""


def edges(result: Result) -> Row:
    """Give where the company's proceeds are cut, by the quantiles of the first case, rising."""
    proceeds = result.outcomes["proceeds",]
    left = proceeds[proceeds > 0]
    return np.unique(np.quantile(left, LEVELS)) if left.size else np.zeros(0)


def received(result: Result, holders: Sequence[str], edges: Row) -> dict[str, Plain]:
    """Give by holder the means of what the company leaves and of what the holder gets, between the edges; real-world."""
    proceeds = result.outcomes["proceeds",]
    found = {}
    for holder in holders:
        row = result.outcomes.get(("holder", holder, "proceeds"))
        if row is not None and edges.size > 1:
            parts = [(proceeds > low) & (proceeds <= high) for low, high in pairwise(edges)]
            kept = [part for part in parts if np.count_nonzero(part) >= LEAST]
            found[holder] = {
                "company": [number(proceeds[part].mean()) for part in kept],
                "holder": [number(row[part].mean()) for part in kept],
            }
    return found
