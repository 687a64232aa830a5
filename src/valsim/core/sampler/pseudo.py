"""Pseudo-random numbers: each path is independent of all others."""

from collections.abc import Sequence

from valsim.core.sampler.base import Sampler
from valsim.core.streams import Streams


def pseudo(streams: Streams, _: Sequence[str]) -> Streams:
    """Give the streams as they are."""
    return streams


PSEUDO = Sampler("pseudo", together=1, least=1, drawn=pseudo)
