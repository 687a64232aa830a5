"""Choosing the paths whose stories are told: those near some percentiles, and the typical one of each way to fail and to end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from valsim.analysis.spread import Plain, chance, number
from valsim.analysis.stories.gets import Gets
from valsim.analysis.stories.modes import Mode, modes
from valsim.analysis.stories.typical import Traits, traits
from valsim.core.rows import Bools
from valsim.core.streams import BATCH, Paths
from valsim.result import Result

PERCENTILES = (0.1, 0.5, 0.9)
"""The percentiles of what the reader gets near which a path is told."""
NEAR = 0.01
"""How many of the paths, a fraction, count as near a percentile: the typical one of them is told, not the freak that hits it."""
MOST = 10
"""So many stories are told at most."""
AT_LEAST = 0.005
"""A mode that happens less often than this, a fraction of the paths, is not told."""
THE_SAME = 0.9
"""Of two modes, one is enough where they share so many of the paths of both."""


@dataclass(frozen=True)
class Chosen:
    """A path by its number, and what it stands for: one thing or several."""

    path: int
    stands_for: tuple[Plain, ...]


def choose(result: Result, gets: Gets) -> list[Chosen]:
    """Choose paths among the first 4,096: near each percentile, then of each mode the typical one; no path twice."""
    first = min(BATCH, result.manifest.paths)
    compared = traits(result, gets, first)
    found = dict[int, tuple[Plain, ...]]()
    for path, what in (*_near_percentiles(gets, compared, first), *_of_modes(result, gets, compared, first)):
        if path in found or len(found) < MOST:
            found[path] = (*found.get(path, ()), what)
    return [Chosen(path, what) for path, what in found.items()]


def _near_percentiles(gets: Gets, compared: Traits, first: int) -> Iterator[tuple[int, Plain]]:
    among = np.flatnonzero(gets.there[:first])
    there = gets.amount[gets.there]
    for level in PERCENTILES if among.size else ():
        path = compared.medoid(_near(among, gets, level))
        value = gets.amount[path]
        below, above = np.mean(there < value), np.mean(there > value)
        ranked = {"level": level, "value": number(value), "below": number(below), "above": number(above)}
        yield path, {"kind": "percentile", **ranked}


def _near(among: Paths, gets: Gets, level: float) -> Paths:
    """Give the paths nearest a percentile by rank, and all that get the same as one of them."""
    amounts = np.sort(gets.amount[among])
    place, wide = level * (amounts.size - 1), NEAR * amounts.size / 2
    low, high = (int(np.clip(round(place + d), 0, amounts.size - 1)) for d in (-wide, wide))
    near: Paths = among[(gets.amount[among] >= amounts[low]) & (gets.amount[among] <= amounts[high])]
    return near


def _of_modes(result: Result, gets: Gets, compared: Traits, first: int) -> Iterator[tuple[int, Plain]]:
    for mode in _apart(modes(result, gets)):
        members = np.flatnonzero(mode.where[:first])
        if members.size:
            yield compared.medoid(members), {**mode.what, "chance": chance(mode.where, result.clusters)}


def _apart(found: Sequence[Mode]) -> Iterator[Mode]:
    """Leave out the modes that are too rare, and those that hardly differ from one before them."""
    before = list[Bools]()
    for mode in found:
        if np.mean(mode.where) >= AT_LEAST and not any(_alike(mode.where, other) for other in before):
            before.append(mode.where)
            yield mode


def _alike(one: Bools, other: Bools) -> bool:
    return bool(np.count_nonzero(one & other) >= THE_SAME * np.count_nonzero(one | other))
