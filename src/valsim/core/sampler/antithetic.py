"""Antithetic numbers: every second path has the mirrored numbers of the one before it.

What rises with every number it is made of comes out too high on one path of a pair where it comes out too low on the other
(Hammersley and Morton 1956, "A new Monte Carlo technique: antithetic variates"; Glasserman, Monte Carlo Methods in Financial
Engineering, 2004, section 4.2).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import numpy as np

from valsim.core.rows import Row
from valsim.core.sampler.base import Sampler
from valsim.core.streams import BATCH, Streams

LARGEST = 1 - 2.0**-53
"""The largest uniform number that is drawn: all are multiples of ``2^-53``, and so are their mirror images ``LARGEST - u``."""


@dataclass(frozen=True)
class Antithetic(Streams):
    """Random numbers of which those of path ``2 k + 1`` are those of path ``2 k`` mirrored: ``-z`` of normal ones, ``1 - u`` of
    uniform ones, less the distance between neighbours so that it stays below 1.

    >>> z = Antithetic(7, 0, 1, 4).normal("users")
    >>> bool(z[0] == -z[1] and z[2] == -z[3] and z[0] != z[2])
    True
    """

    def normal(self, name: str) -> Row:
        """Give the next standard normal numbers of this stream, shape ``(n_paths,)``."""
        half = self._halves(name, lambda generator: generator.standard_normal(BATCH // 2))
        return self._cut(_in_pairs(half, -half))

    def _uniform(self, name: str) -> Row:
        half = self._halves(name, lambda generator: generator.random(BATCH // 2))
        return _in_pairs(half, LARGEST - half)

    def _halves(self, name: str, draw: Callable[[np.random.Generator], Row]) -> Row:
        return np.concatenate([draw(generator) for generator in self._generators(name)])


def _in_pairs(one: Row, other: Row) -> Row:
    return np.stack([one, other], axis=1).reshape(-1)


def antithetic(streams: Streams, _: Sequence[str]) -> Antithetic:
    """Give the same batches of antithetic numbers."""
    return Antithetic(**{each.name: getattr(streams, each.name) for each in fields(Streams)})


ANTITHETIC = Sampler("antithetic", together=2, least=1, drawn=antithetic)
