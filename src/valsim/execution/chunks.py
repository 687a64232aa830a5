"""Chunks: whole batches of a run that are played at once."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from valsim.core.fit import Need
from valsim.core.policy import CONTRACTUAL, Policy
from valsim.core.streams import BATCH, Streams

LARGEST = 13
"""Batches in a chunk at most: large enough that the fixed cost of a step is small beside its arithmetic."""
LOOKED_AT = 1 << 30
"""More paths than these have to have room for a number each before they are cut."""


class Copy(NamedTuple):
    """One of the ways in which the same paths are played side by side: the scale of the opening multiple, and who decides."""

    scale: float = 1.0
    policy: Policy = CONTRACTUAL


@dataclass(frozen=True)
class Chunk:
    """Some whole batches of a run, the last one cut to the paths of the run; for which job, in which copies, and from which seed
    if it is not that of the job.
    """

    first: int
    paths: int
    job: str = ""
    copies: tuple[Copy, ...] = (Copy(),)
    seed: int | None = None

    def streams(self, seed: int, copies: int = 1) -> Streams:
        """Give the random streams of its paths, each in so many copies."""
        return Streams(seed, self.first // BATCH, self.batches, self.paths, copies)

    @property
    def one_by_one(self) -> "tuple[Chunk, ...]":
        """The same paths in each of its copies alone."""
        return tuple(replace(self, copies=(copy,)) for copy in self.copies)

    @property
    def batches(self) -> int:
        """How many batches its paths are, the last one perhaps cut short."""
        return -(-self.paths // BATCH)


def chunks(paths: int, threads: int = 1, size: int | None = None, first: int = 0) -> list[Chunk]:
    """Cut paths of a run into chunks of whole batches: of ``size`` paths, or as even over the threads as batches allow.

    The paths are those from the ``first`` on, with which a batch must begin.

    >>> [(c.first, c.paths) for c in chunks(10_000, size=8_192)]
    [(0, 8192), (8192, 1808)]
    >>> [c.paths for c in chunks(100_000, threads=2)]
    [49152, 50848]
    >>> [(c.first, c.paths) for c in chunks(5_000, size=4_096, first=8_192)]
    [(8192, 4096), (12288, 904)]
    """
    if paths > LOOKED_AT:
        Need(0, 8).expect_room(paths)
    edges = _even(paths, threads) if size is None else range(0, paths, max(size // BATCH, 1) * BATCH)
    return [Chunk(first + edge, last - edge) for edge, last in pairwise((*edges, paths))]


def _even(paths: int, threads: int) -> list[int]:
    batches = -(-paths // BATCH)
    parts = min(threads * -(-batches // (threads * LARGEST)), batches)
    # rounded down: a later chunk is the larger, and the last batch, which is cut short, is in the last
    return [part * batches // parts * BATCH for part in range(parts)]
